# The headquarters or location field: a site, its address in parts, and the compound that a building stands in.

INSERT { ?field doc:site ?site ; doc:last ?last } WHERE {
  { SELECT ?field (MAX(?n) AS ?last) WHERE { ?field doc:means doc:headquarters ; doc:part/doc:position ?n } GROUP BY ?field }
  ?field doc:text ?text .
  FILTER(!STRSTARTS(?text, "http") && REGEX(?text, "\\p{L}{2}"))
  FILTER NOT EXISTS { ?field doc:text ?another . FILTER(?another != ?text) }
  # "Rome; later Ravenna": seats of several times, and none of them the parts of one address.
  MINUS { ?field doc:means doc:headquarters ; doc:part/doc:text ?then . FILTER(REGEX(?then, "^(later|then|from|until|till|since|before|after|formerly|previously|originally|initially|first|now|currently|moved)\\b", "i")) }
  BIND(fn:entity("site", ?text) AS ?site)
} ;

# "75012 Paris", "Tokyo 100-8968", "London SW1A 2AS", "Washington, D.C. 20503": a town or region and its postal code.
INSERT { ?part doc:words ?words ; doc:code ?code } WHERE {
  ?field doc:site ?site ; doc:part ?part . ?part doc:text ?whole ; doc:position ?n .
  BIND(REPLACE(?whole, " *[(（].*$", "") AS ?text)
  BIND(ISIRI(COALESCE(fn:has(?text, doc:StreetWord), fn:has(?text, doc:BuildingWord), false)) AS ?street)
  BIND(IF(?n > 0 && !?street, REPLACE(?text, "^((?:[A-Z]{1,3}-)?[0-9]{4,6}|(?:[A-Z]{1,3}-)?[0-9]{2,3}[ -][0-9]{2,4}|[0-9]{4} ?[A-Z]{2}) (\\p{Lu}[^0-9]+)$", "$1\n$2"), ?text) AS ?after)
  BIND(IF(?n > 0 && !?street && ?after = ?text, REPLACE(?text, "^(\\p{Lu}[^0-9]*?)(?: [–—-])? ((?:[A-Z]{1,3}-)?[0-9]{3,7}|[A-Z]{2,4} [0-9]{3,5}|[0-9]{3}-[0-9]{4}|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])$", "$2\n$1"), ?after) AS ?parted)
  BIND(IF(CONTAINS(?parted, "\n"), STRAFTER(?parted, "\n"), ?text) AS ?words)
  BIND(STRBEFORE(?parted, "\n") AS ?code)
} ;

# What each part of the address is.
INSERT { ?part doc:role ?role } WHERE {
  ?field doc:site ?site ; doc:last ?last ; doc:part ?part . ?part doc:words ?text ; doc:position ?n .
  BIND(ISIRI(COALESCE(fn:has(?text, doc:StreetWord), false)) AS ?street)
  BIND(IF(?n = ?last && ISIRI(COALESCE(fn:is(?text, doc:Country), false)), vcard:country-name,
       IF(REGEX(?text, "^(?:[A-Z]{1,3}[- ]?)?[0-9][0-9 A-Z-]{2,9}$|^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$") && ?n > 0, vcard:postal-code,
       IF(REGEX(?text, " (district|borough|ward|township|quarter)$|-(ku|gu|qu)$", "i"), fasti:district,
       IF(REGEX(?text, " (province|state|region|prefecture|county|oblast|canton|governorate|department)$|^D[.]?C[.]?$|^[A-Z]{2}$", "i") && ?n > 0 && (STRLEN(?text) > 4 || REGEX(?text, "^[A-Z.]+$")), vcard:region,
       IF(REGEX(?text, "(^| )(building|hall|palace|tower|house|block|pavilion|villa|castle|wing|room|floor|mansion|complex|centre|center|courtyard|yard|compound|residence|secretariat|kremlin|bhavan|bhawan|barracks)( [A-Z0-9]+)?$", "i"), doc:building,
       IF(?street || REGEX(?text, "(^no[.]? ?[0-9])|^[0-9]+[a-z]?([-/][0-9]+)*[ ,]+[^0-9 ]|^[0-9]+([-/][0-9]+)*$|( st[.]?| rd[.]?| ave[.]?|stra(ß|ss)e|gatan|gade|vej|straat|laan|plein|platz|gasse|tänav|katu|utca|ulice|-ro|-gil|-daero|dori)( [0-9a-z/-]+)?$", "i"), vcard:street-address,
       IF(ISIRI(COALESCE(fn:has(?text, doc:BuildingWord), false)), doc:building, doc:place))))))) AS ?role)
} ;

# Of the parts that are only a name, the last is the town, or a state or province after its town; one before it that follows a building is the compound.
INSERT { ?part doc:region true } WHERE {
  ?field doc:site ?site ; doc:part ?part , ?town . ?part doc:role doc:place ; doc:position ?n ; doc:words ?words .
  ?town doc:role doc:place ; doc:position ?m . FILTER(?m = ?n - 1)
  FILTER(ISIRI(COALESCE(fn:is(?words, doc:Region), false)))
} ;
INSERT { ?part doc:town true } WHERE {
  ?field doc:site ?site ; doc:part ?part . ?part doc:role doc:place ; doc:position ?n .
  FILTER NOT EXISTS { ?part doc:region true }
  FILTER NOT EXISTS { ?field doc:part ?later . ?later doc:role doc:place ; doc:position ?m . FILTER(?m > ?n) FILTER NOT EXISTS { ?later doc:region true } }
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
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?part . ?part doc:role ?role ; doc:words ?value .
  FILTER(?role NOT IN (doc:place, doc:building, vcard:street-address))
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;
INSERT { GRAPH ?passage { ?address vcard:locality ?town } } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?part . ?part doc:town true ; doc:words ?town .
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;
INSERT { GRAPH ?passage { ?address vcard:region ?region } } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part ?part . ?part doc:region true ; doc:words ?region .
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;
INSERT { GRAPH ?passage { ?address vcard:postal-code ?code } } WHERE {
  ?field doc:site ?site ; doc:passage ?passage ; doc:part/doc:code ?code . FILTER(?code != "")
  BIND(IRI(CONCAT(STR(?site), "#address")) AS ?address)
} ;

# "No. 12, Fuyou Street" are two parts of one street address.
INSERT { GRAPH ?passage { ?address vcard:street-address ?street } } WHERE {
  { SELECT ?field (GROUP_CONCAT(?text; separator=", ") AS ?street) WHERE {
      { SELECT ?field ?text ?n WHERE { ?field doc:site ?site ; doc:part ?part . ?part doc:role vcard:street-address ; doc:words ?text ; doc:position ?n } ORDER BY ?field ?n }
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
  ?around doc:role doc:place ; doc:position ?m ; doc:words ?name . FILTER(?m = ?n + 1)
  FILTER NOT EXISTS { ?around doc:town true }
  ?field doc:part ?townPart . ?townPart doc:town true ; doc:words ?town .
  BIND(fn:entity("site", ?name, ?town) AS ?compound)
  BIND(IRI(CONCAT(STR(?compound), "#address")) AS ?compoundAddress)
  BIND(STRLANG(?name, "en") AS ?compoundLabel)
}
