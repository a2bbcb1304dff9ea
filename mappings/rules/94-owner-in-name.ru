# A unit whose parent no passage names, but whose own name does: "Secretariat of the X" is a part of the X.

INSERT { GRAPH ?passage { ?unit org:subOrganizationOf ?owner . ?owner a ?class ; ?labelled ?label } } WHERE {
  GRAPH ?passage { ?unit a org:OrganizationalUnit ; skos:prefLabel ?name }
  FILTER(LANG(?name) = "en" && REGEX(STR(?name), " of the "))
  FILTER NOT EXISTS { GRAPH ?any { ?unit org:subOrganizationOf|fasti:internalUnitOf|fasti:subordinateAgencyOf|fasti:affiliatedInstitutionOf|^rdfs:seeAlso ?parent } }
  BIND(REPLACE(STR(?name), "^.*? of the ", "") AS ?words)
  BIND(fn:known(?words) AS ?owner)
  FILTER(BOUND(?owner) && ?owner != ?unit)
  BIND(COALESCE(fn:class(?words), org:Organization) AS ?class)
  BIND(fn:labelled(?owner, ?words) AS ?labelled)
  BIND(fn:label(?words) AS ?label)
}
