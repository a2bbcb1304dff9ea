# The names and the class of the body that a document is about: title, infobox name, name fields.

INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  VALUES ?kind { doc:Title doc:Name }
  ?line a ?kind ; doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

INSERT { GRAPH ?passage { ?subject a ?class ; ?labelled ?label } } WHERE {
  ?field doc:means doc:fullName ; doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?subject, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

# A text without a title names its subject at the beginning of its first sentence.
INSERT { ?document doc:proseAt ?first } WHERE {
  { SELECT ?document (MIN(?start) AS ?first) WHERE { ?any a doc:Sentence ; doc:start ?start } GROUP BY ?document }
} ;
INSERT { ?sentence doc:opens ?document } WHERE {
  ?document doc:proseAt ?first . ?sentence doc:start ?first ; a doc:Sentence .
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
INSERT { ?document doc:unnamed ?subject } WHERE {
  ?document doc:subject ?subject .
  FILTER NOT EXISTS { GRAPH ?said { ?subject a ?class } }
} ;
INSERT { ?document doc:startsAt ?first } WHERE {
  { SELECT ?document (MIN(?start) AS ?first) WHERE { ?document doc:unnamed ?subject . ?any doc:document ?document ; doc:start ?start } GROUP BY ?document }
} ;
INSERT { GRAPH ?passage { ?subject a org:Organization ; ?labelled ?label } } WHERE {
  ?document doc:unnamed ?subject ; doc:startsAt ?first .
  ?node doc:start ?first ; doc:passage ?passage ; doc:document ?document .
  FILTER NOT EXISTS { ?inner doc:start ?first ; doc:end ?nearer . ?node doc:end ?end . FILTER(?nearer < ?end) }
  BIND(REPLACE(REPLACE(STR(?document), "^.*[/#]([^/#]*)/document$", "$1"), "_", " ") AS ?stem)
  BIND(fn:labelled(?subject, ?stem) AS ?labelled)
  BIND(STRLANG(?stem, "en") AS ?label)
}
