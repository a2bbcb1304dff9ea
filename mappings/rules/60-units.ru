# The items of a list under a heading such as "Internal organization": units of the item above them, or of the body the list is about.

INSERT { ?item doc:unitName ?name } WHERE {
  ?item a doc:Item ; doc:under/doc:topic doc:units ; doc:label ?label .
  OPTIONAL { ?item doc:key ?key . FILTER(!fn:isDate(?key)) }
  BIND(COALESCE(?key, ?label) AS ?name)
  FILTER(STRLEN(?name) < 200 && REGEX(?name, "\\p{L}{2}") && !REGEX(?name, "[.;]$"))
  FILTER(COALESCE(fn:title(?name), false) = false)
} ;

INSERT { ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation } WHERE {
  ?item doc:unitName ?name ; doc:under ?head . ?head doc:relation ?relation ; doc:body ?owner .
  FILTER NOT EXISTS { ?item doc:within/doc:unitName ?above }
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;
INSERT { ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation } WHERE {
  ?item doc:unitName ?name ; doc:within ?above ; doc:under/doc:relation ?relation . ?above doc:entity ?owner .
  FILTER NOT EXISTS { ?item doc:entity ?done }
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;

INSERT { GRAPH ?passage { ?unit ?relation ?owner ; a ?class ; ?labelled ?label } } WHERE {
  ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation ; doc:unitName ?name ; doc:passage ?passage .
  BIND(IF(?relation = fasti:internalUnitOf, org:OrganizationalUnit, IF(?relation = fasti:affiliatedInstitutionOf, org:Organization, COALESCE(fn:class(?name), org:Organization))) AS ?class)
  BIND(fn:labelled(?unit, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
