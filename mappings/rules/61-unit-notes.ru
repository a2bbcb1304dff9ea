# Brackets after a unit's name: its rank, its number among the bureaus, another name, when it existed.

INSERT { GRAPH ?passage { ?unit fasti:rank ?rank } } WHERE {
  ?item doc:entity ?unit ; doc:passage ?passage ; doc:note/doc:text ?note .
  BIND(fn:has(?note, doc:Rank) AS ?rank)
  FILTER(BOUND(?rank))
} ;

INSERT { GRAPH ?passage { ?unit org:identifier ?number } } WHERE {
  ?item doc:entity ?unit ; doc:passage ?passage ; doc:note/doc:text ?note .
  FILTER(REGEX(?note, "^\\S+ (bureau|department|division|section|office|directorate|bureaux)$", "i"))
  BIND(fn:is(REPLACE(?note, " \\S+$", ""), doc:Ordinal) AS ?ordinal)
  BIND(STRDT(STRAFTER(STR(?ordinal), "number-"), fasti:bureauNumber) AS ?number)
  FILTER(BOUND(?number))
} ;

# "(Letters and Calls Bureau)", "(LCB)", "(信访局)", "(Direction générale du Trésor)": other names. One in another script, or in the
# native language with letters that English has not and not all words capital, is the native one.
INSERT { GRAPH ?passage { ?unit ?property ?label } } WHERE {
  ?item doc:entity ?unit ; doc:unitName ?called ; doc:passage ?passage ; doc:note ?note ; doc:document ?document .
  ?note doc:text ?said . FILTER NOT EXISTS { ?note doc:date ?date }
  BIND(REPLACE(?said, "^(the |also |or |formerly |previously |until \\d{4} |known as |called |abbreviated |abbr[.]? ?)*[\"“”'‘’]?|[\"“”’']$", "") AS ?name)
  FILTER(?name != "" && COALESCE(fn:has(?name, doc:Rank), fn:is(?name, doc:Country), fn:title(?name), false) = false)
  FILTER(COALESCE(fn:is(REPLACE(?name, " \\S+$", ""), doc:Ordinal), false) = false)
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  BIND(fn:foreign(?name) AS ?foreign)
  BIND(LANG(fn:label(?name, COALESCE(?stated, ""))) AS ?tag)
  BIND(!?foreign && !(?tag IN ("und", "en")) && REGEX(?name, "[^\\x00-\\x7f]| (de|des|du|da|do|dos|das|del|della|di|der|die|und|von|van|het|voor|och|og|til|y|et) ") && REGEX(?name, "(^| )\\p{Ll}{2}") && !REGEX(?name, "[.:!?]") AS ?native)
  FILTER(?foreign || ?native || ISIRI(COALESCE(fn:class(?name), false)) && REGEX(?name, "^\\p{Lu}") || REGEX(?name, "^\\p{Lu}[\\p{Lu}&.-]{1,9}$")
    || REGEX(?name, "^\\p{Lu}\\p{L}*\\p{Lu}\\p{L}*$") && STRLEN(?name) < 9)
  BIND(IF(?foreign || ?native, fn:label(?name, COALESCE(?stated, "")), fn:label(?name)) AS ?label)
  BIND(IF(?foreign || ?native, fn:nativelyLabelled(?unit, ?label), skos:altLabel) AS ?property)
} ;

INSERT { GRAPH ?passage { ?unit fasti:existedDuring ?existence . ?existence doc:span ?words } } WHERE {
  ?item doc:entity ?unit ; doc:passage ?passage ; doc:note ?note . ?note doc:date ?words .
  FILTER NOT EXISTS { ?note doc:words ?more }
  FILTER NOT EXISTS { ?item doc:note ?second . ?second doc:date ?others . FILTER(?second != ?note) }
  FILTER(REGEX(?words, "[0-9].*[–—-]|[–—-].*[0-9]|\\b(to|until|till|from|since)\\b", "i"))
  BIND(IRI(CONCAT(STR(?unit), "#existence")) AS ?existence)
} ;

INSERT { GRAPH ?passage { ?unit fasti:existedDuring ?existence . ?existence ?side ?words } } WHERE {
  ?item doc:entity ?unit ; doc:passage ?passage .
  { ?item doc:note/doc:text ?note } UNION { ?item doc:label ?label . BIND(STRAFTER(?label, ", ") AS ?note) }
  BIND(REPLACE(?note, "^(established|founded|formed|created|set up|est[.]?)( in| on)? ", "", "i") AS ?begin)
  BIND(REPLACE(?note, "^(abolished|dissolved|disbanded|closed|merged|defunct)( in| on)? ", "", "i") AS ?end)
  FILTER(?begin != ?note || ?end != ?note)
  BIND(IF(?begin != ?note, ?begin, ?end) AS ?words)
  BIND(IF(?begin != ?note, doc:begins, doc:ends) AS ?side)
  FILTER(fn:isDate(?words))
  BIND(IRI(CONCAT(STR(?unit), "#existence")) AS ?existence)
} ;

# "Office of the Committee for X" serves that committee.
INSERT { GRAPH ?passage { ?unit fasti:servesBody ?served . ?served a ?class ; ?labelled ?label } } WHERE {
  ?item doc:entity ?unit ; doc:unitName ?name ; doc:owner ?owner ; doc:passage ?passage .
  FILTER(REGEX(?name, "^(General )?(Office|Secretariat) (of|to) (the )?.*\\b(Committee|Commission|Council|Group|Board|Conference)\\b"))
  BIND(REPLACE(?name, "^(General )?(Office|Secretariat) (of|to) (the )?", "") AS ?body)
  # The committee is not the office's: it belongs where the office's owner belongs, as far as the document says.
  OPTIONAL { SELECT ?owner (IRI(MIN(STR(?parent))) AS ?around) WHERE { GRAPH ?any { ?owner org:subOrganizationOf ?parent } } GROUP BY ?owner }
  BIND(COALESCE(fn:known(?body), fn:organization(?body, COALESCE(?around, ?owner))) AS ?served)  # "Office of the Commission": of the one that this is about
  FILTER(?served != ?unit)
  BIND(COALESCE(fn:class(?body), org:Organization) AS ?class)
  BIND(fn:labelled(?served, ?body) AS ?labelled)
  BIND(fn:label(?body) AS ?label)
}
