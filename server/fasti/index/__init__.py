"""The index of a release: its names, its tree of bodies and its counts, in one SQLite file beside the store.

`write_index` makes it from the record, `Index` asks it: `children`, `descendants`, `ancestors` and
`counts` of a body; `search`, `suggest` and `called` find by name, a `Browser` lists and counts by facets and period. It holds nothing that the store does not, only laid out so
that each question is a look-up, and it is never changed.
"""

from fasti.index.asking import Body, Children, Index, Listed, check_index
from fasti.index.browse import CERTAINTIES, NONE, SORTS, Browser, Counts, Filter, Period
from fasti.index.gathering import FACETS, KINDS, NAMES, Statement, Subject, grouped, subjects
from fasti.index.search import MOST, Found, Hit, called, search, suggest
from fasti.index.writing import write_index

__all__ = [
    "CERTAINTIES",
    "FACETS",
    "KINDS",
    "MOST",
    "NAMES",
    "NONE",
    "SORTS",
    "Body",
    "Browser",
    "Children",
    "Counts",
    "Filter",
    "Found",
    "Hit",
    "Index",
    "Listed",
    "Period",
    "Statement",
    "Subject",
    "called",
    "check_index",
    "grouped",
    "search",
    "subjects",
    "suggest",
    "write_index",
]
