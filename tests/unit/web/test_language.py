"""The language of the interface: asked for by the address or the header, kept in links, told to caches."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ("", None, "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("", "zh-Hans", "zh-Hans"),
        ("", "fr,de;q=0.5", "en"),
        ("", "fr, zh;q=0.2", "zh-Hans"),
        ("", "en;q=0.1, zh", "zh-Hans"),
        ("", ";;q=,,-", "en"),
        ("?lang=zh-Hans", None, "zh-Hans"),
        ("?lang=zh-hans", "en", "zh-Hans"),
        ("?lang=en", "zh", "en"),
        ("?lang=xx", "zh", "zh-Hans"),
        ("?lang=zh", None, "zh-Hans"),
        ("?lang=zh-CN", "en", "zh-Hans"),
        ("?lang=zh_TW", None, "zh-Hans"),
        ("?lang=ZH", None, "zh-Hans"),
        ("?lang=en-GB", "zh", "en"),
        ("?lang=e", "zh", "zh-Hans"),
    ],
)
def test_the_address_decides_before_the_header(
    client: FlaskClient, query: str, header: str | None, expected: str
) -> None:
    response = client.get(f"/{query}", headers={"Accept-Language": header} if header else {})

    assert response.headers["Content-Language"] == expected
    assert f'<html lang="{expected}">' in response.text
    assert "Accept-Language" in response.headers["Vary"]


def test_a_link_keeps_a_language_that_the_address_chose(client: FlaskClient) -> None:
    assert "/sparql?lang=zh-Hans" in client.get("/?lang=zh-Hans").text
    assert "/sparql?lang=" not in client.get("/", headers={"Accept-Language": "zh"}).text


def test_every_page_offers_itself_in_the_other_languages(client: FlaskClient) -> None:
    """Each language by its own name, marked up in that language; what else the address says stays."""
    page = client.get("/doc/organization/bureau-of-records.html?at=1957", headers={"Accept-Language": "en"}).text

    assert '?at=1957&amp;lang=zh-Hans" lang="zh-Hans" hreflang="zh-Hans">简体中文</a>' in page
    assert 'hreflang="en" aria-current="true">English</a>' in page


def test_what_a_visitor_adds_to_an_address_is_in_nobody_elses_page(client: FlaskClient) -> None:
    """A resource's page is kept for all who ask: only what belongs to its address may stand in it."""
    mine = client.get("/doc/organization/bureau-of-records.html?at=1957&mine=secret")

    assert mine.status_code == 200
    assert "secret" not in mine.text
