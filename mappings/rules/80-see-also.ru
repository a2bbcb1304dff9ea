# "See also" items: related bodies, and nothing more.

# "Cabinet Office (Japan)" is a name with its brackets; "Government Accountability Office (GAO)" a name and its short form.
INSERT { ?item doc:seeAlsoName ?name } WHERE {
  ?item a doc:Item ; doc:under/doc:topic doc:seeAlso ; doc:label ?label ; doc:text ?whole .
  BIND(REPLACE(?whole, "\\) [–—-] \\p{Ll}.*$", ")") AS ?text)
  FILTER(REGEX(?label, "\\p{L}{2}") && !REGEX(?label, "^(https?|www)"))
  OPTIONAL { ?item doc:note ?note . ?note doc:text ?words . FILTER(REGEX(?words, "^\\p{Lu}[\\p{Lu}&.-]+$") || fn:foreign(?words) || EXISTS { ?note doc:date ?date }) }
  BIND(IF(BOUND(?note) || !REGEX(?text, "\\)$") || CONTAINS(?text, ":") || ISIRI(COALESCE(fn:known(?label), false)), ?label, ?text) AS ?name)
} ;

INSERT { ?item doc:seeAlsoBody ?other . GRAPH ?passage { ?subject rdfs:seeAlso ?other . ?other a org:Organization ; ?labelled ?label } } WHERE {
  ?item doc:seeAlsoName ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(fn:class(?name) AS ?noun)
  BIND(fn:known(?name) AS ?settled)
  FILTER(BOUND(?noun) || BOUND(?settled))
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject)
  BIND(fn:labelled(?other, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;
INSERT { GRAPH ?passage { ?other skos:altLabel ?short } } WHERE {
  ?item doc:seeAlsoBody ?other ; doc:passage ?passage ; doc:note/doc:text ?words .
  FILTER(REGEX(?words, "^\\p{Lu}[\\p{Lu}&.-]+$") || fn:foreign(?words))
  BIND(IF(fn:foreign(?words), fn:label(?words, ""), fn:label(?words)) AS ?short)
} ;
# What is no body's name is a topic.
INSERT { GRAPH ?passage { ?subject rdfs:seeAlso ?topic . ?topic a skos:Concept ; skos:inScheme <scheme/topic> ; skos:prefLabel ?label } } WHERE {
  ?item doc:seeAlsoName ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(COALESCE(fn:class(?name), fn:known(?name), false) = false)
  BIND(IRI(CONCAT("scheme/topic#", fn:slug(?name))) AS ?topic)
  BIND(STRLANG(?name, "en") AS ?label)
}
