"""Documents and declarative mappings in, statements by passage out."""

from fasti.mapping.completion import completions
from fasti.mapping.engine import Mappings, map_documents
from fasti.mapping.mapped import Mapped

__all__ = ["Mapped", "Mappings", "completions", "map_documents"]
