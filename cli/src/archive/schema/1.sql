-- Version 1. What each table and column holds is in docs/archive.md.

CREATE TABLE about (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    definition TEXT NOT NULL,
    tool TEXT NOT NULL,
    started_by TEXT NOT NULL,
    due TEXT,
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL,
    inputs INTEGER,
    done INTEGER,
    unchanged INTEGER,
    failed INTEGER,
    manifest TEXT
);

CREATE TABLE inputs (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    bytes INTEGER,
    sha256 TEXT,
    fingerprint TEXT,
    status TEXT NOT NULL,
    run INTEGER REFERENCES runs (id)
);

CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    session TEXT NOT NULL,
    message TEXT NOT NULL,
    passing INTEGER NOT NULL
);
CREATE INDEX failures_of_input ON failures (input);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    session TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    language TEXT NOT NULL,
    turns INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    words INTEGER NOT NULL,
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    report TEXT,
    UNIQUE (input, number)
);
CREATE INDEX sessions_by_date ON sessions (date);
CREATE INDEX sessions_by_session ON sessions (session);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    speaker TEXT NOT NULL,
    aliases TEXT NOT NULL,
    stakeholder TEXT NOT NULL,
    "group" TEXT NOT NULL,
    role TEXT NOT NULL,
    turns INTEGER NOT NULL,
    words INTEGER NOT NULL,
    share REAL NOT NULL,
    seconds REAL,
    wpm REAL
);
CREATE INDEX speakers_of_session ON speakers (session);
CREATE INDEX speakers_by_stakeholder ON speakers (stakeholder, speaker);

CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    label TEXT NOT NULL,
    stakeholder TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    time_start REAL,
    time_end REAL,
    issue TEXT NOT NULL,
    stance TEXT NOT NULL,
    cue TEXT NOT NULL,
    score REAL,
    selected INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX sentences_of_session ON sentences (session);

CREATE TABLE positions (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    stakeholder TEXT NOT NULL,
    speaker TEXT NOT NULL,
    label TEXT NOT NULL,
    issue TEXT NOT NULL,
    rank INTEGER NOT NULL,
    score REAL NOT NULL,
    stance TEXT NOT NULL,
    turn INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    line INTEGER NOT NULL,
    time_start REAL,
    text TEXT NOT NULL,
    display TEXT NOT NULL,
    context TEXT NOT NULL
);
CREATE INDEX positions_of_session ON positions (session);
CREATE INDEX positions_by_stakeholder ON positions (stakeholder, issue);

CREATE TABLE stances (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    stakeholder TEXT NOT NULL,
    issue TEXT NOT NULL,
    stance TEXT NOT NULL,
    n_support INTEGER NOT NULL,
    n_oppose INTEGER NOT NULL,
    n_concern INTEGER NOT NULL,
    n_sentences INTEGER NOT NULL,
    salience REAL NOT NULL
);
CREATE INDEX stances_of_session ON stances (session);
CREATE INDEX stances_by_stakeholder ON stances (stakeholder, issue);

CREATE TABLE outputs (
    id INTEGER PRIMARY KEY,
    input INTEGER REFERENCES inputs (id) ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX outputs_of_input ON outputs (input);

CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text,
    content = 'sentences',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_are_indexed AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER sentences_are_dropped AFTER DELETE ON sentences BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
