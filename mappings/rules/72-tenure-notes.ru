# Brackets after a holder that are no date: how the post was held, or another post that the person held.

# A way of holding it that stands with the dates ("acting 1990–91") goes with these; one that stands alone with the dates before it, or the only ones, or those after it ("acting, 1990; 1991–1995").
INSERT { ?line doc:manner ?note . ?note doc:manner ?mode ; doc:mannerOf ?tenure } WHERE {
  ?line doc:tenure ?tenure ; doc:holder ?person ; doc:heldPost ?post ; doc:note ?note .
  ?note doc:text ?text ; doc:position ?n .
  OPTIONAL { ?note doc:words ?words ; doc:date ?date }
  BIND(COALESCE(fn:is(COALESCE(?words, ?text), doc:Mode), fn:is(REPLACE(?text, " (\\(|of |for ).*$", ""), doc:Mode)) AS ?mode)
  FILTER(BOUND(?mode) && (?mode != mode:head || REGEX(?text, "^head$", "i")))
  OPTIONAL { ?line doc:tenure ?other . FILTER(?other != ?tenure) }
  OPTIONAL { ?line doc:note ?just . ?just doc:position ?m ; doc:date ?before . FILTER(?m + 1 = ?n) }
  OPTIONAL { ?line doc:note ?next . ?next doc:position ?k ; doc:date ?after . FILTER(?k = ?n + 1) FILTER NOT EXISTS { ?next doc:words ?own } }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(COALESCE(?date, ?before, ?after)), "")) AS ?meant)
  FILTER(IF(BOUND(?date), ?meant = ?tenure, !BOUND(?other) || ?meant = ?tenure))
} ;
INSERT { GRAPH ?passage { ?tenure fasti:tenureMode ?mode ; fasti:titleInSource ?words } } WHERE {
  ?line doc:manner ?note ; doc:passage ?passage . ?note doc:manner ?mode ; doc:mannerOf ?tenure ; doc:text ?text .
  OPTIONAL { ?note doc:words ?said }
  BIND(COALESCE(?said, ?text) AS ?manner)
  # "acting director" and "person in charge" are words for the holder; "de facto" is not.
  BIND(IF(?mode = mode:person-in-charge || COALESCE(fn:title(?manner), false) != false, ?manner, ?none) AS ?words)
} ;
# Under "Acting directors" they all were.
INSERT { GRAPH ?passage { ?tenure fasti:tenureMode ?mode } } WHERE {
  ?item a doc:Item ; doc:tenure ?tenure ; doc:under/doc:mode ?mode ; doc:passage ?passage .
} ;
# "Jane Doe, acting": a manner after the name.
INSERT { GRAPH ?passage { ?tenure fasti:tenureMode ?mode } } WHERE {
  ?line doc:tenure ?tenure ; doc:label ?label ; doc:passage ?passage .
  FILTER(REGEX(?label, "^.+(, | [–—-] )[^,–—]+$"))
  BIND(REPLACE(?label, "^.+(, | [–—-] )([^,–—]+)$", "$2") AS ?words)
  BIND(fn:is(?words, doc:Mode) AS ?mode)
  FILTER(BOUND(?mode))
} ;

# "(…, deputy director of the General Office)": a second, undated tenure.
INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post ; fasti:titleInSource ?note .
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?line doc:tenure ?main ; doc:holder ?person ; doc:passage ?passage ; doc:note/doc:text ?note .
  FILTER(COALESCE(fn:is(?note, doc:Mode), false) = false)
  BIND(fn:title(?note) AS ?title)
  BIND(fn:titleOf(?note) AS ?body)
  FILTER(BOUND(?title) && BOUND(?body))
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:entity("membership", ?person, ?post) AS ?tenure)
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
} ;

# A title without a body says in other words what the post is called.
INSERT { GRAPH ?passage { ?tenure fasti:titleInSource ?note } } WHERE {
  ?line doc:tenure ?tenure ; doc:passage ?passage ; doc:note/doc:text ?note .
  FILTER(COALESCE(fn:is(?note, doc:Mode), false) = false && COALESCE(fn:titleOf(?note), false) = false)
  BIND(fn:title(?note) AS ?title)
  FILTER(!REGEX(?note, "^(previously|formerly|later|then|former|subsequently|earlier|afterwards|since|ex)\\b", "i"))
  FILTER(BOUND(?title))
} ;

# Numbered lists: the place in the list, and the tenure before it.
INSERT { GRAPH ?passage { ?tenure fasti:ordinal ?ordinal } } WHERE {
  ?item a doc:Item ; doc:tenure ?tenure ; doc:ordinal ?ordinal ; doc:passage ?passage .
} ;
INSERT { ?item doc:place ?here ; doc:placeBefore ?there } WHERE {
  ?item a doc:Item ; doc:tenure ?tenure ; doc:ordinal ?n ; doc:under ?head .
  BIND(CONCAT(STR(?head), " ", STR(?n)) AS ?here)
  BIND(CONCAT(STR(?head), " ", STR(?n - 1)) AS ?there)
} ;
INSERT { GRAPH ?passage { ?tenure fasti:precededBy ?before } } WHERE {
  ?item doc:placeBefore ?place ; doc:tenure ?tenure ; doc:passage ?passage .
  ?earlier doc:place ?place ; doc:tenure ?before .
  FILTER(?tenure != ?before)
  FILTER NOT EXISTS { ?item doc:tenure ?second . FILTER(?second != ?tenure) }
  FILTER NOT EXISTS { ?earlier doc:tenure ?third . FILTER(?third != ?before) }
}
