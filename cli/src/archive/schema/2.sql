-- Version 2: names of sessions beside what was said in them, for those who look with other programs, and
-- a full-text index that those programs know to be that of the sentences. What each holds is in
-- docs/archive.md.

DROP TRIGGER sentences_are_indexed;
DROP TRIGGER sentences_are_dropped;
DROP TABLE sentences_fts;
CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text,
    content="sentences",
    content_rowid="id",
    tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild');
CREATE TRIGGER sentences_are_indexed AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER sentences_are_dropped AFTER DELETE ON sentences BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE VIEW positions_over_time AS
SELECT date, sessions.session, title, stakeholder, speaker, issue, stance, rank, text, path, line, turn, sentence
FROM positions JOIN sessions ON sessions.id = positions.session
ORDER BY date, sessions.session, stakeholder, issue, turn, sentence;

CREATE VIEW stances_over_time AS
SELECT date, sessions.session, title, stakeholder, issue, stance, n_support, n_oppose, n_concern, n_sentences, salience
FROM stances JOIN sessions ON sessions.id = stances.session
ORDER BY date, sessions.session, stakeholder, issue;

-- What issues there are is asked by every search that names one.
CREATE INDEX stances_by_issue ON stances (issue);

-- Where a stakeholder stands on an issue in a session is asked for every position.
DROP INDEX stances_of_session;
CREATE INDEX stances_of_session ON stances (session, stakeholder, issue);
