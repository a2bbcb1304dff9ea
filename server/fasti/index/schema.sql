-- The index of one release. Things are numbered by kind and name, so that a range of numbers is a kind in the order
-- of its names; names are numbered by how good a hit they are, so that the first ones found are the best ones.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,       -- the IRI below id/
  kind INTEGER NOT NULL,    -- the place in KINDS
  label TEXT NOT NULL,
  language TEXT NOT NULL,
  bundle INTEGER NOT NULL,
  parent INTEGER,           -- the first of the bodies that it is in
  interval TEXT,            -- the first of its intervals, as JSON
  place INTEGER,            -- of a body: its first place in the tree, and the last one below it
  last INTEGER
);

-- What things are counted by: each combination of values that some thing has, as JSON, with how many have it.
CREATE TABLE bundle (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, facets TEXT NOT NULL, things INTEGER NOT NULL);

-- Each thing at each of its places in the tree of bodies: a body with two parents has two places, and what is in it
-- too. `before` is the thing's place before this one: counting in a range of places, a row counts when `before` lies
-- outside of it, which is true once for each thing.
CREATE TABLE listed (
  kind INTEGER NOT NULL, bundle INTEGER NOT NULL, place INTEGER NOT NULL, thing INTEGER NOT NULL,
  under INTEGER,            -- the place of what it is directly in
  before INTEGER NOT NULL,  -- -1 for a first place
  dated INTEGER NOT NULL,   -- 0: no time, 1: one interval or an unknown one, 2: several, see `span`
  earliest_begin INTEGER, latest_begin INTEGER, earliest_end INTEGER, latest_end INTEGER,  -- days as yyyymmdd
  ongoing INTEGER NOT NULL,
  PRIMARY KEY (kind, bundle, place, thing)
) WITHOUT ROWID;

CREATE TABLE span (
  thing INTEGER NOT NULL, number INTEGER NOT NULL,
  earliest_begin INTEGER, latest_begin INTEGER, earliest_end INTEGER, latest_end INTEGER, ongoing INTEGER NOT NULL,
  PRIMARY KEY (thing, number)
) WITHOUT ROWID;

-- Which body each place is, and how many of each kind are listed at this place and those before.
CREATE TABLE place (id INTEGER PRIMARY KEY, body INTEGER NOT NULL, under INTEGER, last INTEGER NOT NULL);
CREATE TABLE part (parent INTEGER NOT NULL, child INTEGER NOT NULL, PRIMARY KEY (parent, child)) WITHOUT ROWID;

CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  thing INTEGER NOT NULL,
  kind INTEGER NOT NULL,    -- the place in NAMES
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  key TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5(
  tokens, content='', detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize="ascii tokenchars '^@~='"
);
