# Posts: a title field of the infobox, or a heading over a list of holders, says that the post exists, and where.

INSERT { ?field doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:atTop ?top } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:label ?text ; doc:number ?number ; doc:group ?group ; doc:document/doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:leaderTitle)
  BIND(COALESCE(fn:title(?text), ?text) AS ?title)
  BIND(COALESCE(fn:titleOf(?text), ?subject) AS ?body)
  BIND(fn:isHead(?text) && ?number = 1 && ?body = ?subject AS ?top)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;

INSERT { ?head doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:atTop ?top } WHERE {
  ?head a doc:Head ; doc:topic doc:holders ; doc:title ?title ; doc:body ?body ; doc:heads ?heads ; doc:document/doc:subject ?subject .
  FILTER NOT EXISTS { ?head doc:titled ?other }
  OPTIONAL { ?field a doc:Field ; doc:atTop true ; doc:postTitle ?first }
  BIND(?heads && (?body != ?subject || COALESCE(?first = ?title, true)) AS ?top)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;
INSERT { ?head doc:post ?post } WHERE { ?head doc:titled ?above ; doc:body ?body . ?above doc:post ?post ; doc:body ?body } ;
INSERT { ?head doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:atTop ?heads } WHERE {
  ?head doc:titled ?above ; doc:body ?body ; doc:title ?title ; doc:heads ?heads .
  FILTER NOT EXISTS { ?head doc:post ?done }
  BIND(fn:entity("post", ?title, ?body) AS ?post)
} ;

INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?line doc:post ?post ; doc:postTitle ?title ; doc:postBody ?body ; doc:passage ?passage .
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;
INSERT { GRAPH ?passage { ?post org:role org:Head } } WHERE { ?line doc:post ?post ; doc:passage ?passage ; doc:atTop true } ;

# A heading that names the body of the list says that there is such a body.
INSERT { GRAPH ?passage { ?body a ?class ; ?labelled ?label } } WHERE {
  ?head a doc:Head ; doc:label ?name ; doc:body ?body ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(?body != ?subject)
  FILTER(fn:known(?name) = ?body || fn:organization(?name) = ?body)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?body, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
