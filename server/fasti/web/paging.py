"""Long lists page by page: which page the address asks for (`?below=2`), and the part of the list that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from flask import abort, request

from fasti.web.values import Pager

T = TypeVar("T")
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def asked_pages(names: re.Pattern[str]) -> dict[str, int]:
    """The pages that the request asks for, by the names of lists that match; the first page is none that is asked for.

    Raises:
        BadRequest: a page is no number.
    """
    given = {name: value for name, value in request.args.items() if names.fullmatch(name)}
    for name, value in given.items():
        if not _NUMBER.fullmatch(value):
            abort(400, description=f"A page number was expected in '{name}'; found '{value[:40]}'.")
    return {name: int(value) for name, value in sorted(given.items()) if value != "1"}


def paged(numbers: Mapping[str, int], key: str, order: Sequence[T], size: int) -> tuple[Sequence[T], Pager | None]:
    """The part of a list that is asked for, `size` things of it; no pager for one that fits on a page.

    Raises:
        NotFound: the list has no such page.
    """
    pages = max(1, -(-len(order) // size))
    number = numbers.get(key, 1)
    if number > pages:
        abort(404, description=f"The list '{key}' has {pages} pages; page {number} was asked for.")
    return order[(number - 1) * size : number * size], Pager(key, number, pages) if pages > 1 else None


def asked_page(most: int) -> int:
    """The page of a list that `page` asks for, from 1 to `most`.

    Raises:
        BadRequest: it is no number of a page.
    """
    value = request.args.get("page", "") or "1"
    if not _NUMBER.fullmatch(value) or int(value) > most:
        abort(400, description=f"A page from 1 to {most} was expected in 'page'; found '{value[:40]}'.")
    return int(value)
