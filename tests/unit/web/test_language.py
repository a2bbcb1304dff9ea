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
    assert "?lang=" not in client.get("/", headers={"Accept-Language": "zh"}).text
