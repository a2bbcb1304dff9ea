# Native, romanized, short, former and other names from infobox fields.

INSERT { ?document doc:nativeLanguage ?language } WHERE {
  ?field doc:means doc:nativeLanguage ; doc:text ?text ; doc:document ?document .
  BIND(fn:language(?text) AS ?language)
  FILTER(BOUND(?language))
} ;
INSERT { GRAPH ?passage { ?subject fasti:nativeLanguage ?language } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:text ?language ; doc:passage ?passage ; doc:document ?document .
  ?document doc:nativeLanguage ?language ; doc:subject ?subject .
} ;

# Several native names in one field: of more than one script, or with their languages in brackets. One by one.
# "Native name (Swedish)", "Latin name": the key says the language.
INSERT { ?field doc:says doc:nativeName ; doc:spoken ?spoken } WHERE {
  ?field a doc:Field ; doc:key ?key .
  BIND(REPLACE(?key, " ?\\(.*$", "") AS ?bare)
  BIND(IF(REGEX(?key, "\\("), fn:language(REPLACE(?key, "^.*\\((in )?([^()]*)\\).*$", "$2")), IF(REGEX(?key, "^\\S+ name$"), fn:language(REPLACE(?key, " name$", "")), ?none)) AS ?spoken)
  FILTER(fn:is(?bare, doc:FieldKey) = doc:nativeName || REGEX(?key, "^\\S{4,} name$") && BOUND(?spoken))
} ;
INSERT { ?field doc:mixed true } WHERE {
  ?field doc:says doc:nativeName ; doc:part ?part , ?other .
  ?part doc:label ?one . ?other doc:label ?two .
  FILTER(fn:foreign(?one) && !fn:foreign(?two) || EXISTS { ?field doc:entry/doc:position 1 } || EXISTS { ?part doc:note/doc:text ?spoken . FILTER(ISLITERAL(fn:language(?spoken)) && STRLEN(?spoken) > 3) })
} ;
INSERT { GRAPH ?passage { ?subject ?property ?label } } WHERE {
  ?field doc:mixed true ; doc:part ?part ; doc:passage ?passage ; doc:document/doc:subject ?subject . ?part doc:label ?name .
  OPTIONAL { ?part doc:note/doc:text ?spoken . BIND(fn:language(?spoken) AS ?said) }
  BIND(fn:label(?name, COALESCE(?said, "")) AS ?label)
  BIND(fn:nativelyLabelled(?subject, ?label) AS ?property)
} ;

# The native name, in its script; brackets after it hold its short form.
INSERT { GRAPH ?passage { ?subject ?property ?label } } WHERE {
  ?field a doc:Field ; doc:key ?key ; doc:passage ?passage ; doc:document ?document .
  ?field doc:says doc:nativeName .
  { ?field doc:label ?name . FILTER NOT EXISTS { ?field doc:mixed true } BIND(false AS ?short) }
  UNION
  { ?field doc:note ?note . ?note doc:text ?name . FILTER NOT EXISTS { ?note doc:date ?date } FILTER(REGEX(?name, "^\\p{L}*\\p{Lu}\\p{L}*\\p{Lu}[\\p{L}&.-]*$")) BIND(true AS ?short) }
  ?document doc:subject ?subject .
  OPTIONAL { ?document doc:nativeLanguage ?language }
  OPTIONAL { ?field doc:spoken ?spoken }
  BIND(fn:label(?name, COALESCE(?spoken, ?language, "")) AS ?label)
  BIND(IF(?short, skos:altLabel, fn:nativelyLabelled(?subject, ?label)) AS ?property)
} ;

# The native name in Latin letters; its language is that of the native name.
INSERT { GRAPH ?passage { ?subject ?property ?label } } WHERE {
  ?field doc:means doc:nativeRomanized ; doc:text ?name ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject .
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  OPTIONAL { ?other doc:means doc:nativeName ; doc:text ?native ; doc:document ?document }
  BIND(COALESCE(?stated, LANG(fn:label(?native, "")), "und") AS ?language)
  BIND(fn:romanized(?name, ?language) AS ?label)
  BIND(fn:nativelyLabelled(?subject, ?label) AS ?property)
} ;

# Abbreviations, former and other names, one by one; what stands in another script or in brackets is a name too.
INSERT { ?field doc:says doc:otherName } WHERE {
  VALUES ?name { doc:abbreviation doc:formerName doc:otherName } ?field doc:means ?name .
} ;
INSERT { GRAPH ?passage { ?subject skos:altLabel ?label } } WHERE {
  ?field doc:says doc:otherName ; doc:part ?part ; doc:passage ?passage ; doc:document ?document .
  ?document doc:subject ?subject .
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  { ?part doc:label ?name } UNION { ?part doc:note ?note . ?note doc:text ?name . FILTER NOT EXISTS { ?note doc:date ?date } FILTER(fn:foreign(?name)) }
  OPTIONAL { ?field doc:part ?sibling . { ?sibling doc:label ?native } UNION { ?sibling doc:note/doc:text ?native } FILTER(fn:foreign(?native) && !fn:foreign(?name)) }
  BIND(COALESCE(?stated, LANG(fn:label(?native, ""))) AS ?language)
  BIND(IF(fn:foreign(?name), fn:label(?name, COALESCE(?stated, "")),
       IF(BOUND(?native) && fn:toned(?name), fn:romanized(?name, ?language), fn:label(?name))) AS ?label)
} ;

# What brackets after the title or the infobox name add: "(MFA)", "(Estonian: Riigikantselei)", "(外交部)".
INSERT { GRAPH ?passage { ?subject ?property ?label } } WHERE {
  VALUES ?kind { doc:Name doc:Title }
  ?line a ?kind ; doc:note/doc:text ?said ; doc:text ?name ; doc:passage ?passage ; doc:document/doc:subject ?subject .
  FILTER(!CONTAINS(?name, ?said))
  BIND(IF(REGEX(?said, "^\\p{L}+: "), fn:language(REPLACE(?said, ":.*$", "")), ?none) AS ?language)
  BIND(REPLACE(?said, "^\\p{L}+: ", "") AS ?other)
  FILTER(BOUND(?language) || fn:foreign(?other) || REGEX(?other, "^\\p{Lu}[\\p{Lu}&.]+$"))
  BIND(IF(BOUND(?language), fn:label(?other, ?language), IF(fn:foreign(?other), fn:label(?other, ""), fn:label(?other))) AS ?label)
  BIND(IF(BOUND(?language) || fn:foreign(?other), fn:nativelyLabelled(?subject, ?label), skos:altLabel) AS ?property)
}
