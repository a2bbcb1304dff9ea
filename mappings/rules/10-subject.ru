# The names and the class of the body that a document is about: title, infobox name, name fields.

INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  ?document a doc:Document ; doc:subject ?subject .
  { ?line a doc:Title } UNION { ?line a doc:Name }
  ?line doc:text ?name ; doc:document ?document ; doc:passage ?passage .
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:fullName)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

# A text without a title names its subject at the beginning of its first sentence.
INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  ?document a doc:Document ; doc:subject ?subject ; doc:name ?name .
  FILTER NOT EXISTS { ?title a doc:Title } FILTER NOT EXISTS { ?box a doc:Name }
  ?sentence a doc:Sentence ; doc:text ?text ; doc:line 1 ; doc:position 0 .
  FILTER(CONTAINS(?text, ?name))
  BIND(fn:passage(?sentence, ?name) AS ?passage)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
