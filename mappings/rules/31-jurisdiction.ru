# The jurisdiction field: a body that the document knows, else a named area.

INSERT { GRAPH ?passage { ?subject fasti:jurisdiction ?area . ?area a ?class ; ?labelled ?label } } WHERE {
  ?field doc:means doc:jurisdiction ; doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(fn:known(?name) AS ?area)
  FILTER(BOUND(?area) && ?area != ?subject)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?area, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;
INSERT { GRAPH ?passage { ?subject fasti:jurisdiction ?area . ?area a skos:Concept ; skos:inScheme <scheme/jurisdiction> ; skos:prefLabel ?label } } WHERE {
  ?field doc:means doc:jurisdiction ; doc:part/doc:label ?name ; doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(COALESCE(fn:known(?text), false) = false)
  BIND(IRI(CONCAT("scheme/jurisdiction#", fn:slug(?name))) AS ?area)
  BIND(STRLANG(?name, "en") AS ?label)
}
