-- Rows as they come, in any order, in a file beside the index that is gone when it is done.
CREATE TABLE stage.thing (
  n INTEGER PRIMARY KEY, path TEXT NOT NULL, kind INTEGER NOT NULL, label TEXT NOT NULL, language TEXT NOT NULL,
  sort TEXT NOT NULL, context TEXT NOT NULL, bundle INTEGER NOT NULL, member TEXT NOT NULL
);
CREATE TABLE stage.name (
  n INTEGER NOT NULL, kind INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE TABLE stage.above (n INTEGER NOT NULL, path TEXT NOT NULL);
CREATE TABLE stage.time (n INTEGER NOT NULL, iri TEXT NOT NULL);
CREATE TABLE stage.interval (
  iri TEXT NOT NULL, beginning TEXT, ending TEXT, edtf TEXT, attested TEXT, beginEdtf TEXT, endEdtf TEXT,
  beginStatus TEXT, endStatus TEXT, earliestBegin TEXT, latestBegin TEXT, earliestEnd TEXT, latestEnd TEXT
);
CREATE TABLE stage.instant (iri TEXT NOT NULL, value TEXT NOT NULL);
