# What each heading announces: a list of units, of holders, of functions …; headings below it inherit that.
# Working triples only: doc:topic, doc:relation, doc:title, doc:body on doc:Head.

INSERT { ?head doc:topic ?topic } WHERE {
  ?head a doc:Head ; doc:text ?text .
  BIND(COALESCE(fn:is(?text, doc:SeeAlsoHeading), fn:is(?text, doc:ReferenceHeading), fn:is(?text, doc:FunctionHeading),
                fn:is(?text, doc:HistoryHeading), fn:is(?text, doc:PublicationHeading), fn:is(?text, doc:LeadersHeading)) AS ?topic)
  FILTER(BOUND(?topic))
} ;

# "Internal organization", "… manages the following directly affiliated institutions".
INSERT { ?head doc:topic doc:units ; doc:relation ?relation } WHERE {
  ?head a doc:Head ; doc:text ?text .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  BIND(fn:is(?text, doc:WholeUnitHeading) AS ?whole)
  BIND(IF(?whole = doc:wholeInternalUnits, fasti:internalUnitOf, IF(?whole = doc:wholeAgencies, fasti:subordinateAgencyOf,
       IF(?whole = doc:wholeSubsidiaries, org:subOrganizationOf, ?none))) AS ?single)
  BIND(COALESCE(fn:is(?text, doc:UnitHeading), ?single, fn:has(?text, doc:UnitPhrase)) AS ?relation)
  FILTER(BOUND(?relation))
} ;

# "Directors of the Mint", "the following secretaries": holders of a post; the body where the heading says it.
INSERT { ?head doc:topic doc:holders ; doc:title ?title ; doc:heads ?heads ; doc:plural ?plural ; doc:body ?body } WHERE {
  ?head a doc:Head ; doc:label ?label .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  BIND(REPLACE(?label, "^.* following (former |current )?", "") AS ?text)
  BIND(fn:title(?text) AS ?title)
  BIND(fn:titleOf(?text) AS ?of)
  BIND(fn:isHead(?text) AS ?heads)
  BIND(fn:isPlural(?text) AS ?plural)
  FILTER(BOUND(?title))
  BIND(COALESCE(?of, ?none) AS ?body)
} ;

# A heading that is a body's name, under one that announces holders or units: what follows is about that body.
INSERT { ?head doc:body ?body } WHERE {
  ?head a doc:Head ; doc:label ?label .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  ?head doc:under+ ?above . ?above doc:topic ?topic . FILTER(?topic IN (doc:leaders, doc:holders))
  BIND(fn:known(?label) AS ?settled)
  BIND(IF(ISIRI(fn:class(?label)), fn:organization(?label), ?none) AS ?new)
  BIND(COALESCE(?settled, ?new) AS ?body)
  FILTER(BOUND(?body))
} ;

# The nearest heading above that says something says it for the ones below too.
INSERT { ?head doc:topic ?topic ; doc:relation ?relation ; doc:title ?title ; doc:heads ?heads ; doc:plural ?plural ; doc:titled ?titled } WHERE {
  ?head a doc:Head ; doc:under+ ?above . ?above doc:topic ?topic .
  FILTER NOT EXISTS { ?head doc:topic ?own }
  FILTER NOT EXISTS { ?head doc:under+ ?nearer . ?nearer doc:topic ?other ; doc:under+ ?above }
  OPTIONAL { ?above doc:relation ?relation }
  OPTIONAL { ?above doc:title ?title ; doc:heads ?heads ; doc:plural ?plural . BIND(?above AS ?titled) }
} ;
INSERT { ?head doc:body ?body } WHERE {
  ?head a doc:Head ; doc:under+ ?above . ?above doc:body ?body .
  FILTER NOT EXISTS { ?head doc:body ?own }
  FILTER NOT EXISTS { ?head doc:under+ ?nearer . ?nearer doc:body ?other ; doc:under+ ?above }
} ;
INSERT { ?head doc:body ?subject } WHERE {
  ?head a doc:Head ; doc:document/doc:subject ?subject .
  FILTER NOT EXISTS { ?head doc:body ?own }
}
