# Holders in running prose, of posts that the document names elsewhere: "Jane Doe served as director from 1990 to 1995."

# A sentence that says this and nothing else: nobody hedges it, and it does not go on about somebody else.
INSERT { ?sentence doc:told ?name ; doc:toldTitle ?words ; doc:toldDates ?dates ; doc:toldManner ?manner } WHERE {
  { SELECT ?document ?sentence ?text WHERE {
      ?sentence a doc:Sentence ; doc:text ?text ; doc:document ?document .
      FILTER(!STRSTARTS(?text, "The ")
        && REGEX(?text, "^(?:(?:In|On) [^;]{0,30}[0-9]{3,4},? )?\\p{Lu}[\\p{L}'’.-]*(?: (?:\\p{Lu}[\\p{L}'’.-]*|de|van|von|der|bin|ibn|al|di|da|dos|del|la)){1,5} (?:was|served as|has been|has served as|became|took|assumed|succeeded [^,;]+ as|resigned as|retired as|stepped down as) [^,;0-9]+(?:,? (?:from|since|until|in|on) [^,;]+(?:, [0-9]{4})?)?[.]?$")) } }
  VALUES (?lead ?verbs ?dating ?first) {
    ("()" "was|served as|has been|has served as" ",? ((?:from [^,;]+ (?:to|until) |since |until )[^,;]+)" "")
    ("()" "became|was (?:re)?appointed(?: as)?|was (?:re)?elected(?: as)?|was named|was made|(?:took|assumed) office as|took over as|succeeded [^,;]+ as"
      ",? (?:in|on) ([^,;]+(?:, [0-9]{4})?)" "from ")
    ("(?:In|On) ([^;]{0,30}[0-9]{3,4}),? " "became|was (?:re)?appointed(?: as)?|was (?:re)?elected(?: as)?|was named|was made|(?:took|assumed) office as|took over as|succeeded [^,;]+ as"
      "()" "from ")
    ("()" "(?:resigned|retired|stepped down) as" ",? (?:in|on) ([^,;]+(?:, [0-9]{4})?)" "until ")
  }
  BIND(CONCAT("^", ?lead, "(.+?) (?:", ?verbs, ") (?:the |its )?(?:(?:first|second|third|current|present|new|next) )?((?:acting |interim )?)([^,;0-9]+?)", ?dating, "[.]?$") AS ?pattern)
  FILTER(REGEX(?text, ?pattern))
  BIND(REPLACE(?text, ?pattern, "$2") AS ?name)
  BIND(REPLACE(?text, ?pattern, "$3") AS ?manner)
  BIND(REPLACE(?text, ?pattern, "$4") AS ?words)
  BIND(CONCAT(?first, REPLACE(?text, ?pattern, "$1$5")) AS ?dates)
  FILTER(fn:isDate(?dates))
} ;

# The post is one that a heading, a field or a list of this document has, of the body that the title names or of its subject.
INSERT { ?sentence doc:toldPerson ?person ; doc:toldPost ?post ; doc:toldBody ?body } WHERE {
  ?sentence doc:told ?name ; doc:toldTitle ?words ; doc:document/doc:subject ?subject .
  BIND(fn:title(?words) AS ?title)
  BIND(COALESCE(fn:titleOf(?words), ?subject) AS ?body)
  BIND(fn:entity("post", ?title, ?body) AS ?post)
  BIND(fn:person(?name) AS ?person)
  FILTER(BOUND(?person) && BOUND(?title))
  FILTER(EXISTS { ?line doc:post|doc:heldPost ?post })
} ;

# Who stands in a list of the document, or in two sentences, has dates there that these may only repeat in other words.
INSERT { ?sentence doc:toldTenure ?tenure } WHERE {
  ?sentence doc:toldPerson ?person ; doc:toldPost ?post ; doc:toldDates ?dates .
  FILTER NOT EXISTS { ?line doc:holder ?person ; doc:heldPost ?post }
  FILTER NOT EXISTS { ?line doc:incumbent ?person ; doc:incumbentPost ?post }
  FILTER NOT EXISTS { ?other doc:toldPerson ?person ; doc:toldPost ?post . FILTER(?other != ?sentence) }
  BIND(fn:entity("membership", ?person, ?post, COALESCE(fn:when(?dates), "")) AS ?tenure)
} ;

INSERT { GRAPH ?passage {
  ?tenure a org:Membership ; org:member ?person ; org:organization ?body ; fasti:post ?post ; org:memberDuring ?time ; fasti:tenureMode ?mode .
  ?time doc:span ?dates .
  ?person a foaf:Person ; ?naming ?named .
} } WHERE {
  ?sentence doc:toldTenure ?tenure ; doc:toldPerson ?person ; doc:toldPost ?post ; doc:toldBody ?body ; doc:told ?said ;
    doc:toldDates ?dates ; doc:toldManner ?manner ; doc:passage ?passage .
  BIND(fn:is(REPLACE(?manner, " $", ""), doc:Mode) AS ?mode)
  BIND(fn:personName(?said) AS ?name)
  BIND(IRI(CONCAT(STR(?tenure), "#time")) AS ?time)
  BIND(fn:personNaming(?person, ?name) AS ?naming)
  BIND(IF(?naming = foaf:name, ?name, STRLANG(?name, "en")) AS ?named)
}
