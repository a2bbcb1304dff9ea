# "X is part of Y", "the predecessor of X was Y", "X was replaced by Y", "X reports to Y", "X is headed by the TITLE".

# What stands before a verb: the mark before it, with no other noun in between.
INSERT { ?verb doc:by ?body ; doc:since ?start } WHERE {
  ?verb a doc:Phrase ; doc:means ?kind ; doc:lead ?between .
  FILTER(?kind IN (doc:isPartOf, doc:reportsToPhrase, doc:headedBy, fasti:Succession))
  ?near a doc:Mention ; doc:next ?verb ; doc:names ?body .
  OPTIONAL { ?long doc:next ?near ; doc:names ?body . ?near doc:lead "(" }  # "the Royal Archives (RAG)" is one mention
  BIND(COALESCE(?long, ?near) AS ?mention)
  BIND(IF(BOUND(?long), REPLACE(?between, "^\\) ?", ""), ?between) AS ?gap)
  ?mention doc:lead ?lead ; doc:position ?n ; doc:from ?start .
  FILTER(?n > 0 || LCASE(?lead) IN ("", "the"))
  FILTER(REGEX(?lead, "(^|\\b[Tt]he|,|;)$") && !REGEX(LCASE(?lead), "\\b(of|for|in|to|under|within|at|by|from|between|with)( the)?$"))
  FILTER(?gap = "" || ?gap IN (", which", "which") || REGEX(?gap, "^,? ?(often|also|commonly|sometimes|formerly|usually|officially)\\b[^.;]*,?$")
    || REGEX(?gap, "^\\([^()]*\\),?$") || REGEX(?gap, "^(is|was) [^;.]*, and$") || (REGEX(?gap, "^[^,;]* and$") && !REGEX(?gap, "\\b(who|which|whose|that|is|was|were|are)\\b")))
} ;

INSERT { ?verb doc:whole ?whole ; doc:wholeClass ?class ; doc:wholeName ?name ; doc:clause ?passage } WHERE {
  ?verb doc:means doc:isPartOf ; doc:by ?body ; doc:since ?start ; doc:next ?mention .
  ?mention a doc:Mention ; doc:names ?whole ; doc:lead ?lead ; doc:to ?end ; doc:text ?name .
  FILTER(LCASE(?lead) IN ("", "the", ",", ", the") && ?whole != ?body)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:span(?start, ?end) AS ?passage)
} ;
# The same where the whole is a body that nothing else names: its name, as far as capitals go, if its noun is that of a body.
# A list behind it may go on with the name ("the Department for Digital, Culture and Sport"): then nothing is said.
INSERT { ?verb doc:whole ?whole ; doc:wholeClass ?class ; doc:wholeName ?name ; doc:clause ?passage } WHERE {
  ?verb doc:means doc:isPartOf ; doc:by ?body ; doc:since ?start ; doc:enumerates ?part . ?part doc:position 0 ; doc:text ?text ; doc:start ?at .
  FILTER NOT EXISTS { ?verb doc:whole ?known }
  MINUS { ?verb doc:next ?mention . ?mention a doc:Mention ; doc:lead ?lead . FILTER(LCASE(?lead) IN ("", "the", ",", ", the")) }
  MINUS { ?verb doc:enumerates ?more . ?more doc:position 1 ; doc:text ?further . FILTER(REGEX(?further, "^\\p{Lu}")) }
  BIND("^((?:the )?\\p{Lu}[\\p{L}'’-]*(?: (?:(?:of|for|and|on|the) )*\\p{Lu}[\\p{L}'’-]*)*)(?:[ .].*)?$" AS ?pattern)
  FILTER(REGEX(?text, ?pattern))
  BIND(REPLACE(?text, ?pattern, "$1") AS ?words)
  BIND(REPLACE(?words, "^the ", "") AS ?name)
  BIND(fn:class(?name) AS ?class)
  FILTER(BOUND(?class) && REGEX(?name, " "))
  BIND(fn:organization(?name) AS ?whole)
  FILTER(?whole != ?body)
  BIND(fn:span(?start, ?at + STRLEN(?words)) AS ?passage)
} ;
INSERT { GRAPH ?passage { ?body org:subOrganizationOf ?whole . ?whole a ?class ; ?labelled ?label } } WHERE {
  ?verb doc:by ?body ; doc:wholeName ?name ; doc:whole ?whole ; doc:wholeClass ?class ; doc:clause ?passage ; doc:text ?words .
  FILTER(!REGEX(?words, "part of", "i"))
  BIND(fn:labelled(?whole, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;
# "a part of" a body although the document names another parent: some levels up, and no more is said.
INSERT { GRAPH ?passage { ?body ?relation ?whole . ?whole a ?class ; ?labelled ?label } } WHERE {
  ?verb doc:by ?body ; doc:wholeName ?name ; doc:whole ?whole ; doc:wholeClass ?class ; doc:clause ?passage ; doc:text ?words .
  FILTER(REGEX(?words, "part of", "i"))
  BIND(IF(EXISTS { GRAPH ?other { ?body org:subOrganizationOf ?parent } FILTER(?parent != ?whole) }, org:transitiveSubOrganizationOf, org:subOrganizationOf) AS ?relation)
  BIND(fn:labelled(?whole, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
} ;

INSERT { GRAPH ?passage { ?body org:reportsTo ?other . ?other a ?class ; ?labelled ?label } } WHERE {
  ?verb doc:means doc:reportsToPhrase ; doc:by ?body ; doc:since ?start ; doc:next ?mention .
  ?mention a doc:Mention ; doc:names ?other ; doc:lead ?lead ; doc:to ?end ; doc:text ?name .
  FILTER(LCASE(?lead) IN ("", "the") && ?other != ?body)
  BIND(fn:labelled(?other, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:span(?start, ?end) AS ?passage)
} ;

INSERT { GRAPH ?passage {
  ?event a fasti:Succession ; skos:prefLabel ?label ; dct:description ?said ; org:originalOrganization ?before ; org:resultingOrganization ?after .
  ?before a ?beforeClass ; ?beforeLabelled ?beforeLabel . ?after a ?afterClass ; ?afterLabelled ?afterLabel .
} } WHERE {
  { ?verb doc:means doc:predecessorPhrase ; doc:from ?start ; doc:next ?one ; doc:in ?sentence . ?sentence doc:text ?text ; doc:start ?at . ?one doc:names ?after ; doc:lead ?l1 ; doc:text ?afterName ; doc:next ?two .
    ?two doc:names ?before ; doc:lead ?l2 ; doc:text ?beforeName ; doc:to ?end . FILTER(LCASE(?l1) IN ("", "the") && LCASE(?l2) IN ("was", "was the", "is", "is the")) }
  UNION
  { ?verb doc:means fasti:Succession ; doc:by ?before ; doc:since ?start ; doc:next ?two ; doc:in ?sentence . ?sentence doc:text ?text ; doc:start ?at . ?first doc:next ?verb ; doc:text ?beforeName .
    ?two doc:names ?after ; doc:lead ?l2 ; doc:text ?afterName ; doc:to ?end . FILTER(LCASE(?l2) IN ("", "the")) }
  FILTER(?before != ?after)
  BIND(fn:span(?start, ?end) AS ?passage)
  BIND(fn:entity("event", "succession", ?before, ?after) AS ?event)
  BIND(COALESCE(fn:class(?beforeName), org:Organization) AS ?beforeClass)
  BIND(COALESCE(fn:class(?afterName), org:Organization) AS ?afterClass)
  BIND(fn:labelled(?before, ?beforeName) AS ?beforeLabelled)
  BIND(fn:label(?beforeName) AS ?beforeLabel)
  BIND(fn:labelled(?after, ?afterName) AS ?afterLabelled)
  BIND(fn:label(?afterName) AS ?afterLabel)
  BIND(STRLANG(CONCAT("From ", fn:the(?before), " to ", fn:the(?after)), "en") AS ?label)
  BIND(STRLANG(SUBSTR(?text, ?start - ?at + 1, ?end - ?start), "en") AS ?said)
} ;

# "It is headed by the Secretary-General of the X": the post exists, at the top of the body.
INSERT { GRAPH ?passage {
  ?post a org:Post ; skos:prefLabel ?label ; org:postIn ?body ; org:role ?role , org:Head .
  ?role a org:Role , skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel ?label .
} } WHERE {
  ?verb doc:means doc:headedBy ; doc:by ?body ; doc:enumerates ?words . ?words doc:position 0 ; doc:text ?text ; doc:end ?end ; doc:start ?start .
  FILTER(REGEX(?text, "^(the|an?) ", "i"))
  BIND(REPLACE(REPLACE(?text, "^(the|an?) ", "", "i"), " (of|in|for) .*$", "") AS ?bare)
  BIND(fn:title(?bare) AS ?title)
  FILTER(BOUND(?title))
  ?verb doc:since ?from .
  BIND(fn:span(?from, ?end) AS ?passage)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(IRI(CONCAT(STR(role:), fn:slug(?title))) AS ?role)
  BIND(STRLANG(?title, "en") AS ?label)
}
