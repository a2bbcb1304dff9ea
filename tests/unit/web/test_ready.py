"""Ready answers: which are kept, for how long, and within what bounds."""

from __future__ import annotations

import pytest

from fasti.web import ready
from fasti.web.ready import KEEP, ReadyAnswers

HEADERS = [("Content-Type", "text/turtle"), ("ETag", '"tag"'), ("Last-Modified", "then"), ("Content-Length", "3")]


class Served:
    """What tells one release from another."""

    serial = 1

    def __call__(self) -> int:
        """The one that is served."""
        return self.serial


@pytest.fixture
def served() -> Served:
    return Served()


def answers(served: Served, seconds: float = 60, most_bytes: int = 1 << 20) -> ReadyAnswers:
    return ReadyAnswers(served, seconds, most_bytes)


def test_an_answer_is_ready_for_the_same_request_of_the_same_release(served: Served) -> None:
    kept = answers(served)
    kept.put("key", 1, {KEEP: True}, HEADERS, b"abc")

    found = kept.get("key")
    assert found is not None
    assert (found.body, found.tag, found.modified) == (b"abc", '"tag"', "then")
    assert kept.get("another") is None
    served.serial = 2
    assert kept.get("key") is None


@pytest.mark.parametrize(
    ("environ", "headers", "serial"),
    [({}, HEADERS, 1), ({KEEP: True}, HEADERS[:1], 1), ({KEEP: True}, HEADERS, 0)],
    ids=["not said to last", "without a tag", "made of another release"],
)
def test_what_may_not_be_kept_is_not(
    served: Served, environ: dict[str, object], headers: list[tuple[str, str]], serial: int
) -> None:
    kept = answers(served)
    kept.put("key", serial, environ, headers, b"abc")

    assert kept.get("key") is None
    assert kept.bytes == 0


def test_after_its_time_the_application_is_asked_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    now = ready.time.monotonic()
    monkeypatch.setattr(ready.time, "monotonic", lambda: now)
    kept = answers(served, seconds=60)
    kept.put("key", 1, {KEEP: True}, HEADERS, b"abc")
    now += 59
    assert kept.get("key") is not None
    now += 2

    assert kept.get("key") is None


def test_without_an_age_nothing_is_ready(served: Served) -> None:
    kept = answers(served, seconds=0)
    kept.put("key", 1, {KEEP: True}, HEADERS, b"abc")

    assert kept.get("key") is None


def test_what_is_ready_is_bounded_and_the_oldest_goes_first(served: Served) -> None:
    kept = answers(served, most_bytes=100_000)
    for number in range(50):
        kept.put(number, 1, {KEEP: True}, HEADERS, bytes(5000))

    assert 0 < kept.bytes <= 100_000
    assert kept.get(0) is None
    assert kept.get(49) is not None
    kept.put("giant", 1, {KEEP: True}, HEADERS, bytes(50_000))
    assert kept.get("giant") is None
    assert kept.get(49) is not None


def test_a_304_has_no_headers_of_a_body(served: Served) -> None:
    """RFC 9110, section 15.4.5."""
    kept = answers(served)
    kept.put("key", 1, {KEEP: True}, HEADERS, b"abc")
    found = kept.get("key")

    assert found is not None
    assert [name for name, _ in found.bare] == ["ETag"]
