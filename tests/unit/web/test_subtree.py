"""Who held what in a body and below it on a day."""

from __future__ import annotations

from datetime import date

import pytest

from fasti.release import Release
from fasti.subtree import held

MINISTRY, BUREAU = "ministry-of-works", "bureau-of-records"
DAYS = [
    (date(1955, 12, 31), {}),
    (date(1956, 12, 31), {"he-zai": "certain"}),
    (date(1957, 6, 1), {"he-zai": "possible", "wang-gang": "possible"}),
    (date(1958, 1, 1), {"wang-gang": "possible"}),
    (date(2025, 1, 1), {"wang-gang": "possible", "li-na": "certain"}),
]


@pytest.mark.parametrize("body", [MINISTRY, BUREAU])
@pytest.mark.parametrize(("day", "expected"), DAYS, ids=[str(day) for day, _ in DAYS])
def test_tenures_stand_to_a_day_as_the_profile_says(
    release: Release, body: str, day: date, expected: dict[str, str]
) -> None:
    """Section 5; those of a unit are found below its parent too."""
    found = list(held(release, release.vocabulary.entity("organization", body), day))

    assert {each.person.rpartition("/")[2]: each.tenure.certainty for each in found} == expected
    assert {each.post for each in found} <= {release.vocabulary.entity("post", "director--bureau-of-records")}


def test_nothing_is_below_what_is_no_body(release: Release) -> None:
    assert list(held(release, release.vocabulary.entity("person", "li-na"), date(2025, 1, 1))) == []
