-- Version 3: the kind of each position, and what each stance rests on, as the tables of `compare` have them. What
-- each holds is in docs/archive.md. Rows of before do not know them.

ALTER TABLE positions ADD COLUMN kind TEXT NOT NULL DEFAULT '';

ALTER TABLE stances ADD COLUMN basis TEXT NOT NULL DEFAULT '';
ALTER TABLE stances ADD COLUMN confidence REAL;
ALTER TABLE stances ADD COLUMN score REAL;
ALTER TABLE stances ADD COLUMN because TEXT NOT NULL DEFAULT '';

DROP VIEW positions_over_time;
CREATE VIEW positions_over_time AS
SELECT date, sessions.session, title, stakeholder, speaker, issue, stance, rank, text, path, line, turn, sentence, kind
FROM positions JOIN sessions ON sessions.id = positions.session
ORDER BY date, sessions.session, stakeholder, issue, turn, sentence;

DROP VIEW stances_over_time;
CREATE VIEW stances_over_time AS
SELECT date, sessions.session, title, stakeholder, issue, stance, n_support, n_oppose, n_concern, n_sentences, salience,
    basis, confidence
FROM stances JOIN sessions ON sessions.id = stances.session
ORDER BY date, sessions.session, stakeholder, issue;
