# The items of a list under a title: who held the post, from when to when, and how.

INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?label .
  ?head doc:topic doc:holders ; doc:post ?post ; doc:body ?body .
  FILTER NOT EXISTS { ?item doc:key ?key . FILTER(COALESCE(fn:title(?key), false) != false) }
  OPTIONAL { ?item doc:name ?part . ?part doc:label ?value }
  BIND(COALESCE(?value, ?label) AS ?name)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person))
} ;

# "Director: Jane Doe (1990–)" wherever it stands in a list.
INSERT { ?part doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads ; doc:passage ?passage } WHERE {
  ?item a doc:Item ; doc:key ?key ; doc:name ?part ; doc:document/doc:subject ?subject ; doc:passage ?passage .
  ?part doc:label ?name .
  BIND(fn:title(?key) AS ?title)
  BIND(fn:isHead(?key) AS ?heads)
  FILTER(BOUND(?title))
  OPTIONAL { ?item doc:under/doc:body ?around }
  BIND(COALESCE(fn:titleOf(?key), ?around, ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person))
} ;

# Under "Leaders", an item that ends in its title: "Jane Doe, Director (1990–)".
INSERT { ?item doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:ownTitle ?title ; doc:head ?heads } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?label .
  ?head doc:topic doc:leaders ; doc:body ?around .
  FILTER NOT EXISTS { ?item doc:key ?key }
  FILTER(REGEX(?label, "^[^,–—]+(, | [–—-] )[^,–—]+$"))
  BIND(REPLACE(?label, "^([^,–—]+?)(, | [–—-] ).+$", "$1") AS ?name)
  BIND(REPLACE(?label, "^[^,–—]+?(, | [–—-] )(.+)$", "$2") AS ?words)
  BIND(fn:title(?words) AS ?title)
  BIND(fn:isHead(?words) AS ?heads)
  BIND(COALESCE(fn:titleOf(?words), ?around) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
} ;
INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role , ?top .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?line doc:ownTitle ?title ; doc:heldPost ?post ; doc:heldIn ?body ; doc:passage ?passage .
  OPTIONAL { ?line doc:head ?heads . FILTER(?heads) BIND(org:Head AS ?top) }
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;

# One tenure for each date among the notes; one without dates where there is none.
INSERT { ?line doc:tenure ?tenure . ?tenure doc:words ?words } WHERE {
  ?line doc:holder ?person ; doc:heldPost ?post .
  OPTIONAL { ?line doc:note/doc:date ?words }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(?words), "")) AS ?tenure)
} ;

INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post .
  ?person a foaf:Person ; foaf:name ?name .
} } WHERE {
  ?line doc:tenure ?tenure ; doc:holder ?person ; doc:heldPost ?post ; doc:heldIn ?body ; doc:holderName ?name ; doc:passage ?passage .
} ;
INSERT { GRAPH ?passage { ?tenure org:memberDuring ?time . ?time doc:span ?words } } WHERE {
  ?line doc:tenure ?tenure ; doc:passage ?passage . ?tenure doc:words ?words .
  BIND(IRI(CONCAT(STR(?tenure), "#time")) AS ?time)
}
