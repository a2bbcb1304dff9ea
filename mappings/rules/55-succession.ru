# Predecessor and successor fields: one body came from another.

# One body a field, or several: "Mint; Assay Office", "Royal Police (1880–1921) and Secret Chancellery" where each is called a body.
INSERT { ?field doc:other ?entry } WHERE {
  VALUES ?meaning { doc:predecessor doc:successor }
  ?field doc:means ?meaning ; doc:name ?entry .
  MINUS { VALUES ?meaning { doc:predecessor doc:successor } ?field doc:means ?meaning ; doc:name ?odd . ?odd doc:label ?words . FILTER(COALESCE(ISIRI(fn:class(?words)), false) = false) }
} ;
INSERT { ?field doc:other ?entry } WHERE {
  VALUES ?meaning { doc:predecessor doc:successor }
  ?field doc:means ?meaning ; doc:entry ?entry .
  FILTER NOT EXISTS { ?field doc:other ?one }
} ;

INSERT { GRAPH ?passage {
  ?event a fasti:Succession ; skos:prefLabel ?label ; dct:description ?said ; org:originalOrganization ?before ; org:resultingOrganization ?after .
  ?other a ?class ; ?labelled ?name_ .
} } WHERE {
  VALUES ?meaning { doc:predecessor doc:successor }
  ?field doc:means ?meaning ; doc:said ?line ; doc:other ?entry ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?entry doc:label ?name .
  FILTER(REGEX(?name, "\\p{L}{2}") && COALESCE(fn:is(?name, doc:NoName), false) = false && !fn:isDate(?name))
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject)
  BIND(IF(?meaning = doc:predecessor, ?other, ?subject) AS ?before)
  BIND(IF(?meaning = doc:predecessor, ?subject, ?other) AS ?after)
  BIND(fn:entity("event", "succession", ?before, ?after) AS ?event)
  BIND(COALESCE(fn:class(?name), org:Organization) AS ?class)
  BIND(fn:labelled(?other, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?name_)
  BIND(STRLANG(CONCAT("From ", fn:the(?before), " to ", fn:the(?after)), "en") AS ?label)
  BIND(STRLANG(?line, "en") AS ?said)
} ;

# Brackets after that other body: when it existed, and its name in another script.
INSERT { GRAPH ?passage { ?other fasti:existedDuring ?existence . ?existence doc:span ?words } } WHERE {
  VALUES ?meaning { doc:predecessor doc:successor }
  ?field doc:means ?meaning ; doc:other ?entry ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  ?entry doc:label ?name ; doc:note ?note . ?note doc:date ?words . FILTER NOT EXISTS { ?note doc:words ?more }
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject && REGEX(?words, "[0-9].*[–—-]|[–—-].*[0-9]| to "))
  BIND(IRI(CONCAT(STR(?other), "#existence")) AS ?existence)
} ;
INSERT { GRAPH ?passage { ?other ?property ?label } } WHERE {
  VALUES ?meaning { doc:predecessor doc:successor }
  ?field doc:means ?meaning ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject . OPTIONAL { ?document doc:nativeLanguage ?stated }
  ?field doc:other ?entry . ?entry doc:label ?name ; doc:note/doc:text ?native . FILTER(fn:foreign(?native))
  BIND(fn:organization(?name) AS ?other)
  FILTER(?other != ?subject)
  BIND(fn:label(?native, COALESCE(?stated, "")) AS ?label)
  BIND(fn:nativelyLabelled(?other, ?label) AS ?property)
}
