# Type and status fields: the classification, one concept a phrase, and the administrative rank.

INSERT { ?part doc:phraseOf ?subject ; doc:saidIn ?passage } WHERE {
  VALUES ?kind { doc:kind doc:rank }
  ?field doc:means ?kind ; doc:part ?part ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?part doc:label ?phrase . FILTER(COALESCE(fn:is(?phrase, doc:NotKind), fn:is(REPLACE(?phrase, " (in|since|on|by|into|from) .*$", ""), doc:NotKind), false) = false)
} ;

INSERT { GRAPH ?passage { ?subject fasti:rank ?rank } } WHERE {
  ?part doc:phraseOf ?subject ; doc:saidIn ?passage ; doc:text ?phrase .
  BIND(fn:has(?phrase, doc:Rank) AS ?rank)
  FILTER(BOUND(?rank))
} ;

INSERT { GRAPH ?passage {
  ?subject org:classification ?kind .
  ?kind a skos:Concept ; skos:inScheme <scheme/classification> ; skos:prefLabel ?label .
} } WHERE {
  ?part doc:phraseOf ?subject ; doc:saidIn ?passage ; doc:text ?phrase .
  FILTER(COALESCE(fn:has(?phrase, doc:Rank), false) = false)
  BIND(IRI(CONCAT(STR(kind:), fn:slug(?phrase))) AS ?kind)
  BIND(STRLANG(?phrase, "en") AS ?label)
}
