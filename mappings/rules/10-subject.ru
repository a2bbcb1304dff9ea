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
INSERT { ?sentence doc:opens ?document } WHERE {
  { SELECT ?document (MIN(?start) AS ?first) WHERE { ?any a doc:Sentence ; doc:start ?start ; doc:document ?document } GROUP BY ?document }
  ?sentence a doc:Sentence ; doc:start ?first ; doc:document ?document .
} ;
INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  ?document a doc:Document ; doc:subject ?subject ; doc:name ?name .
  FILTER NOT EXISTS { ?title a doc:Title } FILTER NOT EXISTS { ?box a doc:Name }
  ?sentence doc:opens ?document ; doc:text ?text .
  FILTER(CONTAINS(?text, ?name))
  BIND(fn:passage(?sentence, ?name) AS ?passage)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;
# One that does not name it at all is about something all the same: it is called as the file is, where the text begins.
INSERT { GRAPH ?passage { ?subject a org:Organization ; ?labelled ?label } } WHERE {
  { SELECT ?document (MIN(?start) AS ?first) WHERE { ?any doc:start ?start ; doc:document ?document } GROUP BY ?document }
  ?document doc:subject ?subject .
  ?node doc:start ?first ; doc:passage ?passage ; doc:document ?document .
  FILTER NOT EXISTS { GRAPH ?said { ?subject a ?class } }
  FILTER NOT EXISTS { ?inner doc:start ?first ; doc:end ?nearer . ?node doc:end ?end . FILTER(?nearer < ?end) }
  BIND(REPLACE(REPLACE(STR(?document), "^.*[/#]([^/#]*)/document$", "$1"), "_", " ") AS ?stem)
  BIND(fn:labelled(?subject, ?stem) AS ?labelled)
  BIND(STRLANG(?stem, "en") AS ?label)
}
