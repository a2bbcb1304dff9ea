"""What a page says of itself to programs: JSON-LD of schema.org in a script element."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from flask import Flask
from markupsafe import Markup

from fasti.catalog import LICENSE
from fasti.release import Release
from fasti.web.current import release
from fasti.web.language import language
from fasti.web.links import here, root_path
from fasti.web.values import Value

_MOST = 60  # things of a list that are named here too; the page's data have them all


def json_text(members: Mapping[str, object]) -> Markup:
    """JSON for a script element: without "<" nothing in it can end the element (HTML, section 4.12.1.3)."""
    return Markup(json.dumps(members, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


def structured(
    kind: str,
    name: str,
    things: Iterable[Value] = (),
    total: int = 0,
    data: Mapping[str, str] | None = None,
    **more: object,
) -> Markup:
    """A script element about the page that is being made.

    Args:
        kind: its class in schema.org, such as `CollectionPage`.
        name: its title.
        things: what it lists.
        total: how many there are with those on its other pages.
        data: media type to address of what says the same as data.
        more: further properties of schema.org.
    """
    listed = [{"@type": "ListItem", "position": place, "item": {"@id": thing.iri, "name": thing.text}}
              for place, thing in enumerate(things, 1) if place <= _MOST]  # fmt: skip
    members = {
        "@context": "https://schema.org/",
        "@type": kind,
        "@id": _public(here()),
        "name": name,
        "inLanguage": language(),
        "license": LICENSE,
        "isPartOf": {"@type": "WebSite", "@id": release().base, "name": "Fasti"},
        "about": {"@id": f"{release().base}catalog#dataset"},
        **more,
    }
    if listed:
        members["mainEntity"] = {"@type": "ItemList", "numberOfItems": total or len(listed), "itemListElement": listed}
    if data:
        members["encoding"] = [{"@type": "MediaObject", "encodingFormat": media_type, "contentUrl": _public(address)}
                               for media_type, address in data.items()]  # fmt: skip
    return Markup('<script type="application/ld+json">{}</script>').format(json_text(members))


def dataset(current: Release) -> dict[str, object]:
    """The data set for search engines that collect them (schema.org Dataset)."""
    return {
        "@type": "Dataset",
        "@id": current.base + "catalog#dataset",
        "name": "Fasti",
        "description": "Who held which office in which organization, when, and who says so.",
        "url": current.base,
        "version": current.id,
        "dateModified": current.created.date().isoformat(),
        "license": LICENSE,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{current.base}dumps/{name}"}
            for name, kind in (("record.ttl", "text/turtle"), ("dataset.nq", "application/n-quads"))
        ],
    }


def _public(path: str) -> str:
    """The public address of a path of this application."""
    return release().base + path.removeprefix(root_path("/"))


def register(app: Flask) -> None:
    """Let templates use it."""
    app.jinja_env.globals.update(structured=structured)
