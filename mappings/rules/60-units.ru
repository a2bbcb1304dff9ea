# The items of a list under a heading such as "Internal organization": units of the item above them, or of the body the list is about.

# A name that no body bears, with days or with two spans of time: a person, who got into the list.
INSERT { ?item doc:lifelike true } WHERE {
  ?item a doc:Item ; doc:note ?note . ?note doc:date ?words .
  FILTER(REGEX(?words, "[0-9].*([–—-]|to).*[0-9]") && REGEX(?words, "\\p{L}{3}.*[0-9]{4}.*\\p{L}{3}.*[0-9]{4}"))
} ;
INSERT { ?item doc:lifelike true } WHERE {
  { SELECT ?item (COUNT(?note) AS ?spans) WHERE { ?item a doc:Item ; doc:note ?note . ?note doc:date ?words } GROUP BY ?item HAVING(COUNT(?note) > 1) }
  ?item doc:note ?span . ?span doc:date ?words .
  FILTER(REGEX(?words, "[0-9].*([–—-]|to).*[0-9]"))
} ;

# Under the title of who is in charge of them ("First Vice Minister"), only what is called a department, an office or the like.
INSERT { ?item doc:unitName ?name } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?label .
  ?head doc:relation ?relation .
  OPTIONAL { ?item doc:key ?key . FILTER(!fn:isDate(?key)) }
  BIND(REPLACE(COALESCE(?key, ?label), ", (headed|led|chaired|directed|run|responsible|which|who|whose|where|est[.]?|established|formed|created|founded|abolished|dissolved|including|based|located|formerly|previously|now|renamed|in charge|under|with|since|until)\\b.*$", "") AS ?name)
  FILTER(ISIRI(COALESCE(fn:class(?name), false)) || NOT EXISTS { ?item doc:lifelike true })
  FILTER(EXISTS { ?head doc:topic doc:units } || fn:class(?name) = org:OrganizationalUnit)
  FILTER(STRLEN(?name) < 200 && REGEX(?name, "\\p{L}{2}") && REGEX(?name, "^[\"“'‘(]?[\\p{Lu}\\p{Lo}0-9]") && !REGEX(?name, "[.;!?]$|^(https?|www)") && !fn:isDate(?name))
  FILTER(COALESCE(fn:title(?name), false) = false && COALESCE(fn:is(?name, doc:NoName), false) = false)
  FILTER(ISIRI(COALESCE(fn:class(?name), fn:is(REPLACE(?name, "^.* ", ""), doc:UnitEnding), false)) || COALESCE(fn:title(REPLACE(?name, " .*$", "")), false) = false || !REGEX(?name, "^\\S+( \\p{Lu}[\\p{L}.'’-]*)+$"))
} ;
# "Offices:" over nested items is a heading in a list: what is below it hangs on what is above it.
INSERT { ?item doc:passes ?relation } WHERE {
  ?item doc:unitName ?name . ?below doc:within ?item .
  BIND(IF(fn:is(?name, doc:WholeUnitHeading) = doc:wholeInternalUnits, fasti:internalUnitOf, ?none) AS ?plain)
  BIND(COALESCE(?plain, fn:is(?name, doc:UnitHeading)) AS ?relation)
  FILTER(BOUND(?relation) && COALESCE(fn:class(?name), false) = false)
} ;

# A heading that is a unit's name, among units.
INSERT { ?head doc:unitName ?name ; doc:owner ?owner ; doc:entity ?unit ; doc:unitBody ?unit } WHERE {
  ?head doc:unitHead true ; doc:label ?name ; doc:relation ?relation .
  OPTIONAL { ?head doc:under ?above . ?above doc:unitBody ?nested }
  OPTIONAL { ?head doc:body ?around }
  BIND(COALESCE(?nested, ?around) AS ?owner)
  FILTER NOT EXISTS { ?head doc:under/doc:unitHead true . FILTER(!BOUND(?nested)) }
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;

INSERT { ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation } WHERE {
  ?item doc:unitName ?name ; doc:under ?head . ?head doc:relation ?relation ; doc:body ?around .
  FILTER NOT EXISTS { ?item doc:passes ?any }
  # What is nested hangs on what it is nested in; below a title ("First Vice Minister") it is the body's all the same.
  FILTER NOT EXISTS { ?item doc:within ?above . FILTER(EXISTS { ?above doc:unitName ?unit_ } || NOT EXISTS { ?above doc:label|doc:key ?words . FILTER(ISLITERAL(fn:title(?words)) || ISLITERAL(fn:personName(?words))) }) }
  FILTER NOT EXISTS { ?head doc:unitHead true . FILTER NOT EXISTS { ?head doc:unitBody ?unmade } }
  OPTIONAL { ?head doc:unitBody ?made }
  BIND(COALESCE(?made, ?around) AS ?owner)
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;
INSERT { ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation } WHERE {
  ?item doc:unitName ?name ; doc:within ?above ; doc:under/doc:relation ?relation . ?above doc:entity ?owner .
  FILTER NOT EXISTS { ?item doc:entity ?done }
  FILTER NOT EXISTS { ?item doc:passes ?any }
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;
INSERT { ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation } WHERE {
  ?item doc:unitName ?name ; doc:within ?group ; doc:under/doc:body ?around . ?group doc:passes ?relation .
  FILTER NOT EXISTS { ?item doc:entity ?done }
  OPTIONAL { ?group doc:within/doc:entity ?above }
  FILTER(BOUND(?above) || NOT EXISTS { ?group doc:within ?any })
  BIND(COALESCE(?above, ?around) AS ?owner)
  BIND(fn:organization(?name, ?owner) AS ?unit)
  FILTER(?unit != ?owner)
} ;

INSERT { GRAPH ?passage { ?unit ?relation ?owner ; a ?class ; ?labelled ?label } } WHERE {
  ?item doc:entity ?unit ; doc:owner ?owner ; doc:relation ?relation ; doc:unitName ?name ; doc:passage ?passage .
  BIND(IF(?relation = fasti:internalUnitOf, org:OrganizationalUnit, IF(?relation = fasti:affiliatedInstitutionOf, org:Organization, COALESCE(fn:class(?name), org:Organization))) AS ?class)
  BIND(fn:labelled(?unit, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
