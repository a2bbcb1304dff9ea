"""From English date text to EDTF, statuses and bounds, as section 5 of the application profile has them.

Three readings of one text, because the same words date different things:

- `parse` takes the whole text for a tenure or an existence. A single date then says only that it was so at
  that time ("(1995)": attested 1995, begin and end unknown), for that is all the text says.
- `parse_point` takes it for the date of an event, whose begin and end are one moment.
- `find` looks for date expressions in running prose: ranges as `parse` reads them, single dates as
  `parse_point` does. `attested` and `span` turn such a point into what the sentence says of it ("established
  in 1980": a begin).

Wherever a text can be read in two ways, the result holds under both, or there is none; the functions say
which.
"""

from __future__ import annotations

from fasti.documents.dates.edtf import PATTERN, wellformed
from fasti.documents.dates.model import Found, Instant, Interval, Status, attested, span
from fasti.documents.dates.reading import find, parse, parse_all, parse_point

__all__ = [
    "PATTERN",
    "Found",
    "Instant",
    "Interval",
    "Status",
    "attested",
    "find",
    "parse",
    "parse_all",
    "parse_point",
    "span",
    "wellformed",
]
