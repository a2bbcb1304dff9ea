# Formation and dissolution fields: one side each of the subject's existence, and the event.

INSERT { GRAPH ?passage {
  ?subject fasti:existedDuring ?existence .
  ?existence ?side ?words .
  ?event a ?kind ; skos:prefLabel ?label ; ?role ?subject ; dct:description ?said ; time:hasTime ?time .
  ?time doc:moment ?words .
} } WHERE {
  ?field doc:means ?meaning ; doc:said ?line ; doc:entry ?entry ; doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  VALUES (?meaning ?side ?kind ?role ?word) {
    (doc:formation doc:begins fasti:Foundation org:resultingOrganization "foundation")
    (doc:dissolution doc:ends fasti:Dissolution org:originalOrganization "dissolution") }
  { ?entry doc:label ?words } UNION { ?entry doc:note ?note . ?note doc:date ?words . FILTER NOT EXISTS { ?note doc:words ?said_ } FILTER NOT EXISTS { ?entry doc:label ?bare . FILTER(fn:isDate(?bare)) } }
  FILTER(fn:isDate(?words))
  ?entry doc:position ?n . FILTER NOT EXISTS { ?field doc:entry ?first . ?first doc:position ?m . FILTER(?m < ?n) }
  BIND(IRI(CONCAT(STR(?subject), "#existence")) AS ?existence)
  BIND(fn:entity("event", ?word, ?subject) AS ?event)
  BIND(IRI(CONCAT(STR(?event), "#time")) AS ?time)
  BIND(STRLANG(CONCAT(UCASE(SUBSTR(?word, 1, 1)), SUBSTR(?word, 2), " of ", fn:the(?subject)), "en") AS ?label)
  BIND(STRLANG(?line, "en") AS ?said)
} ;

# A subject described in the present tense goes on existing.
INSERT { GRAPH ?passage { ?subject fasti:existedDuring ?existence . ?existence a time:Interval ; fasti:endStatus status:ongoing } } WHERE {
  ?sentence doc:opens ?document ; doc:text ?text . ?document doc:subject ?subject .
  ?mention doc:in ?sentence ; doc:position 0 ; doc:names ?subject ; doc:lead ?lead .
  FILTER(LCASE(?lead) IN ("", "the"))
  FILTER(REGEX(?text, "^[^.;]{3,250}? is (an?|the|one of|responsible|in charge|charged|composed|headed|part)\\b") && !REGEX(?text, "\\b(was|were) (an?|the)\\b.* is "))
  BIND(fn:passage(?sentence, REPLACE(?text, "^(.{3,250}? is (an?|the|one of|responsible|in charge|charged|composed|headed|part)\\b[^,.;]*).*$", "$1")) AS ?passage)
  BIND(IRI(CONCAT(STR(?subject), "#existence")) AS ?existence)
}
