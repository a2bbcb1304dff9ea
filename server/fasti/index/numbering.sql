-- Numbers for the things, by kind and name; then who is in which body, people by the bodies of their tenures.
CREATE UNIQUE INDEX stage.thing_path ON thing (path);
CREATE TABLE stage.numbered (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
INSERT INTO stage.numbered (n) SELECT n FROM stage.thing ORDER BY kind, sort, path;
CREATE UNIQUE INDEX stage.numbered_n ON numbered (n);

CREATE TABLE stage.up (child INTEGER NOT NULL, parent INTEGER NOT NULL, PRIMARY KEY (child, parent)) WITHOUT ROWID;
INSERT OR IGNORE INTO stage.up
SELECT child.id, parent.id
FROM stage.above
CROSS JOIN stage.thing AS body ON body.path = above.path AND body.kind = 0
CROSS JOIN stage.numbered AS child ON child.n = above.n
CROSS JOIN stage.numbered AS parent ON parent.n = body.n
WHERE child.id <> parent.id;
INSERT OR IGNORE INTO stage.up
SELECT child.id, parent.id
FROM stage.above
CROSS JOIN stage.thing AS membership ON membership.n = above.n AND membership.member <> ''
CROSS JOIN stage.thing AS body ON body.path = above.path AND body.kind = 0
CROSS JOIN stage.thing AS person ON person.path = membership.member
CROSS JOIN stage.numbered AS child ON child.n = person.n
CROSS JOIN stage.numbered AS parent ON parent.n = body.n;

INSERT INTO main.part SELECT parent, child FROM stage.up ORDER BY parent, child;
CREATE TABLE stage.spot (
  body INTEGER NOT NULL, place INTEGER NOT NULL, under INTEGER, last INTEGER NOT NULL, PRIMARY KEY (body, place)
) WITHOUT ROWID;
