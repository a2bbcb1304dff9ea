# Items under "Functions", and purpose fields: one concept for each function that is stated.

INSERT { GRAPH ?passage { ?subject org:purpose ?function . ?function a skos:Concept ; skos:inScheme <scheme/function> ; skos:prefLabel ?label } } WHERE {
  { ?head doc:topic doc:functions . ?line a doc:Item ; doc:under ?head ; doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject . FILTER(STRLEN(?text) < 400) }
  UNION { ?field doc:means doc:purpose ; doc:entry ?line . ?line doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject . }
  BIND(REPLACE(?text, "[.;,]+$", "") AS ?words)
  BIND(IRI(CONCAT(STR(function:), fn:slug(?words))) AS ?function)
  BIND(STRLANG(?words, "en") AS ?label)
}
