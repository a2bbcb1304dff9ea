"""Requests as they come: methods, conditions, ranges and paths, over real HTTP (RFC 9110)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    from conftest import LiveServer

DOC, DATA, DUMP = "/doc/organization/ogs", "/doc/organization/ogs.ttl", "/dumps/record.nt"
TEXT = "/source/000_71a7f1b4f807d914.txt"
EVERYTHING = ["/", "/?at=1966", "/id/organization/ogs", DOC, DATA, f"{DOC}.html", f"{DOC}?at=1966-05-20", "/dumps/", DUMP,
              "/dumps/record.ttl.gz", "/dumps/SHA256SUMS", "/source/", TEXT, TEXT.removesuffix(".txt"), "/def", "/def.ttl",
              "/scheme/rank", "/shapes", "/graph/quality", "/quality", "/catalog", "/catalog.jsonld", "/.well-known/void",
              "/context.jsonld", "/openapi.json", "/health", "/robots.txt", "/static/fasti.css", "/doc/organization/nobody",
              "/nothing"]  # fmt: skip
CACHED = [path for path in EVERYTHING if path not in (
    "/id/organization/ogs", "/.well-known/void", "/health", "/robots.txt", "/doc/organization/nobody", "/nothing")]  # fmt: skip
SECURITY = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "access-control-allow-origin": "*",
}


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("path", EVERYTHING)
def test_head_is_get_without_its_body(live_server: LiveServer, path: str, coding: str) -> None:
    """Section 9.3.2: the same header fields."""
    headers = {"Accept-Encoding": coding, "X-Request-ID": "same"}
    get, head = (live_server.request(method, path, headers=headers) for method in ("GET", "HEAD"))

    assert head.body == b""
    assert head.status == get.status
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }
    assert int(get.headers.get("content-length", len(get.body))) == len(get.body)


@pytest.mark.parametrize("path", [*EVERYTHING, "/metrics", "/sparql", "/dumps", "//def"])
def test_every_answer_has_the_headers_of_every_answer(live_server: LiveServer, path: str) -> None:
    answer = live_server.request("GET", path)

    for name, start in SECURITY.items():
        assert answer.headers[name].startswith(start), name
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers.get("server") in (None, "fasti")  # neither software nor version
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "LOCK"])
@pytest.mark.parametrize("path", [path for path in EVERYTHING if "nothing" not in path and "nobody" not in path])
def test_a_method_that_changes_is_405_with_what_is_allowed(live_server: LiveServer, path: str, method: str) -> None:
    """Section 15.5.6: the answer has an Allow field."""
    answer = live_server.request(method, path, headers={"Accept": "application/json"})

    assert answer.status == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["allow"].replace(" ", "").split(","))
    assert answer.type == "application/problem+json"


@pytest.mark.parametrize("path", [DOC, DATA, "/", DUMP, TEXT, "/sparql", "/catalog", "/openapi.json"])
def test_a_browser_may_ask_from_any_page(live_server: LiveServer, path: str) -> None:
    """A preflight, as the Fetch standard has it."""
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "accept, if-none-match, range"}  # fmt: skip
    answer = live_server.request("OPTIONS", path, headers=asked)

    assert answer.status in (200, 204)
    assert answer.body == b""
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "accept" in answer.headers["access-control-allow-headers"].lower()
    assert "GET" in answer.headers["allow"]


def test_a_browser_hears_the_same_of_every_address(live_server: LiveServer) -> None:
    """Also of /sparql, whose answers have an ETag: a page may ask for it on condition."""
    asked = [live_server.request("OPTIONS", path).headers for path in (DOC, "/sparql", DUMP)]
    allowed = {answer["access-control-allow-headers"] for answer in asked}

    assert len(allowed) == 1
    assert {"content-type", "if-none-match", "if-match"} <= set(allowed.pop().lower().split(", "))


@pytest.mark.parametrize("path", CACHED)
def test_what_is_known_already_is_not_sent_again(live_server: LiveServer, path: str) -> None:
    """Section 13.1.2: If-None-Match compares weakly, takes lists and `*`, and comes before a date."""
    first = live_server.request("GET", path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    known = [tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag} , "third"', "*"]

    for value in known:
        answer = live_server.request("GET", path, headers={"If-None-Match": value})
        assert (answer.status, answer.body) == (304, b""), value
        for name in ("etag", "vary", "cache-control", "content-location"):  # section 15.4.5
            assert answer.headers.get(name) == first.headers.get(name), (value, name)
    for value in ('"other"', '"a", "b"', f"x{tag}"):
        assert live_server.request("GET", path, headers={"If-None-Match": value}).status == 200, value
    assert live_server.request("HEAD", path, headers={"If-None-Match": tag}).status == 304
    assert live_server.request("GET", path, headers={"If-Modified-Since": date}).status == 304
    past = "Thu, 01 Jan 1998 00:00:00 GMT"
    assert live_server.request("GET", path, headers={"If-Modified-Since": past}).status == 200
    assert live_server.request("GET", path, headers={"If-Modified-Since": "yesterday"}).status == 200
    both = {"If-None-Match": '"other"', "If-Modified-Since": date}
    assert live_server.request("GET", path, headers=both).status == 200


@pytest.mark.parametrize("path", CACHED)
def test_what_is_wanted_only_as_it_was_is_sent_only_so(live_server: LiveServer, path: str) -> None:
    """Sections 13.1.1 and 13.1.4: If-Match compares strongly, `*` is any version, and it comes before a date."""
    first = live_server.request("GET", path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    past = "Wed, 01 Jan 2020 00:00:00 GMT"
    held: list[dict[str, str]] = [
        {"If-Match": tag}, {"If-Match": f'"other", {tag}'}, {"If-Match": "*"}, {"If-Unmodified-Since": date},
        {"If-Unmodified-Since": "yesterday"}, {"If-Match": tag, "If-Unmodified-Since": past},
    ]  # fmt: skip
    for conditions in held:
        assert live_server.request("GET", path, headers=conditions).status == 200, conditions
    assert live_server.request("GET", path, headers={"If-Match": "*", "If-None-Match": tag}).status == 304
    for conditions in ({"If-Match": '"other"'}, {"If-Match": f"W/{tag}"}, {"If-Unmodified-Since": past}):
        answer = live_server.request("GET", path, headers=conditions | {"Accept": "application/json, */*;q=0.1"})
        assert (answer.status, answer.type) == (412, "application/problem+json"), conditions
        assert next(iter(conditions)) in json.loads(answer.body)["detail"]
        assert all(answer.headers[name].startswith(start) for name, start in SECURITY.items())
        assert "etag" not in answer.headers


def test_a_condition_on_what_is_not_there_is_404(live_server: LiveServer) -> None:
    """Section 13.2.1: a condition matters only where the answer would be a success without it."""
    assert live_server.request("GET", "/doc/organization/nobody", headers={"If-Match": "*"}).status == 404


RANGES = [
    ("bytes=0-9", slice(0, 10)), ("bytes=5-5", slice(5, 6)), ("bytes=100-", slice(100, None)), ("bytes=-20", slice(-20, None)),
    ("bytes=0-999999999", slice(0, None)),
]  # fmt: skip


@pytest.mark.parametrize(("header", "part"), RANGES)
@pytest.mark.parametrize("path", [DUMP, TEXT, "/dumps/dataset.nq.zst"])
def test_a_part_of_a_file(live_server: LiveServer, path: str, header: str, part: slice) -> None:
    """Section 14.2."""
    whole = live_server.request("GET", path)
    answer = live_server.request("GET", path, headers={"Range": header})

    assert whole.headers["accept-ranges"] == "bytes"
    assert answer.status == 206
    assert answer.body == whole.body[part]
    assert answer.headers["content-range"].endswith(f"/{len(whole.body)}")


NO_PARTS = ["bytes=5-2", "lines=1-2", "bytes=a-b", "bytes=", "bytes", "", "bytes=0-1,4-5", "bytes=--5", "bytes=1-2x"]


@pytest.mark.parametrize("header", NO_PARTS)
def test_a_range_that_is_none_is_passed_over(live_server: LiveServer, header: str) -> None:
    """Section 14.2; several ranges may be answered with the whole."""
    answer = live_server.request("GET", TEXT, headers={"Range": header})

    assert answer.status == 200
    assert len(answer.body) > 100


@pytest.mark.parametrize("header", ["bytes=999999999-", "bytes=9999999-99999999", "bytes=-0"])
def test_a_part_that_is_not_there(live_server: LiveServer, header: str) -> None:
    """Section 15.5.17: 416 with the size."""
    answer = live_server.request("GET", TEXT, headers={"Range": header})

    assert answer.status == 416
    assert answer.headers["content-range"].startswith("bytes */")
    assert answer.type in ("application/problem+json", "text/html")


@pytest.mark.parametrize("path", [DUMP, TEXT])
def test_a_part_only_of_what_one_has(live_server: LiveServer, path: str) -> None:
    """Section 13.1.5: If-Range with another or a weak tag, or an older date, gets the whole."""
    whole = live_server.request("GET", path)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    expected = {tag: 206, date: 206, '"other"': 200, f"W/{tag}": 200, "Thu, 01 Jan 1998 00:00:00 GMT": 200}

    for value, status in expected.items():
        answer = live_server.request("GET", path, headers={"Range": "bytes=1-3", "If-Range": value})
        assert answer.status == status, value


@pytest.mark.parametrize("path", [DOC, DATA, "/", "/catalog"])
def test_what_has_no_parts_is_sent_whole(live_server: LiveServer, path: str) -> None:
    assert live_server.request("GET", path, headers={"Range": "bytes=0-9"}).status == 200


# The path as it stands in the request line, what is answered, and where it leads.
PATHS = [
    ("/doc/organization/ogs/", 301, "/doc/organization/ogs"),
    ("/doc/organization/ogs///", (301, 308), None),
    ("/id/organization/ogs/", 301, "/id/organization/ogs"),
    ("/id/organization/ogs?at=1966&x=%26", 303, "/doc/organization/ogs?at=1966&x=%26"),
    ("/id/organization/ogs?", 303, "/doc/organization/ogs"),
    ("/id/organization/ogs?at=nonsense", 303, "/doc/organization/ogs?at=nonsense"),
    ("//id/organization/ogs", (303, 308), None),
    ("/id//organization/ogs", 308, "/id/organization/ogs"),
    ("//example.org/id", 404, None),
    ("//example.org//id//organization/ogs", (308, 404), None),
    ("/id/organization%2Fogs", 303, "/doc/organization/ogs"),
    ("/id/%6Frganization/ogs", 303, "/doc/organization/ogs"),
    ("/doc/organization/ogs%2Ettl", 200, None),
    ("/doc/organization/OGS", 404, None),
    ("/doc/organization/ogs.exe", 404, None),
    ("/doc/organization/ogs.ttl.ttl", 404, None),
    ("/doc/organization", 404, None),
    ("/doc/", 404, None),
    ("/doc", 404, None),
    ("/id/", 404, None),
    ("/dumps", 308, "/dumps/"),
    ("/source", 308, "/source/"),
    ("/def/", 404, None),
    ("/dumps/../release.json", 404, None),
    ("/dumps/..%2frelease.json", 404, None),
    ("/dumps/%2e%2e/release.json", 404, None),
    ("/dumps/....//release.json", (404, 308), None),
    ("/source/..%2f..%2frelease.txt", 404, None),
    ("/source/%00.txt", 404, None),
    ("/static/..%2f__init__.py", 404, None),
    ("/static/../__init__.py", 404, None),
    ("/doc/../../etc/passwd", 404, None),
    ("/id/../health", 404, None),
    ("/scheme/..%2fdef", 404, None),
    ("/graph/..", 404, None),
    ("/id/%00", 404, None),
    ("/id/%0d%0aSet-Cookie:%20a=b", 404, None),
    ("/id/organization/ogs%0d%0aX:%20y", 404, None),
    ("/id/%ff%fe", 404, None),
    ("/id/%", 404, None),
    ("/id/%zz", 404, None),
    ("/id/[", 404, None),
    ("/scheme/[", 404, None),
    ("/graph/%zz", 404, None),
    ("/source/[", 404, None),
    ("/id/%F0%9F%BF%BE", 404, None),
    ("/doc/%EE%80%80.ttl", 404, None),
    ("/id/organization/ogs%23%23", 303, "/doc/organization/ogs#%23"),
    ("/id/<script>", 400, None),  # no character of an address (RFC 3986, section 2)
    ("/id/%3Cscript%3E", 404, None),
    ("/id/" + quote("记录局"), 404, None),
    ("/id/organization/" + "a" * 3000, 404, None),
    ("/id/organization/" + "a" * 5000, 414, None),
    ("/doc/" + "%E8%AE%B0" * 5000, 414, None),
    ("/doc/" + "x/" * 1500, 404, None),
    ("/doc/organization/ogs?" + "a" * 6000, 200, None),
    ("/.git/config", 404, None),
    ("/%2e%2e/%2e%2e/etc/passwd", 404, None),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "target"), PATHS, ids=[row[0][:40] for row in PATHS])
def test_a_path_as_it_comes(
    live_server: LiveServer, path: str, status: int | tuple[int, ...], target: str | None
) -> None:
    """Nothing outside the release is reached, nothing leads elsewhere, and nothing sent becomes a header."""
    raw = live_server.raw(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1", "replace")
    )
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}

    assert int(lines[0].split()[1]) in ((status,) if isinstance(status, int) else status)
    location = headers.get("location", "")
    if target is not None:
        assert location == target
    assert not location or (location.startswith("/") and not location.startswith("//"))
    assert {"set-cookie", "x"}.isdisjoint(headers)
    assert b"root:" not in body
    assert b"<script>" not in body
    assert b"Traceback" not in body


def test_the_table_of_paths_is_whole() -> None:
    assert len(PATHS) == 58


HOSTS = [
    ("Host: example.org", 303), ("Host: EXAMPLE.org:8000", 303), ("Host: 192.0.2.1", 303), ("Host: [::1]:8000", 303),
    ("Host: xn--caf-dma.example", 303), ("Host:", 400), ("X-None: x", 400), ("Host: a b", 400), ("Host: a/b", 400),
    ('Host: a"><script>', 400), ("Host: [::1", 400), ("Host: a:b", 400), ("Host: a:999999", 400), ("Host: a@b", 400),
    ("Host: a\r\nHost: b", 400),
]  # fmt: skip


@pytest.mark.parametrize(("header", "status"), HOSTS)
def test_one_host_is_named_and_it_can_be(live_server: LiveServer, header: str, status: int) -> None:
    """RFC 9112, section 3.2: otherwise 400."""
    raw = live_server.raw(f"GET /id/organization/ogs HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n".encode())

    assert int(raw.split()[1]) == status
    assert b"<script>" not in raw


def test_http_1_0_needs_no_host(live_server: LiveServer) -> None:
    assert live_server.raw(b"GET /health HTTP/1.0\r\n\r\n").split()[1] == b"200"


def test_a_foreign_host_leads_nowhere_else(live_server: LiveServer) -> None:
    """Redirections have no host, so that a forged one cannot get into a cache."""
    for path in ("/dumps", "/id/organization/ogs", "/.well-known/void", "/id//organization/ogs"):
        answer = live_server.request("GET", path, headers={"Host": "evil.example"})

        assert answer.headers["location"].startswith("/")
        assert "evil" not in str(answer.headers)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/id/记录局".encode(), 404),
        ("/search?q=记录局".encode(), 200),
        ("/search.json?q=中办".encode(), 200),
        ("/doc/organization/ogs?note=é".encode(), 200),
        ("/sparql?query=ASK{?s ?p 'é'}&format=json".replace(" ", "+").encode(), 200),
        (b"/search?q=\xff\xfe", 400),
        (b"/id/\xff", 400),
    ],
)
def test_bytes_as_they_come(live_server: LiveServer, target: bytes, status: int) -> None:
    """Clients such as curl send what they are given; what is no UTF-8 is no address (RFC 3987, section 3.1)."""
    raw = live_server.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert int(raw.split()[1]) == status


def test_every_name_that_the_data_mint_can_be_looked_up(live_server: LiveServer) -> None:
    """Profile, section 1: each one dereferences, also what only a passage says whose reading did not prevail."""
    lines = live_server.get("/dumps/dataset.nq").body.decode()
    minted = {urlsplit(iri).path for iri in re.findall(f"<({re.escape(live_server.base)}id/[^>#]+)", lines)}
    statuses = {
        path: live_server.get(path.replace("/id/", "/doc/", 1), "application/n-triples").status
        for path in sorted(minted)
    }

    assert len(minted) > 500
    assert {path: status for path, status in statuses.items() if status != 200} == {}
    assert live_server.get("/doc/membership/cai-qi--director--ogs.ttl").body.count(b"others outweigh") == 1
