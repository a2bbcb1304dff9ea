# The headquarters or location field: a site, its address in parts, and the compound that a building stands in.

INSERT { ?field doc:site ?site ; doc:last ?last } WHERE {
  { SELECT ?field (MAX(?n) AS ?last) WHERE { ?field a doc:Field ; doc:part/doc:position ?n } GROUP BY ?field }
  ?field doc:key ?key ; doc:text ?text .
  FILTER(fn:is(?key, doc:FieldKey) = doc:headquarters && !STRSTARTS(?text, "http"))
  BIND(fn:entity("site", ?text) AS ?site)
} ;

# What each part of the address is.
INSERT { ?part doc:role ?role } WHERE {
  ?field doc:site ?site ; doc:last ?last ; doc:part ?part . ?part doc:label ?text ; doc:position ?n .
  BIND(IF(ISIRI(COALESCE(fn:is(?text, doc:Country), false)), vcard:country-name,
       IF(REGEX(?text, "^[A-Z]{0,3}[- ]?[0-9][0-9 A-Z-]{2,9}$"), vcard:postal-code,
       IF(REGEX(?text, "(^no[.]? ?[0-9])|(^[0-9]+[a-z]?[ ,-])|^[0-9]+$|\\b(street|road|avenue|boulevard|lane|square|highway|quay|drive|way|place|plaza|alley|rue|calle|via|st[.]|rd[.]|ave[.]|[a-z]*stra(ß|ss)e)( [a-z0-9]+)?$", "i"), vcard:street-address,
       IF(REGEX(?text, " (district|borough|ward|township|quarter)$", "i"), fasti:district,
       IF(REGEX(?text, " (province|state|region|prefecture|county|oblast|canton|governorate|department)$", "i"), vcard:region,
       IF(REGEX(?text, "(^| )(building|hall|palace|tower|house|block|pavilion|villa|castle|wing|room|floor|mansion|complex|centre|center|courtyard|yard|compound)( [A-Z0-9]+)?$", "i"), doc:building, doc:place)))))) AS ?role)
} ;

# Of the parts that are only a name, the last is the town; one before it that follows a building is the compound.
INSERT { ?part doc:town true } WHERE {
  ?field doc:site ?site ; doc:part ?part . ?part doc:role doc:place ; doc:position ?n .
  FILTER NOT EXISTS { ?field doc:part ?later . ?later doc:role doc:place ; doc:position ?m . FILTER(?m > ?n) }
} ;

INSERT { GRAPH ?passage {
  ?subject org:hasPrimarySite ?site .
  ?site a org:Site ; skos:prefLabel ?label ; org:siteAddress ?address .
  ?address a vcard:Address .
} } WHERE {
  ?field doc:site ?site ; doc:text ?text ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  BIND(STRLANG(?text, "en") AS ?label)
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;

INSERT { GRAPH ?passage { ?address ?role ?value } } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?part . ?part doc:role ?role ; doc:label ?value .
  FILTER(?role NOT IN (doc:place, doc:building, vcard:street-address))
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;
INSERT { GRAPH ?passage { ?address vcard:locality ?town } } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?part . ?part doc:town true ; doc:label ?town .
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;

# "No. 12, Fuyou Street" are two parts of one street address.
INSERT { GRAPH ?passage { ?address vcard:street-address ?street } } WHERE {
  { SELECT ?field (GROUP_CONCAT(?text; separator=", ") AS ?street) WHERE {
      { SELECT ?field ?text ?n WHERE { ?field doc:site ?site ; doc:part ?part . ?part doc:role vcard:street-address ; doc:label ?text ; doc:position ?n } ORDER BY ?field ?n }
    } GROUP BY ?field }
  ?field doc:site ?site ; doc:passage ?passage .
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;

INSERT { GRAPH ?passage {
  ?site dct:isPartOf ?compound .
  ?compound a org:Site ; skos:prefLabel ?compoundLabel ; org:siteAddress ?compoundAddress .
  ?compoundAddress a vcard:Address ; vcard:locality ?town .
} } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?building , ?around .
  ?building doc:role doc:building ; doc:position ?n .
  ?around doc:role doc:place ; doc:position ?m ; doc:label ?name . FILTER(?m = ?n + 1)
  FILTER NOT EXISTS { ?around doc:town true }
  ?field doc:part ?townPart . ?townPart doc:town true ; doc:label ?town .
  BIND(fn:entity("site", ?name, ?town) AS ?compound)
  BIND(IRI(CONCAT(STR(?compound), "#address")) AS ?compoundAddress)
  BIND(STRLANG(?name, "en") AS ?compoundLabel)
}
