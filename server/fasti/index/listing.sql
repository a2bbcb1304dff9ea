-- When things were: each interval with the values of its instants.
CREATE INDEX stage.interval_iri ON interval (iri);
CREATE INDEX stage.instant_iri ON instant (iri);
CREATE TABLE stage.timed (
  thing INTEGER NOT NULL, number INTEGER NOT NULL, said TEXT NOT NULL, earliest_begin INTEGER, latest_begin INTEGER,
  earliest_end INTEGER, latest_end INTEGER, ongoing INTEGER NOT NULL, PRIMARY KEY (thing, number)
) WITHOUT ROWID;
INSERT INTO stage.timed
SELECT
  numbered.id,
  row_number() OVER (PARTITION BY numbered.id ORDER BY interval.iri),
  json_patch('{}', json_object(
    'begin', (SELECT min(value) FROM stage.instant WHERE instant.iri = interval.beginning),
    'end', (SELECT min(value) FROM stage.instant WHERE instant.iri = interval.ending),
    'edtf', edtf, 'attested', attested, 'beginEdtf', beginEdtf, 'endEdtf', endEdtf, 'beginStatus', beginStatus,
    'endStatus', endStatus, 'earliestBegin', earliestBegin, 'latestBegin', latestBegin, 'earliestEnd', earliestEnd,
    'latestEnd', latestEnd)),
  day(earliestBegin), day(latestBegin), day(earliestEnd), day(latestEnd), coalesce(endStatus LIKE '%#ongoing', 0)
FROM stage.time
CROSS JOIN stage.interval ON interval.iri = time.iri
CROSS JOIN stage.numbered ON numbered.n = time.n;

INSERT INTO main.thing
SELECT
  numbered.id, thing.path, thing.kind, thing.label, thing.language, bundle.number,
  (SELECT min(parent) FROM stage.up WHERE up.child = numbered.id),
  (SELECT said FROM stage.timed WHERE timed.thing = numbered.id AND timed.number = 1),
  (SELECT min(place) FROM stage.spot WHERE spot.body = numbered.id),
  (SELECT last FROM stage.spot WHERE spot.body = numbered.id ORDER BY place LIMIT 1)
FROM stage.numbered
CROSS JOIN stage.thing ON thing.n = numbered.n
CROSS JOIN stage.bundle ON bundle.provisional = thing.bundle
ORDER BY numbered.id;
CREATE INDEX main.thing_path ON thing (path);

INSERT INTO main.span
SELECT thing, number, earliest_begin, latest_begin, earliest_end, latest_end, ongoing
FROM stage.timed
WHERE thing IN (SELECT thing FROM stage.timed WHERE number = 2)
ORDER BY thing, number;

-- Bodies at their own places, what is in a body at the body's places, everything else at place 0.
CREATE TABLE stage.at (thing INTEGER NOT NULL, place INTEGER NOT NULL, under INTEGER, PRIMARY KEY (thing, place)) WITHOUT ROWID;
INSERT INTO stage.at SELECT body, place, under FROM stage.spot;
INSERT INTO stage.at
SELECT up.child, spot.place, spot.place
FROM stage.up
CROSS JOIN main.thing ON thing.id = up.child AND thing.kind > 0
CROSS JOIN stage.spot ON spot.body = up.parent;
INSERT INTO stage.at
SELECT id, 0, NULL FROM main.thing WHERE NOT EXISTS (SELECT 1 FROM stage.at WHERE at.thing = thing.id);

INSERT INTO main.listed
SELECT
  thing.kind, thing.bundle, at.place, at.thing, at.under,
  coalesce(lag(at.place) OVER (PARTITION BY at.thing ORDER BY at.place), -1),
  -- a tenure without an interval was at some unknown time: it was not for ever
  CASE WHEN second.thing IS NOT NULL THEN 2 WHEN first.thing IS NOT NULL OR thing.kind = :membership THEN 1 ELSE 0 END,
  first.earliest_begin, first.latest_begin, first.earliest_end, first.latest_end, coalesce(first.ongoing, 0)
FROM stage.at
CROSS JOIN main.thing ON thing.id = at.thing
LEFT JOIN stage.timed AS first ON first.thing = at.thing AND first.number = 1
LEFT JOIN stage.timed AS second ON second.thing = at.thing AND second.number = 2
ORDER BY thing.kind, thing.bundle, at.place, at.thing;
