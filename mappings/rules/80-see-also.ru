# "See also" items: related bodies, and nothing more.

INSERT { GRAPH ?passage { ?subject rdfs:seeAlso ?other . ?other a org:Organization ; ?labelled ?label } } WHERE {
  ?item a doc:Item ; doc:under/doc:topic doc:seeAlso ; doc:label ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(fn:class(?name) AS ?noun)
  BIND(fn:known(?name) AS ?settled)
  FILTER(BOUND(?noun) || BOUND(?settled))
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject)
  BIND(fn:labelled(?other, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;
# What is no body's name is a topic.
INSERT { GRAPH ?passage { ?subject rdfs:seeAlso ?topic . ?topic a skos:Concept ; skos:inScheme <scheme/topic> ; skos:prefLabel ?label } } WHERE {
  ?item a doc:Item ; doc:under/doc:topic doc:seeAlso ; doc:label ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(COALESCE(fn:class(?name), fn:known(?name), false) = false)
  BIND(IRI(CONCAT("scheme/topic#", fn:slug(?name))) AS ?topic)
  BIND(STRLANG(?name, "en") AS ?label)
}
