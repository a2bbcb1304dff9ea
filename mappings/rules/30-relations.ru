# Parent, child, founder, affiliation and "reports to" fields: how the subject stands to other bodies.

INSERT { GRAPH ?passage { ?subject org:subOrganizationOf ?parent . ?parent a ?class ; ?labelled ?label } } WHERE {
  ?field doc:means doc:parent ; doc:entry/doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(REGEX(?name, "\\p{L}{2}") && COALESCE(fn:title(?name), false) = false && COALESCE(fn:is(?name, doc:NoName), false) = false)
  BIND(fn:organization(?name) AS ?parent)
  FILTER(?parent != ?subject)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?parent, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

# A child field names one body; breaks and semicolons separate several, and commas where each piece is called a body.
INSERT { ?field doc:child ?part } WHERE {
  ?field doc:means doc:child ; doc:part ?part .
  MINUS { ?field doc:means doc:child ; doc:part/doc:label ?odd . FILTER(!REGEX(?odd, " ") || COALESCE(ISIRI(fn:class(?odd)), false) = false) }
} ;
INSERT { ?field doc:child ?entry } WHERE {
  ?field doc:means doc:child ; doc:entry ?entry .
  FILTER NOT EXISTS { ?field doc:child ?one }
} ;
INSERT { GRAPH ?passage { ?child org:subOrganizationOf ?subject ; a ?class ; ?labelled ?label } } WHERE {
  ?field a doc:Field ; doc:child ?entry ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?entry doc:label ?name .
  FILTER( REGEX(?name, "\\p{L}{2}") && !REGEX(?name, "^[0-9]+ ") && COALESCE(fn:is(?name, doc:NoName), false) = false)
  BIND(fn:organization(?name, ?subject) AS ?child)
  FILTER(?child != ?subject)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?child, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

INSERT { GRAPH ?passage { ?subject ?property ?other . ?other a ?class ; ?labelled ?label } } WHERE {
  VALUES (?meaning ?property) { (doc:affiliation org:linkedTo) (doc:reportsTo org:reportsTo) }
  ?field doc:means ?meaning ; doc:entry ?entry ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?entry doc:label ?name .
  FILTER(COALESCE(fn:title(?name), false) = false)
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?other, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

INSERT { GRAPH ?passage { ?subject foaf:homepage ?page } } WHERE {
  ?field doc:means doc:website ; doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(REGEX(?text, "^(https?://)?[A-Za-z0-9.-]+[.][A-Za-z]{2,}(/[!-;=?-Z_a-z~]*)?$"))
  BIND(IRI(IF(STRSTARTS(?text, "http"), ?text, CONCAT("http://", ?text))) AS ?page)
}
