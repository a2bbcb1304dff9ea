"""For every shape updates that break it, applied to the dataset of good.trig."""

OFFICE = "<id/organization/office>"
MINISTRY = "<id/organization/ministry>"
OLD = "<id/organization/old-office>"
ANN = "<id/person/ann-li>"
DIRECTOR = "<id/post/director--office>"
TENURE = "<id/membership/ann-li--director--office--1956>"
TIME = "<id/membership/ann-li--director--office--1956#time>"
BEGIN = "<id/membership/ann-li--director--office--1956#begin>"
NEXT = "<id/membership/bo-wu--director--office--1957>"
NEXT_TIME = "<id/membership/bo-wu--director--office--1957#time>"
PASSAGE = "<id/passage/grain/0-12>"
CONFLICT = "<id/conflict/rank>"


def add(triples: str, graph: str = "") -> str:
    return f"INSERT DATA {{ GRAPH <graph/{graph}> {{ {triples} }} }}" if graph else f"INSERT DATA {{ {triples} }}"


def drop(subject: str, predicate: str, graph: str = "") -> str:
    pattern = f"{subject} {predicate} ?o"
    return f"DELETE WHERE {{ GRAPH <graph/{graph}> {{ {pattern} }} }}" if graph else f"DELETE WHERE {{ {pattern} }}"


def put(subject: str, predicate: str, value: str, graph: str = "") -> str:
    return drop(subject, predicate, graph) + " ; " + add(f"{subject} {predicate} {value}", graph)


DATE = "^^xsd:date"
EDTF = "^^edtf:EDTF"

BREAKAGES: dict[str, list[str]] = {
    # things with names
    "label": [
        drop(OFFICE, "rdfs:label"),
        add(f'{OFFICE} rdfs:label "Second label"@en'),
        put(ANN, "rdfs:label", '"安"@zh'),
    ],
    "pref-label-unique": [add(f'{OFFICE} skos:prefLabel "Another Name"@en')],
    "label-language": [
        add(f'{OFFICE} skos:altLabel "No language"'),
        add(f'{OFFICE} skos:hiddenLabel "No language"'),
    ],
    "label-residue": [
        add(f'{OFFICE} skos:altLabel "{text}"@en')
        for text in (
            "Meng Xiangfeng*",
            "Grain Office[1]",
            " Office",
            "Office ",
            "[[Office",
            "{{lang|Office",
            "''Office''",
            "Office<ref>",
        )
    ],
    "label-repeated": [add(f'{OFFICE} skos:altLabel "Grain Office"@en')],
    # organizations
    "organization-name": [drop(OFFICE, "skos:prefLabel")],
    "several-parents": [add(f"{OFFICE} org:subOrganizationOf {OLD}")],
    "several-ranks": [add(f"{MINISTRY} fasti:rank rank:bureau")],
    "several-existences": [add(f"{OFFICE} fasti:existedDuring {TIME}")],
    "unit-parent": [drop(OFFICE, "org:subOrganizationOf")],
    "own-parent": [add(f"{OFFICE} org:subOrganizationOf {OFFICE}")],
    "parent-cycle": [
        add(f"{MINISTRY} org:subOrganizationOf {OFFICE}"),
        add(f"{MINISTRY} org:subOrganizationOf <id/organization/section>"),
    ],
    # posts
    "post-body": [drop(DIRECTOR, "org:postIn")],
    "post-role": [drop(DIRECTOR, "org:role")],
    "post-organization": [add(f"{DIRECTOR} a org:Organization"), add(f"{DIRECTOR} a org:OrganizationalUnit")],
    # tenures
    "membership-member": [drop(TENURE, "org:member"), add(f"{TENURE} org:member <id/person/bo-wu>")],
    "membership-organization": [
        drop(TENURE, "org:organization"),
        add(f"{TENURE} org:organization {MINISTRY}"),
    ],
    "membership-post": [drop(NEXT, "fasti:post")],
    "membership-interval": [add(f"{TENURE} org:memberDuring {NEXT_TIME}")],
    "membership-undated": [drop(TENURE, "org:memberDuring")],
    "post-elsewhere": [put(TENURE, "org:organization", MINISTRY)],
    "tenure-overlap": [
        put(NEXT_TIME, "fasti:latestBegin", f'"1956-06-30"{DATE}')
        + " ; "
        + put(TIME, "fasti:earliestEnd", f'"1956-12-31"{DATE}')
        + " ; "
        + put(TIME, "fasti:latestBegin", f'"1956-01-31"{DATE}')
    ],
    "tenure-before-body": [put(f"{OFFICE[:-1]}#existence>", "fasti:earliestBegin", f'"1960-01-01"{DATE}')],
    "tenure-after-body": [add(f'{OFFICE[:-1]}#existence> fasti:latestEnd "1955-01-01"{DATE}')],
    "preceded-by-later": [add(f"{TENURE} fasti:precededBy {NEXT}")],
    # intervals
    "interval-begin-status": [
        drop(TIME, "fasti:beginStatus"),
        add(f"{TIME} fasti:beginStatus status:uncertain"),
        put(TIME, "fasti:beginStatus", "status:ongoing"),
    ],
    "interval-end-status": [
        drop(TIME, "fasti:endStatus"),
        add(f"{TIME} fasti:endStatus status:uncertain"),
        put(TIME, "fasti:endStatus", "mode:head"),
    ],
    "interval-beginning": [
        put(TIME, "time:hasBeginning", '"1956"^^xsd:gYear'),
        add(f"{TIME} time:hasBeginning <id/event/founded#begin>"),
    ],
    "interval-end": [
        put(TIME, "time:hasEnd", '"1957"^^xsd:gYear'),
        add(f"{TIME} time:hasEnd <id/event/founded#end>"),
    ],
    "interval-begin-instant": [
        drop(TIME, "time:hasBeginning"),
        put(TIME, "fasti:beginStatus", "status:unknown"),
    ],
    "interval-end-instant": [
        drop(TIME, "time:hasEnd"),
        put(TIME, "fasti:endStatus", "status:ongoing"),
        put(TIME, "fasti:endStatus", "status:unknown"),
    ],
    "interval-ongoing": [add(f'{NEXT_TIME} fasti:latestEnd "2020-01-01"{DATE}')],
    "interval-edtf-missing": [drop(TIME, "fasti:edtf")],
    "interval-edtf-single": [add(f'{TIME} fasti:attestedEdtf "1956"{EDTF}')],
    "interval-edtf": [
        put(TIME, "fasti:edtf", f'"{text}"{EDTF}')
        for text in (
            "1956-1957",
            "1956–1957",
            "1956/?",
            "/",
            "",
            "56",
            "1956-13",
            "1956-06-32",
            "1956/1957/1958",
            "by 1942",
            "[1942",
        )
    ]
    + [put(TIME, "fasti:edtf", '"1956/1957"')],
    "earliest-begin": [add(f'{TIME} fasti:earliestBegin "1955-01-01"{DATE}')],
    "latest-begin": [add(f'{TIME} fasti:latestBegin "1955-12-31"{DATE}')],
    "earliest-end": [add(f'{TIME} fasti:earliestEnd "1957-06-01"{DATE}')],
    "latest-end": [add(f'{TIME} fasti:latestEnd "1958-12-31"{DATE}')],
    "bound-datatype": [
        put(TIME, "fasti:earliestBegin", '"1956"^^xsd:gYear'),
        put(TIME, "fasti:latestBegin", '"1956-12-31"'),
        put(TIME, "fasti:earliestEnd", BEGIN),
    ],
    "bounds-order": [
        put(TIME, "fasti:earliestBegin", f'"1957-01-01"{DATE}'),
        put(TIME, "fasti:latestBegin", f'"1958-12-31"{DATE}'),
        put(TIME, "fasti:earliestEnd", f'"1958-01-01"{DATE}'),
        put(TIME, "fasti:earliestBegin", f'"-0043-01-01"{DATE}')
        + " ; "
        + put(TIME, "fasti:latestBegin", f'"-0044-12-31"{DATE}'),
    ],
    "edtf-bounds": [
        put(TIME, "fasti:earliestBegin", f'"1955-01-01"{DATE}'),
        drop(TIME, "fasti:latestEnd"),
        put(TIME, "fasti:edtf", f'"1956-05/1957"{EDTF}'),
        put(TIME, "fasti:edtf", f'"195X/1958"{EDTF}'),
        add(f'{NEXT_TIME} fasti:beginEdtf "[..1956]"{EDTF}'),
        put("<id/event/abolished#time>", "fasti:edtf", f'"[1956..]"{EDTF}'),
        drop(TIME, "fasti:edtf") + " ; " + add(f'{TIME} fasti:attestedEdtf "198X"{EDTF}'),
    ],
    "edtf-status": [
        put(NEXT_TIME, "fasti:endStatus", "status:unknown"),
        put(TIME, "fasti:endStatus", "status:ongoing"),
        put(TIME, "fasti:edtf", f'"1956/"{EDTF}'),
        put(TIME, "fasti:edtf", f'"1956?/1957"{EDTF}'),
        put(TIME, "fasti:beginStatus", "status:unknown"),
    ],
    "instant-bounds": [put(BEGIN, "time:inXSDgYear", '"1957"^^xsd:gYear')],
    "instant-value": [drop(BEGIN, "time:inXSDgYear"), add(f'{BEGIN} time:inXSDDate "1956-01-01"{DATE}')],
    "instant-datatype": [
        add(f'{BEGIN} time:inXSDDate "1956"^^xsd:gYear'),
        add(f'{BEGIN} time:inXSDgYearMonth "1956"^^xsd:gYear'),
        put(BEGIN, "time:inXSDgYear", f'"1956-01-01"{DATE}'),
        put(BEGIN, "time:inXSDgYear", '"1956"'),
    ],
    # events
    "event-body": [drop("<id/event/abolished>", "org:originalOrganization")],
    "event-both-sides": [add(f"<id/event/came> org:originalOrganization {OFFICE}")],
    "event-description": [
        drop("<id/event/came>", "dct:description"),
        drop("<id/event/meeting>", "dct:description"),
    ],
    "event-time": [
        put("<id/event/founded>", "time:hasTime", '"1950"^^xsd:gYear'),
        add(f"<id/event/founded> time:hasTime {TIME}"),
    ],
    "event-derivation": [add("<id/event/came> prov:wasDerivedFrom <id/source/grain>")],
    "foundation-body": [drop("<id/event/founded>", "org:resultingOrganization")],
    "dissolution-body": [drop("<id/event/abolished>", "org:originalOrganization")],
    "succession-original": [drop("<id/event/came>", "org:originalOrganization")],
    "succession-resulting": [drop("<id/event/came>", "org:resultingOrganization")],
    # people
    "person-name": [drop(ANN, "foaf:name")],
    "person-name-clean": [
        put(ANN, "foaf:name", f'"{name}"')
        for name in (
            "Ann Li*",
            "Ann Li (acting)",
            "Ann Li [1]",
            "Ann Li 1956",
            "Ann Li?",
            " Ann Li",
            "Ann Li ",
            "",
        )
    ],
    "shortcut-without-tenure": [
        add(f"{ANN} org:holds {DIRECTOR}"),
        add(f"{DIRECTOR} org:heldBy {ANN}"),
        add(f"{ANN} org:memberOf {OFFICE}"),
        add(f"{ANN} org:headOf {OFFICE}"),
    ],
    "possible-homonyms": [
        put(NEXT, "org:member", ANN) + " ; " + put(NEXT_TIME, "fasti:earliestBegin", f'"2020-06-01"{DATE}')
    ],
    "possible-sameness": [add(f"{OFFICE} fasti:possiblySameAs {OLD}")],
    # sites
    "site-address": [
        put("<id/site/hall>", "org:siteAddress", '"Port"'),
        drop("<id/site/hall#address>", "vcard:locality"),
    ],
    "site-located": [drop("<id/site/hall>", "org:siteAddress")],
    # evidence
    "passage-source": [
        drop(PASSAGE, "oa:hasSource", "evidence"),
        put(PASSAGE, "oa:hasSource", OFFICE, "evidence"),
    ],
    "passage-quote": [
        drop("<id/passage/grain/0-12#quote>", "oa:exact", "evidence"),
        drop(PASSAGE, "oa:hasSelector", "evidence"),
    ],
    "passage-start": [drop("<id/passage/grain/0-12#position>", "oa:start", "evidence")],
    "passage-end": [put("<id/passage/grain/0-12#position>", "oa:end", '"12"', "evidence")],
    "passage-line": [drop(PASSAGE, "fasti:line", "evidence"), put(PASSAGE, "fasti:line", "0", "evidence")],
    "passage-rule": [drop(PASSAGE, "fasti:readBy", "evidence")],
    "passage-offsets": [
        put("<id/passage/grain/0-12#quote>", "oa:exact", '"Grain"', "evidence"),
        put("<id/passage/grain/0-12#position>", "oa:start", "1", "evidence"),
    ],
    "passage-text": [put("<id/passage/grain/0-12#quote>", "oa:exact", '"Grain office"', "evidence")],
    "passage-undescribed": [f"INSERT DATA {{ GRAPH <id/passage/grain/3-4> {{ {OFFICE} a org:Organization }} }}"],
    "passage-silent": ["CLEAR GRAPH <id/passage/grain/51-57>"],
    "source-title": [drop("<id/source/grain>", "dct:title", "evidence")],
    "source-license": [
        drop("<id/source/grain>", "dct:license", "evidence"),
        put("<id/source/grain>", "dct:license", '"CC"', "evidence"),
    ],
    "source-identifier": [drop("<id/source/grain>", "dct:identifier", "evidence")],
    "source-digest": [
        drop("<id/source/grain>", "fasti:sha256", "evidence"),
        put("<id/source/grain>", "fasti:sha256", '"00"', "evidence"),
    ],
    # conflicts
    "conflict-about": [
        drop(CONFLICT, "fasti:about", "quality"),
        add(f"{CONFLICT} fasti:about {OLD}", "quality"),
    ],
    "conflict-property": [drop(CONFLICT, "fasti:onProperty", "quality")],
    "conflict-readings": [
        f"DELETE DATA {{ GRAPH <graph/quality> {{ {CONFLICT} fasti:reading {CONFLICT[:-1]}#reading-1> }} }}"
    ],
    "conflict-preferred": [
        put(f"{CONFLICT[:-1]}#reading-1>", "fasti:status", "reading:preferred", "quality")
        + " ; "
        + put(f"{CONFLICT[:-1]}#reading-2>", "fasti:status", "reading:preferred", "quality")
    ],
    "reading-value": [drop(f"{CONFLICT[:-1]}#reading-1>", "fasti:value", "quality")],
    "reading-passage": [
        drop(f"{CONFLICT[:-1]}#reading-1>", "fasti:passage", "quality"),
        put(f"{CONFLICT[:-1]}#reading-1>", "fasti:passage", OFFICE, "quality"),
    ],
    "reading-status": [
        drop(f"{CONFLICT[:-1]}#reading-1>", "fasti:status", "quality"),
        put(f"{CONFLICT[:-1]}#reading-1>", "fasti:status", "status:known", "quality"),
    ],
    "contested-in-record": [add(f"{OFFICE} fasti:rank rank:bureau")],
    # concepts and ranks
    "concept-scheme": [drop("kind:ministry", "skos:inScheme"), put("kind:ministry", "skos:inScheme", OFFICE)],
    "concept-label": [
        drop("kind:ministry", "skos:prefLabel"),
        put("kind:ministry", "skos:prefLabel", '"ministry"'),
        add('kind:ministry skos:prefLabel "department"@en'),
    ],
    "rank-tenure-of": [drop("<id/organization/office#rank-1>", "fasti:of")],
    "rank-tenure-rank": [drop("<id/organization/office#rank-1>", "fasti:rank")],
    "rank-tenure-during": [
        drop("<id/organization/office#rank-1>", "fasti:during"),
        put("<id/organization/office#rank-1>", "fasti:during", '"the plan"'),
    ],
    # every statement
    "same-as": [add(f"{OFFICE} owl:sameAs wd:Q1")],
    "unsupported": [add(f'{OFFICE} rdfs:comment "Out of nowhere."@en')],
    "malformed-value": [
        put(TIME, "fasti:latestBegin", f'"1957-02-30"{DATE}'),
        put(BEGIN, "time:inXSDgYear", '"in 1956"^^xsd:gYear'),
        put(BEGIN, "time:inXSDgYearMonth", '"1956-13"^^xsd:gYearMonth'),
        put(TENURE, "fasti:ordinal", '"first"^^xsd:integer'),
    ],
    "blank-node": [
        add(f"{OFFICE} rdfs:seeAlso [ a org:Organization ]"),
        f"INSERT DATA {{ GRAPH {PASSAGE} {{ [] rdfs:seeAlso {OFFICE} }} }}",
    ],
    "undefined-term": [add(f"{OFFICE} fasti:rnak rank:bureau"), add(f"{OFFICE} a fasti:Bureau")],
    "outside-domain": [
        add(f"{ANN} org:subOrganizationOf {MINISTRY}"),
        add(f"{MINISTRY} org:unitOf {MINISTRY}"),
        add(f"{OFFICE} org:memberDuring {TIME}"),
        add(f"{TENURE} prov:wasAssociatedWith {ANN}"),
    ],
    "outside-range": [
        add(f"{OFFICE} org:subOrganizationOf {DIRECTOR}"),
        add(f"<id/organization/section> org:unitOf {OFFICE}"),
        add(f'{OFFICE} org:classification "bureau"@en'),
        add(f"{DIRECTOR} org:postIn {ANN}"),
        add(f'<id/event/came> prov:startedAtTime "1950-01-01"{DATE}'),
        put(TENURE, "fasti:ordinal", '"1"'),
    ],
    "disjoint-classes": [
        add(f"{OFFICE} a org:Role"),
        add("<id/event/came> a prov:Entity"),
        add("<id/event/came> a fasti:Source"),
        add(f"{OFFICE} a foaf:Person"),
        add(f"{TENURE} a org:Site"),
    ],
    "outside-code-list": [
        put(TENURE, "fasti:tenureMode", "status:known"),
        put(OFFICE, "fasti:rank", "mode:head"),
    ],
}
