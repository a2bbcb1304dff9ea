# The items under "Names" and "Former names": what the subject was called, where they are names of bodies.

INSERT { GRAPH ?passage { ?subject skos:altLabel ?label } } WHERE {
  ?item a doc:Item ; doc:under/doc:topic doc:formerNames ; doc:label ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER NOT EXISTS { ?item doc:key ?key }
  FILTER(ISIRI(COALESCE(fn:class(?name), false)) && REGEX(?name, "^\\p{Lu}") && REGEX(?name, "\\S \\S"))
  BIND(fn:labelled(?subject, ?name) AS ?property)
  FILTER(?property != skos:hiddenLabel)
  BIND(fn:label(?name) AS ?label)
}
