# Posts: a title field of the infobox, or a heading over a list of holders, says that the post exists, and where.

# A title field states one title ("Minister of Trade and Industry"), or several ("Secretary-General and Treasurer").
INSERT { ?field doc:states ?part } WHERE {
  ?field doc:means doc:leaderTitle ; doc:name ?part .
  MINUS { ?field doc:means doc:leaderTitle ; doc:name ?odd . ?odd doc:label ?words . FILTER(COALESCE(fn:title(?words), false) = false) }
} ;
INSERT { ?field doc:states ?field } WHERE {
  ?field doc:means doc:leaderTitle .
  FILTER NOT EXISTS { ?field doc:states ?part }
  FILTER NOT EXISTS { ?field doc:text ?one , ?another . FILTER(?one != ?another) }
} ;
# With more values below it, each that is a title.
INSERT { ?field doc:states ?entry } WHERE {
  ?field doc:means doc:leaderTitle ; doc:entry ?entry . ?entry doc:label ?words .
  FILTER(ISLITERAL(fn:title(?words)))
  FILTER NOT EXISTS { ?field doc:states ?part }
} ;
INSERT { ?stated doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:passage ?passage ; doc:topTitle ?top } WHERE {
  ?field a doc:Field ; doc:states ?stated ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?stated doc:label ?text .
  FILTER(REGEX(?text, "\\p{L}{2}"))
  BIND(COALESCE(fn:title(?text), ?text) AS ?title)
  BIND(COALESCE(fn:titleOf(?text), ?subject) AS ?body)
  BIND(fn:isHead(?text) && ?body = ?subject AS ?top)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;
# "Acting Director", "Director (acting)": the post of the director, held so.
INSERT { ?stated doc:mode ?mode } WHERE {
  ?field doc:states ?stated . { ?stated doc:label ?text } UNION { ?stated doc:note/doc:text ?text }
  BIND(fn:is(REPLACE(?text, " .*$", ""), doc:Mode) AS ?mode)
  FILTER(?mode IN (mode:acting, mode:interim))
} ;

# "Agency executive: Jane Doe, Director": the value says the title itself.
INSERT { ?entry doc:called ?name ; doc:calledTitle ?title } WHERE {
  VALUES ?meaning { doc:keyPeople doc:leaderName }
  ?field doc:means ?meaning ; doc:group ?group ; doc:number ?number ; doc:entry ?entry ; doc:document ?document . ?entry doc:label ?label .
  FILTER(REGEX(?label, "^[^,]+(, | [–—-] )[^,]+$"))
  MINUS { ?other doc:states ?stated ; doc:group ?group ; doc:number ?number }
  BIND(REPLACE(?label, "^[^,]+?(, | [–—-] )(.+)$", "$2") AS ?title)
  BIND(REPLACE(?label, "^([^,]+?)(, | [–—-] ).+$", "$1") AS ?name)
  FILTER(ISLITERAL(fn:title(?title)) && ISLITERAL(fn:personName(?name)))
} ;
# A key that is a title itself ("Minister: Jane Doe") states one too, and a key "Chief1 Name" that no title field goes with.
INSERT { ?field doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:namesHolder true ; doc:topTitle ?top } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:group ?group ; doc:number ?number ; doc:document ?document . ?document doc:subject ?subject .
  OPTIONAL { ?field doc:means ?meant }
  BIND(COALESCE(?meant, false) AS ?meaning)
  FILTER(?meaning = doc:leaderName || ?meaning = false && ISLITERAL(fn:title(?key)))
  MINUS { ?other doc:states ?stated ; doc:group ?group ; doc:number ?number }
  MINUS { ?field doc:entry ?entry . ?entry doc:called ?told }
  FILTER(COALESCE(fn:is(REPLACE(?key, " .*$", ""), doc:NotNow), false) = false || ?meaning = doc:leaderName)  # "Notable commanders"
  BIND(REPLACE(REPLACE(REPLACE(?key, " ((official )?name|responsible)$", ""), "^(agency|organization|department|office) ", ""), "^(deputy|vice) ?", "$1 ") AS ?words)
  BIND(COALESCE(fn:title(?words), "Head") AS ?title)
  BIND(COALESCE(fn:titleOf(?words), ?subject) AS ?body)
  MINUS { ?field doc:means doc:leaderName ; doc:name/doc:note/doc:text ?told . FILTER(ISLITERAL(fn:title(?told))) }
  BIND(COALESCE(fn:isHead(?words), false) && ?body = ?subject AS ?top)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;

# The first of the infobox's titles that stands at the top of a body is the one at the top of this one.
INSERT { ?stated doc:atTop true } WHERE {
  { SELECT ?document (MIN(?n) AS ?first) WHERE {
      ?stated doc:topTitle true . ?field doc:states? ?stated ; a doc:Field ; doc:start ?n } GROUP BY ?document }
  ?stated doc:topTitle true . ?field doc:states? ?stated ; a doc:Field ; doc:start ?first .
  FILTER NOT EXISTS { ?field doc:states ?earlier . ?earlier doc:topTitle true ; doc:position ?m . ?stated doc:position ?n . FILTER(?m < ?n) }
} ;

INSERT { ?head doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:topTitle ?heads } WHERE {
  ?head a doc:Head ; doc:topic doc:holders ; doc:title ?title ; doc:body ?body ; doc:heads ?heads .
  FILTER NOT EXISTS { ?head doc:titled ?other }
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;
INSERT { ?head doc:post ?post } WHERE { ?head doc:titled ?above ; doc:body ?body . ?above doc:post ?post ; doc:body ?body } ;
INSERT { ?head doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:topTitle ?heads } WHERE {
  ?head doc:titled ?above ; doc:body ?body ; doc:title ?title ; doc:heads ?heads .
  FILTER NOT EXISTS { ?head doc:post ?done }
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;
# Without an infobox that says so, the first heading over holders; of a body that the heading names, its own.
INSERT { ?head doc:atTop true } WHERE {
  ?head a doc:Head ; doc:topTitle true ; doc:postTitle ?title ; doc:postBody ?body ; doc:start ?start ; doc:document/doc:subject ?subject .
  OPTIONAL { ?field doc:atTop true ; doc:postBody ?body ; doc:postTitle ?first . FILTER NOT EXISTS { ?field a doc:Head } }
  OPTIONAL { ?earlier a doc:Head ; doc:topTitle true ; doc:postBody ?body ; doc:postTitle ?another ; doc:start ?before . FILTER(?before < ?start && ?another != ?title) }
  FILTER(IF(BOUND(?first), ?first = ?title, !BOUND(?another)))
} ;

INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?line doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:passage ?passage .
  FILTER NOT EXISTS { ?line doc:namesHolder true . FILTER NOT EXISTS { ?line doc:name/doc:label ?name . FILTER(ISLITERAL(fn:personName(?name))) } }
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;
INSERT { GRAPH ?passage { ?post org:role org:Head } } WHERE {
  ?line doc:post ?post ; doc:passage ?passage ; doc:atTop true .
  FILTER NOT EXISTS { ?line doc:namesHolder true . FILTER NOT EXISTS { ?line doc:name/doc:label ?name . FILTER(ISLITERAL(fn:personName(?name))) } }
} ;

# A heading that names the body of the list says that there is such a body.
INSERT { GRAPH ?passage { ?body a ?class ; ?labelled ?label } } WHERE {
  ?head a doc:Head ; doc:label ?name ; doc:body ?body ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(?body != ?subject)
  FILTER(fn:known(?name) = ?body || fn:organization(?name) = ?body)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?body, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
