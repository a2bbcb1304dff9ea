-- Names in the order of equal hits: what kind of name, of what kind of thing, how much is in a body or how many bodies
-- a person was in (by digits), the shorter one.
CREATE TABLE stage.ranked (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, kind INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
  key TEXT NOT NULL, words TEXT NOT NULL
);
INSERT INTO stage.ranked (thing, kind, language, text, key, words)
SELECT
  thing.id, name.kind, name.language, name.text, name.key,
  name.words || ' =' || thing.kind || CASE WHEN name.kind = 0 AND parent.context <> '' THEN ' ' || parent.context ELSE '' END
FROM stage.name
CROSS JOIN stage.numbered ON numbered.n = name.n
CROSS JOIN main.thing ON thing.id = numbered.id
LEFT JOIN stage.numbered AS above ON above.id = thing.parent
LEFT JOIN stage.thing AS parent ON parent.n = above.n
ORDER BY
  name.kind, thing.kind,
  -length(CASE thing.kind WHEN 0 THEN thing.last - thing.place WHEN 1 THEN (SELECT count(*) FROM stage.up WHERE up.child = thing.id) ELSE 0 END),
  length(name.key), name.key, thing.id, name.language, name.text;
INSERT INTO main.name SELECT id, thing, kind, language, text, key FROM stage.ranked ORDER BY id;
CREATE INDEX main.name_key ON name (key);
-- Written in large pieces: bytes that are held before a piece goes to the file.
INSERT INTO main.words (words, rank) VALUES ('hashsize', 33554432);
INSERT INTO main.words (rowid, tokens) SELECT id, words FROM stage.ranked ORDER BY id;
INSERT INTO main.words (words) VALUES ('optimize');
