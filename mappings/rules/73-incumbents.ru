# Holders named in the infobox: in office as of the document; the dates are those of the lists, where these have them.

INSERT { ?part doc:incumbent ?person ; doc:incumbentName ?name ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:statedBy ?stated ; doc:passage ?passage } WHERE {
  ?field doc:means doc:leaderName ; doc:group ?group ; doc:number ?number ; doc:passage ?passage ; doc:name ?part .
  ?other doc:states ?stated ; doc:group ?group ; doc:number ?number .
  ?stated doc:post ?post ; doc:postBody ?body .
  ?part doc:label ?label .
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person))
} ;
# The key itself is the title ("Minister: Jane Doe"), or tells it ("Chief1 Name: Jane Doe").
INSERT { ?part doc:incumbent ?person ; doc:incumbentName ?name ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:passage ?passage } WHERE {
  ?field a doc:Field ; doc:namesHolder true ; doc:post ?post ; doc:postBody ?body ; doc:passage ?passage ; doc:name ?part .
  ?part doc:label ?label .
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person))
} ;
# Key people, "Agency executive: Jane Doe, Director", and "Chief1 Name: Jane Doe (Director)" without a title field.
INSERT { ?part doc:incumbent ?person ; doc:incumbentName ?name ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:passage ?passage .
  GRAPH ?passage {
    ?post a org:Post ; skos:prefLabel ?title_ ; org:postIn ?body ; org:role ?role .
    ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?title_ . } } WHERE {
  VALUES ?meaning { doc:keyPeople doc:leaderName }
  ?field doc:means ?meaning ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  { ?field doc:name ?part . ?part doc:label ?label ; doc:note/doc:text ?words .
    FILTER NOT EXISTS { ?part doc:statedBy ?stated } FILTER NOT EXISTS { ?field doc:namesHolder true } }
  UNION { ?field doc:entry ?part . ?part doc:called ?label ; doc:calledTitle ?words }
  BIND(fn:title(?words) AS ?title)
  BIND(COALESCE(fn:titleOf(?words), ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:personName(?label) AS ?name)
  BIND(fn:person(?label) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?title_)
} ;

# "(last)", "(resigned)", or the infobox of a body that is no more: not in office as of the document.
INSERT { ?part doc:gone true } WHERE {
  ?part doc:incumbent ?person .
  { ?part doc:note/doc:text ?note . FILTER(ISIRI(COALESCE(fn:is(?note, doc:Gone), fn:is(REPLACE(?note, " .*$", ""), doc:Gone), false))) }
  UNION
  { ?field doc:name ?part ; doc:document ?document . ?end doc:means doc:dissolution ; doc:text ?words ; doc:document ?document .
    FILTER(REGEX(?words, "[0-9]")) }
} ;

# The dates of an incumbent: brackets after the name, or a "since" field of the same number.
INSERT { ?part doc:since ?words } WHERE {
  ?part doc:incumbent ?person ; doc:note ?note . ?note doc:date ?words .
  FILTER NOT EXISTS { ?note doc:words ?more . FILTER(COALESCE(fn:is(?more, doc:Mode), false) = false) }
} ;
INSERT { ?part doc:since ?words } WHERE {
  ?field a doc:Field ; doc:name ?part ; doc:number ?number ; doc:document ?document . ?part doc:incumbent ?person ; doc:position 0 .
  ?since doc:means doc:since ; doc:number ?number ; doc:text ?text ; doc:document ?document .
  BIND(IF(fn:isOngoing(?text), ?text, CONCAT("since ", ?text)) AS ?words)
  FILTER(fn:isOngoing(?words))
  FILTER NOT EXISTS { ?part doc:since ?known }
} ;

# The same person in the same post, with an end that is open, in a list of this document: that tenure.
INSERT { ?part doc:tenure ?dated } WHERE {
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?part doc:since ?known }
  GRAPH ?list { ?dated org:member ?person ; fasti:post ?post ; org:memberDuring/doc:span ?words }
  FILTER(fn:isOngoing(?words))
} ;
# One who is gone, or who has one tenure in the lists whose end they do not tell: nothing new.
INSERT { ?part doc:listed true } WHERE {
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?part doc:since ?known }
  GRAPH ?list { ?dated org:member ?person ; fasti:post ?post ; org:memberDuring/doc:span ?words }
  FILTER(EXISTS { ?part doc:gone true })
} ;
INSERT { ?part doc:tenure ?tenure } WHERE {
  ?part doc:incumbent ?person ; doc:incumbentPost ?post .
  FILTER NOT EXISTS { ?part doc:tenure ?known }
  FILTER NOT EXISTS { ?part doc:listed true }
  OPTIONAL { ?part doc:since ?words }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(?words), "")) AS ?tenure)
} ;

INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post .
  ?person a foaf:Person ; ?naming ?named .
} } WHERE {
  ?part doc:tenure ?tenure ; doc:incumbent ?person ; doc:incumbentPost ?post ; doc:incumbentBody ?body ; doc:incumbentName ?name ; doc:passage ?passage .
  GRAPH ?any { ?post a org:Post ; org:postIn ?body }
  FILTER(STRSTARTS(STR(?tenure), STR(fn:entity("membership", ?person, ?post))))
  BIND(fn:personNaming(?person, ?name) AS ?naming)
  BIND(IF(?naming = foaf:name, ?name, STRLANG(?name, "en")) AS ?named)
} ;
# A holder who is named as such, without an end: in office as of the source.
INSERT { GRAPH ?passage { ?tenure fasti:incumbentAsOf ?source } } WHERE {
  ?part doc:tenure ?tenure ; doc:incumbent ?person ; doc:passage ?passage .
  { ?part doc:document/doc:source ?source } UNION { ?field doc:name ?part ; doc:document/doc:source ?source }
  FILTER NOT EXISTS { ?part doc:gone true }
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
} ;
INSERT { GRAPH ?passage { ?tenure fasti:tenureMode ?mode } } WHERE {
  ?part doc:tenure ?tenure ; doc:statedBy ?stated ; doc:incumbentPost ?post ; doc:passage ?passage .
  ?stated doc:mode ?mode ; doc:post ?post .
  FILTER(STRSTARTS(STR(?tenure), STR(fn:entity("membership", ?person, ?post))))
  ?part doc:incumbent ?person .
} ;

# The body that a title names ("Speaker of the Riksdag", "Director of the Policy Office") is one.
INSERT { ?line doc:ofWords ?text ; doc:saidIn ?passage } WHERE {
  { ?line a doc:Head ; doc:post ?post ; doc:label ?text ; doc:passage ?passage }
  UNION { ?field doc:states ?line ; doc:passage ?passage . ?line doc:label ?text }
  UNION { ?line a doc:Field ; doc:namesHolder true ; doc:key ?text ; doc:passage ?passage }
  UNION { ?line doc:tenure ?tenure ; doc:passage ?passage ; doc:note/doc:text ?text }
  UNION { ?line doc:ownTitle ?title ; doc:passage ?passage . ?item doc:name ?line ; doc:key ?text }
  UNION { ?line doc:ownTitle ?title ; doc:passage ?passage ; doc:label ?label . BIND(REPLACE(?label, "^[^,–—]+?(, | [–—-] )", "") AS ?text) }
  UNION { ?line doc:ownTitle ?title ; doc:passage ?passage ; doc:within/doc:label ?text }
} ;
INSERT { GRAPH ?passage { ?body a ?class ; ?labelled ?label } } WHERE {
  ?line doc:ofWords ?text ; doc:saidIn ?passage .
  BIND(fn:titleOf(?text) AS ?body)
  BIND(fn:titleBody(?text) AS ?name)
  FILTER(BOUND(?body) && BOUND(?name))
  GRAPH ?passage { ?post org:postIn ?body }
  ?document a doc:Document ; doc:subject ?subject . FILTER(?body != ?subject)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?body, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
