CREATE TABLE briefings (
  id TEXT PRIMARY KEY, url TEXT, path TEXT, slug TEXT, title TEXT NOT NULL, date TEXT, publish_at TEXT, updated TEXT,
  lang TEXT, status TEXT, summary TEXT, body TEXT, translation_of TEXT REFERENCES briefings (id)
);
CREATE TABLE terms (
  kind TEXT NOT NULL, key TEXT NOT NULL, label TEXT, parent TEXT, url TEXT, PRIMARY KEY (kind, key)
);
CREATE TABLE labels (
  kind TEXT NOT NULL, key TEXT NOT NULL, lang TEXT NOT NULL, label TEXT, PRIMARY KEY (kind, key, lang),
  FOREIGN KEY (kind, key) REFERENCES terms (kind, key)
);
CREATE TABLE briefing_terms (
  briefing TEXT NOT NULL REFERENCES briefings (id), kind TEXT NOT NULL, key TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'mention')), position INTEGER NOT NULL,
  PRIMARY KEY (briefing, kind, key), FOREIGN KEY (kind, key) REFERENCES terms (kind, key)
);
CREATE TABLE key_points (briefing TEXT NOT NULL REFERENCES briefings (id), position INTEGER NOT NULL, text TEXT);
CREATE TABLE authors (briefing TEXT NOT NULL REFERENCES briefings (id), position INTEGER NOT NULL, name TEXT);
CREATE TABLE corrections (briefing TEXT NOT NULL REFERENCES briefings (id), date TEXT, note TEXT);
CREATE TABLE sources (
  briefing TEXT NOT NULL REFERENCES briefings (id), position INTEGER NOT NULL, name TEXT, title TEXT, url TEXT,
  author TEXT, published TEXT, archived_url TEXT, archived_date TEXT, archived_sha256 TEXT
);
CREATE INDEX briefings_date ON briefings (date);
CREATE INDEX briefing_terms_term ON briefing_terms (kind, key);
CREATE INDEX sources_name ON sources (name);
CREATE VIRTUAL TABLE briefings_fts USING fts5 (title, summary, body, content='briefings');
