# What each heading announces: a list of units, of holders, of functions …; headings below it inherit that.
# Working triples only: doc:topic, doc:relation, doc:title, doc:body on doc:Head.

INSERT { ?head doc:topic ?topic } WHERE {
  ?head a doc:Head ; doc:text ?text .
  BIND(COALESCE(fn:is(?text, doc:SeeAlsoHeading), fn:is(?text, doc:ReferenceHeading), fn:is(?text, doc:FunctionHeading),
                fn:is(?text, doc:HistoryHeading), fn:is(?text, doc:PublicationHeading), fn:is(?text, doc:LeadersHeading),
                fn:is(?text, doc:NameHeading), fn:is(?text, doc:OtherHeading)) AS ?topic)
  FILTER(BOUND(?topic))
} ;
# "Early history", "History of the office".
INSERT { ?head doc:topic doc:history } WHERE {
  ?head a doc:Head ; doc:text ?text .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  FILTER(REGEX(?text, "^history (of|and|since|until|before|to) |\\b(history|timeline|chronology)$", "i"))
} ;

# "Internal organization", "… manages the following directly affiliated institutions", "Divisions of the Commission". What stood there once is no part.
INSERT { ?head doc:topic doc:units ; doc:relation ?relation } WHERE {
  ?head a doc:Head ; doc:text ?full ; doc:label ?label .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  FILTER NOT EXISTS { ?head doc:under+ ?above . ?above doc:topic ?past . FILTER(?past IN (doc:history, doc:references, doc:seeAlso, doc:other)) }
  FILTER(COALESCE(fn:has(?full, doc:NotUnits), false) = false)
  BIND(IF(EXISTS { ?head doc:note/doc:date ?period }, ?full, ?label) AS ?text)  # "Bureaus (scrinia)", but not "Bureaus (1990–2000)"
  BIND(fn:is(?text, doc:WholeUnitHeading) AS ?whole)
  BIND(REPLACE(?text, " (of|in|within|under|at) .*$", "") AS ?first)
  BIND(COALESCE(fn:is(REPLACE(?text, "^.* ", ""), doc:UnitEnding), fn:is(REPLACE(?first, "^.* ", ""), doc:UnitEnding), fn:is(REPLACE(REPLACE(?text, "(,| and| &) .*$", ""), "^.* ", ""), doc:UnitEnding)) AS ?ending)
  VALUES (?kind ?means) {
    (doc:wholeInternalUnits fasti:internalUnitOf) (doc:wholeAgencies fasti:subordinateAgencyOf) (doc:wholeSubsidiaries org:subOrganizationOf)
    (doc:endingInternalUnits fasti:internalUnitOf) (doc:endingAgencies fasti:subordinateAgencyOf)
    (doc:endingInstitutions fasti:affiliatedInstitutionOf) (doc:endingParts org:subOrganizationOf) (doc:listOfParts org:subOrganizationOf) (doc:no doc:no) }
  FILTER(?kind = COALESCE(?whole, ?ending, fn:has(?text, doc:ListPhrase), doc:no))
  BIND(COALESCE(fn:is(?text, doc:UnitHeading), IF(BOUND(?whole), ?means, ?none), fn:has(?text, doc:UnitPhrase), IF(?means = doc:no, ?none, ?means)) AS ?relation)
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
INSERT { ?head doc:mode ?mode } WHERE {
  ?head a doc:Head ; doc:topic doc:holders ; doc:label ?label .
  BIND(fn:is(REPLACE(?label, "^(list of )?(\\S+) .*$", "$2", "i"), doc:Mode) AS ?mode)
  FILTER(?mode IN (mode:acting, mode:interim))
} ;
# Other headings that say that their list is of what was, or is elsewhere.
INSERT { ?head doc:topic doc:other } WHERE {
  ?head a doc:Head ; doc:text ?text .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  FILTER(ISIRI(fn:has(?text, doc:NotUnits)) && (!REGEX(?text, "\\b(governments?|cabinets?|republics?|constitution|kingdom|empire|era|period)\\b", "i")))
} ;

# A heading that is a body's name, under one that announces holders: what follows is about that body.
# A party, a government or a republic is a period there.
INSERT { ?head doc:body ?body } WHERE {
  ?head a doc:Head ; doc:label ?label .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  ?head doc:under+ ?above . ?above doc:topic ?topic . FILTER(?topic IN (doc:leaders, doc:holders))
  FILTER NOT EXISTS { ?head doc:note/doc:date ?period }
  BIND(fn:class(?label) AS ?class)
  FILTER(?class = org:OrganizationalUnit || ?class = org:Organization && REGEX(?label, " of ") || COALESCE(ISIRI(fn:known(?label)) && ?class != org:FormalOrganization, false))
  BIND(COALESCE(fn:known(?label), fn:organization(?label)) AS ?body)
} ;

# A heading among units that is a unit's name: what follows are its units.
INSERT { ?head doc:unitHead true ; doc:topic doc:units } WHERE {
  ?head a doc:Head ; doc:label ?label ; doc:under+ ?above .
  FILTER NOT EXISTS { ?head doc:topic ?known }
  ?above doc:topic doc:units .
  FILTER NOT EXISTS { ?head doc:under+ ?nearer . ?nearer doc:topic ?other ; doc:under+ ?above . FILTER(?other != doc:units) }
  BIND(fn:class(?label) AS ?class)
  FILTER(?class IN (org:OrganizationalUnit, org:Organization) && REGEX(?label, "\\S \\S"))
} ;

# The nearest heading above that says something says it for the ones below too.
INSERT { ?head doc:topic ?topic ; doc:relation ?relation ; doc:title ?title ; doc:heads ?heads ; doc:plural ?plural ; doc:mode ?mode ; doc:titled ?titled } WHERE {
  ?head a doc:Head ; doc:under+ ?above . ?above doc:topic ?topic .
  FILTER NOT EXISTS { ?head doc:topic ?own }
  FILTER NOT EXISTS { ?head doc:under+ ?nearer . ?nearer doc:topic ?other ; doc:under+ ?above }
  # What stands under a heading of its own is a part; that it is an internal one only its own heading or its whole's would say.
  OPTIONAL { ?above doc:relation ?stated . BIND(IF(?stated = fasti:internalUnitOf, org:subOrganizationOf, ?stated) AS ?relation) }
  OPTIONAL { ?above doc:mode ?mode }
  OPTIONAL { ?above doc:title ?title ; doc:heads ?heads ; doc:plural ?plural . BIND(?above AS ?titled) }
} ;
# A unit among units hangs on its whole as its siblings do; so do bodies in a list under the title of who is in charge of them.
INSERT { ?head doc:relation ?relation } WHERE {
  ?head a doc:Head ; doc:under ?above . ?above doc:relation ?relation .
  FILTER NOT EXISTS { ?head doc:relation ?own }
  { ?head doc:unitHead true } UNION { ?head doc:topic doc:holders . FILTER NOT EXISTS { ?head doc:plural true } }
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
