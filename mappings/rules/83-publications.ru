# Items under "Publications": works that the body publishes; periodicals where the heading or the item says so.

INSERT { GRAPH ?passage { ?work a ?kind ; skos:prefLabel ?label ; dct:publisher ?body } } WHERE {
  ?item a doc:Item ; doc:under ?head ; doc:label ?name ; doc:passage ?passage .
  ?head doc:topic doc:publications ; doc:body ?body ; doc:text ?heading .
  FILTER(REGEX(?name, "\\p{L}{2}") && STRLEN(?name) < 160)
  BIND(REPLACE(?name, "^[\"“']+|[\"”']+$", "") AS ?title)
  BIND(IF(REGEX(CONCAT(?heading, " ", ?name), "\\b(periodicals?|journals?|magazines?|newspapers?|newsletters?|gazettes?|weekl(y|ies)|bulletins?)\\b", "i"), schema:Periodical, schema:CreativeWork) AS ?kind)
  BIND(fn:entity("work", ?title, ?body) AS ?work)
  BIND(STRLANG(?title, "en") AS ?label)
}
