# "X is responsible for A, B, and C": one concept for each function, each in the graph of its own words.

# Only lists whose parts are of one form can be taken apart: all "doing something", or none, and none a mere name.
# A list such as "drafting, revising and circulating X" or "the affairs of X, Y and Z" says something else; a reading can.
INSERT { ?verb doc:listed true } WHERE {
  ?verb doc:means doc:responsibleFor ; doc:enumerates ?any .
  MINUS { ?verb doc:enumerates ?name . ?name doc:text ?words . FILTER(REGEX(?words, "^((for|of|to|including|etc)\\b|(the )?\\p{Lu})")) }
  MINUS {
    { SELECT ?verb WHERE { ?verb doc:enumerates ?doing . ?doing doc:text ?d . FILTER(REGEX(?d, "^\\p{Ll}+ing\\b")) } GROUP BY ?verb }
    { SELECT ?verb WHERE { ?verb doc:enumerates ?thing . ?thing doc:text ?t . FILTER(!REGEX(?t, "^\\p{Ll}+ing\\b")) } GROUP BY ?verb }
  }
  MINUS { ?verb doc:enumerates ?short . ?short doc:text ?s . FILTER(REGEX(?s, "^\\p{Ll}+ing( and \\p{Ll}+ing| \\p{Ll}+)?$")) }
} ;

INSERT { GRAPH ?passage { ?subject org:purpose ?function . ?function a skos:Concept ; skos:inScheme <scheme/function> ; skos:prefLabel ?label } } WHERE {
  ?verb doc:listed true ; doc:enumerates ?part ; doc:in ?sentence ; doc:lead ?gap ; doc:start ?verbStart ; doc:document/doc:subject ?subject .
  FILTER(REGEX(?gap, "^(,|and|, and|\\)|also|mainly|\\(.*\\),?)?$"))
  ?first a doc:Mention ; doc:in ?sentence ; doc:position 0 ; doc:names ?subject ; doc:lead ?lead ; doc:from ?begin .
  FILTER(LCASE(?lead) IN ("", "the"))
  ?part doc:text ?words ; doc:start ?place ; doc:end ?end ; doc:position ?n .
  FILTER(STRLEN(?words) > 3 && STRLEN(?words) < 220)
  OPTIONAL { ?first doc:next ?next . FILTER(?next = ?verb) }
  BIND(IF(?n > 0, ?place, IF(BOUND(?next), ?begin, ?verbStart)) AS ?start)
  BIND(fn:span(?start, ?end) AS ?passage)
  BIND(IRI(CONCAT(STR(function:), fn:slug(?words))) AS ?function)
  BIND(STRLANG(?words, "en") AS ?label)
}
