# The items of a list under a title: who held the post, from when to when, and how.

INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?label .
  ?head doc:topic doc:holders ; doc:post ?post ; doc:body ?body .
  OPTIONAL { ?item doc:key ?before ; doc:value ?remark }
  FILTER(!BOUND(?before) || REGEX(?remark, "^\\p{Ll}") && COALESCE(fn:title(?before), false) = false)
  FILTER NOT EXISTS { ?item doc:entity ?unit }
  FILTER NOT EXISTS { ?item doc:joint ?several }
  BIND(fn:personName(COALESCE(?before, ?label)) AS ?name)
  BIND(fn:person(COALESCE(?before, ?label)) AS ?person)
  FILTER(BOUND(?person))
} ;
# "Bavaria: Jane Doe (1990–1995)": what stands before the name is not its title.
INSERT { ?part doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:passage ?passage } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:key ?key ; doc:name ?part ; doc:value ?value ; doc:passage ?passage .
  ?head doc:topic doc:holders ; doc:post ?post ; doc:body ?body .
  FILTER NOT EXISTS { ?item doc:entity ?unit }
  FILTER(COALESCE(fn:title(?key), fn:is(?key, doc:FieldKey), false) = false && REGEX(?value, "^[^\\p{Ll}]"))
  ?part doc:label ?label .
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person))
} ;

# "Jane Doe and John Roe (1990–1995)": each of them. "Jane Doe (1990–1992) and John Roe (1992–1995)": each with what is its own.
INSERT { ?part doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:note ?note ; doc:passage ?passage } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:joint ?part ; doc:passage ?passage .
  ?head doc:topic doc:holders ; doc:post ?post ; doc:body ?body .
  FILTER NOT EXISTS { ?item doc:key ?key . FILTER(COALESCE(fn:title(?key), false) != false) }
  FILTER NOT EXISTS { ?item doc:entity ?unit }
  ?part doc:label ?label .
  OPTIONAL { ?item doc:note ?note . FILTER NOT EXISTS { ?item doc:joint/doc:note ?own } }
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person) && !ISIRI(COALESCE(fn:class(?label), false)))
} ;

# "Director: Jane Doe (1990–)" wherever it stands in a list.
INSERT { ?part doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads ; doc:passage ?passage } WHERE {
  ?item a doc:Item ; doc:key ?key ; doc:name ?part ; doc:document/doc:subject ?subject ; doc:passage ?passage .
  ?part doc:label ?label .
  FILTER NOT EXISTS { ?item doc:under/doc:topic ?topic . FILTER(?topic IN (doc:references, doc:history, doc:seeAlso, doc:other)) }
  BIND(fn:title(?key) AS ?title)
  BIND(fn:isHead(?key) AS ?heads)
  FILTER(BOUND(?title))
  OPTIONAL { ?item doc:within/doc:entity ?unit }
  OPTIONAL { ?item doc:under/doc:body ?around }
  BIND(COALESCE(fn:titleOf(?key), ?unit, ?around, ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person))
} ;

# Under "Leaders", an item that ends in its title: "Jane Doe, Director (1990–)".
INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?label .
  ?head doc:topic doc:leaders ; doc:body ?around .
  FILTER NOT EXISTS { ?item doc:key ?key }
  FILTER(REGEX(?label, "^[^,–—]+(, | [–—-] )[^–—]+$"))
  BIND(REPLACE(?label, "^([^,–—]+?)(, | [–—-] ).+$", "$1") AS ?first)
  BIND(REPLACE(?label, "^[^,–—]+?(, | [–—-] )(.+)$", "$2") AS ?words)
  BIND(fn:title(?words) AS ?title)
  BIND(fn:isHead(?words) AS ?heads)
  BIND(COALESCE(fn:titleOf(?words), ?around) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?first) AS ?name)
  BIND(fn:person(?first) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
} ;

# "Registrar – Jane Doe (1990–)" wherever it stands in a list.
INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads } WHERE {
  ?item a doc:Item ; doc:label ?label ; doc:document/doc:subject ?subject .
  FILTER(REGEX(?label, "^[^,–—]+ [–—-] \\p{Lu}[^,–—]+$"))
  FILTER NOT EXISTS { ?item doc:key ?key } FILTER NOT EXISTS { ?item doc:entity ?made }
  FILTER NOT EXISTS { ?item doc:under/doc:topic ?topic . FILTER(?topic IN (doc:references, doc:history, doc:seeAlso, doc:other)) }
  BIND(REPLACE(?label, " [–—-] .*$", "") AS ?words)
  BIND(REPLACE(?label, "^.*? [–—-] ", "") AS ?called)
  BIND(fn:title(?words) AS ?title)
  BIND(fn:isHead(?words) AS ?heads)
  OPTIONAL { ?item doc:within/doc:entity ?unit }
  OPTIONAL { ?item doc:under/doc:body ?around }
  BIND(COALESCE(fn:titleOf(?words), ?unit, ?around, ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?called) AS ?name)
  BIND(fn:person(?called) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title) && COALESCE(fn:personName(?words), false) = false)
} ;

# Under "Leaders", an item that is a title, with its holders nested in it.
INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads } WHERE {
  ?item a doc:Item ; doc:within ?above ; doc:label ?label ; doc:under ?head .
  ?head doc:topic doc:leaders ; doc:body ?around .
  ?above doc:label ?words . FILTER NOT EXISTS { ?above doc:name ?value }
  FILTER NOT EXISTS { ?item doc:key ?key }
  BIND(fn:title(?words) AS ?title)
  BIND(fn:isHead(?words) AS ?heads)
  BIND(COALESCE(fn:titleOf(?words), ?around) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
} ;

# Under "Leaders" or "Heads", a bare name with its years: the post at the top, as the infobox calls it.
INSERT { ?line doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head true ; doc:note ?note ; doc:passage ?passage } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:note ?note ; doc:passage ?passage . ?note doc:date ?years .
  { ?item doc:label ?label . FILTER NOT EXISTS { ?item doc:joint ?several } BIND(?item AS ?line) } UNION { ?item doc:joint ?line . ?line doc:label ?label . FILTER NOT EXISTS { ?item doc:joint/doc:note ?own } }
  ?head doc:topic doc:leaders ; doc:body ?body ; doc:text ?nearest ; doc:under? ?top . ?top doc:text ?heading .
  FILTER(ISIRI(COALESCE(fn:is(?heading, doc:HeadsHeading), false)) && (?top = ?head || fn:isDate(?nearest)))
  FILTER NOT EXISTS { ?item doc:key ?key }
  FILTER NOT EXISTS { ?item doc:holder ?known }
  FILTER NOT EXISTS { ?item doc:within ?above }
  OPTIONAL { ?field doc:atTop true ; doc:postTitle ?stated ; doc:postBody ?body }
  BIND(COALESCE(?stated, "Head") AS ?title)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person))
} ;

INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role , ?top .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?line doc:ownTitle ?title ; doc:heldPost ?post ; doc:heldIn ?body ; doc:passage ?passage .
  OPTIONAL { ?line doc:head ?heads . FILTER(?heads) FILTER NOT EXISTS { ?other doc:atTop true ; doc:postBody ?body ; doc:post ?another . FILTER(?another != ?post) } BIND(org:Head AS ?top) }
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;

# Which of the dates around a name are those of the tenure: "(1990–91)", "(acting 1990)", "(Labour 1990–91)", but not "(b. 1950)".
INSERT { ?line doc:term ?note } WHERE {
  ?line doc:holder ?person ; doc:note ?note . ?note doc:date ?date .
  OPTIONAL { ?note doc:words ?words }
  BIND(COALESCE(fn:is(?words, doc:Mode), fn:is(?words, doc:AttestedWord)) AS ?mode)
  FILTER(!BOUND(?words) || BOUND(?mode) && !REGEX(?date, "^(to|until|till|up to) ", "i")
    || !BOUND(?mode) && REGEX(?date, "[0-9].*([–—−-]|to|until|present)") && COALESCE(fn:is(?words, doc:LifeWord), fn:is(REPLACE(?words, "[ .].*$", ""), doc:LifeWord), fn:title(?words), false) = false)
} ;
INSERT { ?line doc:declined true } WHERE {
  ?line doc:holder ?person ; doc:note ?note . ?note doc:text ?told .
  FILTER(ISIRI(fn:is(?told, doc:NotHeld)))
} ;
# One tenure for each of them; one without dates where there is none.
INSERT { ?line doc:tenure ?tenure . ?term doc:dates ?tenure } WHERE {
  ?line doc:holder ?person ; doc:heldPost ?post .
  FILTER NOT EXISTS { ?line doc:declined true }
  OPTIONAL { ?line doc:term ?term . ?term doc:date ?words }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(?words), "")) AS ?tenure)
} ;

INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post .
  ?person a foaf:Person ; ?naming ?named .
} } WHERE {
  ?line doc:tenure ?tenure ; doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:passage ?passage .
  BIND(fn:personNaming(?person, ?name) AS ?naming)
  BIND(IF(?naming = foaf:name, ?name, STRLANG(?name, "en")) AS ?named)
} ;
INSERT { GRAPH ?passage { ?tenure org:memberDuring ?time . ?time doc:span ?words } } WHERE {
  ?line doc:tenure ?tenure ; doc:term ?term ; doc:passage ?passage . ?term doc:dates ?tenure ; doc:date ?words .
  BIND(IRI(CONCAT(STR(?tenure), "#time")) AS ?time)
}
