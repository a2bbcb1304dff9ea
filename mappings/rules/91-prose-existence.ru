# "X was established in 1980", "In 1955 the X was abolished", "… Y, which was set up in October 1949", "it existed by 1942".

# The body that a verb is about: the mark before it, if that is not itself part of a longer name ("a division of X was …").
INSERT { ?verb doc:about ?body ; doc:since ?start } WHERE {
  ?verb a doc:Phrase ; doc:means ?kind ; doc:lead ?between .
  FILTER(?kind IN (fasti:Foundation, fasti:Dissolution))
  ?near a doc:Mention ; doc:next ?verb ; doc:names ?body .
  OPTIONAL { ?long doc:next ?near ; doc:names ?body . ?near doc:lead "(" }  # "the Royal Archives (RAG)" is one mention
  BIND(COALESCE(?long, ?near) AS ?mention)
  BIND(IF(BOUND(?long), REPLACE(?between, "^\\) ?", ""), ?between) AS ?gap)
  ?mention doc:lead ?lead ; doc:position ?n ; doc:from ?start .
  FILTER(?n > 0 || LCASE(?lead) IN ("", "the"))  # "According to some, the X was established in 1845" does not say so
  FILTER(LCASE(?gap) IN ("", ", which", "which", "that", ", and", "itself", ", which itself") || REGEX(?gap, "^[,(].*[,)]( which)?$") && STRLEN(?gap) < 120 && !REGEX(?gap, "\\b(is|was|are|were)\\b"))
  FILTER(REGEX(?lead, "(^|\\b[Tt]he|\\band|,|;)$") && !REGEX(LCASE(?lead), "\\b(of|for|in|to|under|within|at|by|from|between|with)( the)?$"))
} ;

INSERT { ?verb doc:when ?words ; doc:until ?end } WHERE {
  ?verb doc:about ?body ; doc:next ?date . ?date a doc:Date ; doc:date ?words ; doc:lead ?gap ; doc:to ?end .
  FILTER(LCASE(?gap) IN ("", "in", "on", "again in", "formally in", "officially on"))
} ;
INSERT { ?verb doc:when ?words ; doc:since ?early ; doc:until ?end } WHERE {
  ?verb doc:about ?body ; doc:to ?end . ?mention doc:next ?verb ; doc:lead ?lead .
  ?date a doc:Date ; doc:next ?mention ; doc:date ?words ; doc:position 0 ; doc:from ?early .
  FILTER NOT EXISTS { ?verb doc:when ?known }
  FILTER(LCASE(?lead) IN (",", ", the", "the"))
} ;

INSERT { GRAPH ?passage {
  ?body fasti:existedDuring ?existence .
  ?existence ?side ?words .
  ?event a ?kind ; skos:prefLabel ?label ; ?role ?body ; dct:description ?said ; time:hasTime ?time .
  ?time doc:moment ?words .
} } WHERE {
  { SELECT ?verb ?body ?kind ?words ?until ?sentence (MIN(?from) AS ?since) WHERE {
      ?verb doc:about ?body ; doc:means ?kind ; doc:when ?words ; doc:since ?from ; doc:until ?until ; doc:in ?sentence } GROUP BY ?verb ?body ?kind ?words ?until ?sentence }
  VALUES (?kind ?side ?role ?word) {
    (fasti:Foundation doc:begins org:resultingOrganization "foundation")
    (fasti:Dissolution doc:ends org:originalOrganization "dissolution") }
  FILTER(fn:isDate(?words))
  ?sentence doc:text ?text ; doc:start ?at .
  BIND(fn:span(?since, ?until) AS ?passage)
  BIND(IRI(CONCAT(STR(?body), "#existence")) AS ?existence)
  BIND(fn:entity("event", ?word, ?body) AS ?event)
  BIND(IRI(CONCAT(STR(?event), "#time")) AS ?time)
  BIND(STRLANG(CONCAT(UCASE(SUBSTR(?word, 1, 1)), SUBSTR(?word, 2), " of ", fn:the(?body)), "en") AS ?label)
  BIND(STRLANG(SUBSTR(?text, ?since - ?at + 1, ?until - ?since), "en") AS ?said)
} ;

# "though it existed by 1942": a bound on the beginning.
INSERT { GRAPH ?passage { ?body fasti:existedDuring ?existence . ?existence doc:begins ?words } } WHERE {
  ?verb a doc:Phrase ; doc:means doc:existed ; doc:lead ?gap ; doc:start ?verbStart ; doc:next ?date .
  ?mention a doc:Mention ; doc:next ?verb ; doc:names ?body ; doc:lead ?lead ; doc:position 0 ; doc:start ?start .
  ?date a doc:Date ; doc:date ?words ; doc:lead "" ; doc:end ?end .
  FILTER(REGEX(?words, "^(by|before|no later than|as early as) ", "i") && LCASE(?lead) IN ("", "the") && REGEX(?gap, "(^|\\bit)$"))
  BIND(fn:span(IF(STRENDS(?gap, "it"), ?verbStart - 3, ?start), ?end) AS ?passage)
  BIND(IRI(CONCAT(STR(?body), "#existence")) AS ?existence)
}
