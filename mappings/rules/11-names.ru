# Native, romanized, short, former and other names from infobox fields.

INSERT { ?document doc:nativeLanguage ?language } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?language ; doc:document ?document .
  FILTER(fn:is(?key, doc:FieldKey) = doc:nativeLanguage && REGEX(?language, "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"))
} ;
INSERT { GRAPH ?passage { ?subject fasti:nativeLanguage ?language } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?language ; doc:passage ?passage ; doc:document ?document .
  ?document doc:nativeLanguage ?language ; doc:subject ?subject .
} ;

# The native name, in its script.
INSERT { GRAPH ?passage { ?subject skos:prefLabel ?label } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?name ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:nativeName)
  OPTIONAL { ?document doc:nativeLanguage ?language }
  BIND(fn:label(?name, COALESCE(?language, "")) AS ?label)
} ;

# The native name in Latin letters; its language is that of the native name.
INSERT { GRAPH ?passage { ?subject ?property ?label } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?name ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) = doc:nativeRomanized)
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  OPTIONAL { ?other a doc:Field ; doc:key ?otherKey ; doc:text ?native ; doc:document ?document . FILTER(fn:is(?otherKey, doc:FieldKey) = doc:nativeName) }
  BIND(COALESCE(?stated, LANG(fn:label(?native, "")), "und") AS ?language)
  BIND(fn:romanized(?name, ?language) AS ?label)
  BIND(skos:prefLabel AS ?property)
} ;

# Abbreviations, former and other names, one by one; what stands in another script or in brackets is a name too.
INSERT { GRAPH ?passage { ?subject skos:altLabel ?label } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:part ?part ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject .
  FILTER(fn:is(?key, doc:FieldKey) IN (doc:abbreviation, doc:formerName, doc:otherName))
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  { ?part doc:label ?name } UNION { ?part doc:note ?note . ?note doc:text ?name . FILTER NOT EXISTS { ?note doc:date ?date } FILTER(fn:foreign(?name)) }
  OPTIONAL { ?field doc:part ?sibling . ?sibling doc:label ?native . FILTER(fn:foreign(?native) && !fn:foreign(?name)) }
  BIND(COALESCE(?stated, LANG(fn:label(?native, ""))) AS ?language)
  BIND(IF(fn:foreign(?name), fn:label(?name, COALESCE(?stated, "")),
       IF(BOUND(?native) && fn:toned(?name), fn:romanized(?name, ?language), fn:label(?name))) AS ?label)
}
