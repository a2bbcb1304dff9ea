# Holders named in the infobox: in office as of the document; the dates are those of the lists, where these have them.

INSERT { ?part doc:incumbent ?person ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:passage ?passage } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:group ?group ; doc:number ?number ; doc:passage ?passage ; doc:name ?part ; doc:document/doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:leaderName)
  ?part doc:label ?name .
  OPTIONAL { ?other a doc:Field ; doc:group ?group ; doc:number ?number ; doc:post ?stated ; doc:postBody ?statedBody }
  OPTIONAL { ?field doc:key ?word . BIND(fn:title(?group) AS ?title) }
  BIND(COALESCE(?statedBody, ?subject) AS ?body)
  BIND(COALESCE(?stated, fn:entity("post", COALESCE(?title, "Head"), ?subject)) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person))
} ;

# A name field without a title field: the key itself is the title ("Minister: Jane Doe", "Director: …").
INSERT { ?part doc:incumbent ?person ; doc:incumbentPost ?post ; doc:incumbentBody ?subject ; doc:passage ?passage } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:passage ?passage ; doc:name ?part ; doc:document/doc:subject ?subject .
  FILTER(COALESCE(fn:is(?key, doc:FieldKey), false) = false)
  ?part doc:label ?name .
  BIND(fn:title(?key) AS ?title)
  FILTER(BOUND(?title))
  BIND(fn:entity("post", ?title, ?subject) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person))
} ;
INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?subject ; org:role ?role , ?top .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:group ?group ; doc:number ?number ; doc:name ?part ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?other a doc:Field ; doc:group ?group ; doc:number ?number ; doc:post ?post }
  BIND(COALESCE(IF(ISIRI(fn:is(?key, doc:FieldKey)), fn:title(?group), ?none), fn:title(?key), "Head") AS ?title)
  OPTIONAL { FILTER(?number = 1 && fn:isHead(?title)) BIND(org:Head AS ?top) }
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;

# Key people: "Jane Doe (Director)".
INSERT { ?part doc:incumbent ?person ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:passage ?passage .
  GRAPH ?passage {
    ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role .
    ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label . } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:passage ?passage ; doc:name ?part ; doc:document/doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:keyPeople)
  ?part doc:label ?name ; doc:note/doc:text ?words .
  BIND(fn:title(?words) AS ?title)
  BIND(COALESCE(fn:titleOf(?words), ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;

# The dates of an incumbent: brackets after the name, or a "since" field of the same number.
INSERT { ?part doc:since ?words } WHERE {
  ?part doc:incumbent ?person ; doc:note/doc:date ?words .
} ;
INSERT { ?part doc:since ?words } WHERE {
  ?field a doc:Field ; doc:name ?part ; doc:number ?number ; doc:document ?document . ?part doc:incumbent ?person ; doc:position 0 .
  ?since a doc:Field ; doc:key ?key ; doc:number ?number ; doc:text ?text ; doc:document ?document .
  FILTER(fn:is(?key, doc:FieldKey) = doc:since)
  BIND(IF(fn:isOngoing(?text), ?text, CONCAT("since ", ?text)) AS ?words)
  FILTER(fn:isDate(?words))
  FILTER NOT EXISTS { ?part doc:since ?known }
} ;

# The same person in the same post, with an end that is open, in a list of this document: that tenure.
INSERT { ?part doc:tenure ?dated } WHERE {
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?part doc:since ?known }
  GRAPH ?list { ?dated org:member ?person ; fasti:post ?post ; org:memberDuring/doc:span ?words }
  FILTER(fn:isOngoing(?words))
} ;
INSERT { ?part doc:tenure ?tenure } WHERE {
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?part doc:tenure ?known }
  OPTIONAL { ?part doc:since ?words }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(?words), "")) AS ?tenure)
} ;

INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post .
  ?person a foaf:Person ; foaf:name ?name .
} } WHERE {
  ?part doc:tenure ?tenure ; doc:incumbent ?person ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:label ?name ; doc:passage ?passage .
} ;
# A holder who is named as such, without an end: in office as of the source.
INSERT { GRAPH ?passage { ?tenure fasti:incumbentAsOf ?source } } WHERE {
  ?part doc:tenure ?tenure ; doc:incumbent ?person ; doc:passage ?passage ; doc:document/doc:source ?source .
  FILTER NOT EXISTS { ?part doc:since ?words . FILTER(!fn:isOngoing(?words)) }
} ;
INSERT { GRAPH ?passage { ?tenure org:memberDuring ?time . ?time doc:span ?words } } WHERE {
  ?part doc:tenure ?tenure ; doc:since ?words ; doc:incumbent ?person ; doc:passage ?passage .
  BIND(IRI(CONCAT(STR(?tenure), "#time")) AS ?time)
} ;
INSERT { GRAPH ?passage { ?tenure fasti:tenureMode ?mode ; fasti:titleInSource ?note } } WHERE {
  ?part doc:tenure ?tenure ; doc:incumbent ?person ; doc:passage ?passage ; doc:note/doc:text ?note .
  BIND(fn:is(?note, doc:Mode) AS ?mode)
  FILTER(BOUND(?mode))
}
