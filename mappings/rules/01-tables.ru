# Rows of tables, read by the headers of their columns: each row with a name is an item of its heading, its other cells notes to it.

INSERT { ?cell doc:says ?meaning } WHERE {
  ?cell a doc:Cell ; doc:column ?column .
  BIND(IF(ISLITERAL(fn:title(?column)) || ISIRI(COALESCE(fn:class(?column), fn:is(?column, doc:UnitEnding), false)), doc:columnName, ?none) AS ?named)
  BIND(IF(ISLITERAL(fn:language(?column)) && STRLEN(?column) > 3, doc:columnNative, ?none) AS ?spoken)
  BIND(COALESCE(fn:is(?column, doc:Column), ?named, ?spoken) AS ?meaning)
  FILTER(BOUND(?meaning))
} ;

# The first column of names; what is an item then is what the list below that heading would have as one.
INSERT { ?row a doc:Item ; doc:label ?label ; doc:text ?label ; doc:note ?note ; doc:named ?cell } WHERE {
  { SELECT ?row (MIN(?n) AS ?first) WHERE { ?row a doc:Row ; doc:cell ?any . ?any doc:says doc:columnName ; doc:position ?n } GROUP BY ?row }
  ?row doc:cell ?cell . ?cell doc:position ?first ; doc:label ?label .
  OPTIONAL { ?cell doc:note ?note }
} ;
INSERT { ?row doc:ordinal ?number } WHERE {
  ?row doc:named ?name ; doc:cell ?cell . ?cell doc:says doc:columnNumber ; doc:label ?text .
  FILTER(REGEX(?text, "^[0-9]{1,4}[.]?$"))
  BIND(xsd:integer(REPLACE(?text, "[.]", "")) AS ?number)
} ;
# "1990–2001 (acting until 1991)" in one column, or "1 May 1990" and "Incumbent" in two.
INSERT { ?cell doc:date ?words ; doc:text ?words . ?row doc:note ?cell , ?more } WHERE {
  ?row doc:named ?name ; doc:cell ?cell . ?cell doc:says doc:columnTerm ; doc:label ?words .
  FILTER(fn:isDate(?words))
  OPTIONAL { ?cell doc:note ?more }
} ;
INSERT { ?cell doc:date ?words ; doc:text ?words . ?row doc:note ?cell } WHERE {
  ?row doc:named ?name ; doc:cell ?cell , ?last . ?cell doc:says doc:columnBegin ; doc:label ?from . ?last doc:says doc:columnEnd .
  OPTIONAL { ?last doc:label ?to }
  FILTER(fn:isDate(?from))
  BIND(IF(BOUND(?to) && fn:isDate(CONCAT(?from, " – ", ?to)), CONCAT(?from, " – ", ?to), IF(BOUND(?to) && REGEX(?to, "[0-9]"), ?none, CONCAT("from ", ?from))) AS ?words)
  FILTER(BOUND(?words) && fn:isDate(?words))
} ;
INSERT { ?row doc:note ?cell . ?cell doc:text ?native } WHERE {
  ?row doc:named ?name ; doc:cell ?cell . ?cell doc:says doc:columnNative ; doc:label ?native . FILTER(fn:foreign(?native))
}
