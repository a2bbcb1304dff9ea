# Other names in running prose: "often referred to as the X (中文)", "the Long Name (LN)", "(hereinafter the "X")".

INSERT { ?sentence doc:alias ?alias ; doc:native ?native ; doc:aliasOf ?subject ; doc:aliasIn ?passage } WHERE {
  ?mention a doc:Mention ; doc:position 0 ; doc:lead ?lead ; doc:names ?subject ; doc:in ?sentence ; doc:document/doc:subject ?subject .
  ?sentence doc:text ?text .
  FILTER(LCASE(?lead) IN ("", "the") && REGEX(?text, " (referred to|known|called|abbreviated|shortened) "))
  BIND("^.*?\\b((?:(?:often|also|commonly|sometimes|formerly|usually|generally|informally|officially|simply|previously|better|popularly) ){0,2}(?:referred to|known|called|abbreviated|abbreviated to|shortened)(?: simply| informally)?(?: as| to)? (?:the )?[\"“']?(\\p{Lu}[\\p{L}'’&.-]*(?: (?:of|the|and|for|in|on|de|\\p{Lu}[\\p{L}'’&.-]*))*)[\"”']?(?: \\(([^()]{1,80})\\))?).*$" AS ?pattern)
  FILTER(REGEX(?text, ?pattern))
  BIND(REPLACE(?text, ?pattern, "$1") AS ?quote)
  BIND(REPLACE(REPLACE(?text, ?pattern, "$2"), "[.']+$", "") AS ?alias)
  BIND(REPLACE(?text, ?pattern, "$3") AS ?bracket)
  FILTER(STRLEN(?alias) > 1)
  BIND(IF(COALESCE(fn:foreign(?bracket), false), ?bracket, ?none) AS ?native)
  BIND(fn:passage(?sentence, ?quote) AS ?passage)
} ;
INSERT { GRAPH ?passage { ?subject ?labelled ?label } } WHERE {
  ?sentence doc:alias ?alias ; doc:aliasOf ?subject ; doc:aliasIn ?passage .
  BIND(fn:labelled(?subject, ?alias) AS ?labelled)
  BIND(fn:label(?alias) AS ?label)
} ;
INSERT { GRAPH ?passage { ?subject skos:altLabel ?label } } WHERE {
  ?sentence doc:native ?native ; doc:aliasOf ?subject ; doc:aliasIn ?passage ; doc:document ?document .
  OPTIONAL { ?document doc:nativeLanguage ?stated }
  BIND(fn:label(?native, COALESCE(?stated, "")) AS ?label)
} ;

# "the Chinese People's Political Consultative Conference (CPPCC)": the two marks name one body.
INSERT { GRAPH ?passage { ?body ?labelled ?label } } WHERE {
  ?long a doc:Mention ; doc:names ?body ; doc:start ?start ; doc:next ?short .
  ?short a doc:Mention ; doc:names ?body ; doc:lead ?lead ; doc:text ?name ; doc:end ?end .
  FILTER(?lead = "(" || REGEX(?lead, "^\\((hereinafter|hereafter|henceforth|abbreviated|commonly|also|or)\\b[^)]*$", "i"))
  BIND(fn:span(?start, ?end + 1) AS ?passage)
  BIND(fn:labelled(?body, ?name) AS ?labelled)
  BIND(fn:label(?name) AS ?label)
}
