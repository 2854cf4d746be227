CREATE TABLE form (name TEXT);
CREATE TABLE entry (number INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT, id TEXT, url TEXT, words BLOB,
                    sketch BLOB, figures TEXT, input BLOB, draft INTEGER);
CREATE INDEX entry_id ON entry (id);
CREATE INDEX entry_url ON entry (url) WHERE url IS NOT NULL;
CREATE INDEX entry_words ON entry (words);
CREATE INDEX entry_input ON entry (input) WHERE input IS NOT NULL;
CREATE INDEX entry_published ON entry (path) WHERE NOT draft;
CREATE TABLE slug (slug TEXT, number INTEGER, PRIMARY KEY (slug, number)) WITHOUT ROWID;
CREATE TABLE band (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
