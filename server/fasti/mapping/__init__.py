"""Documents and declarative mappings in, statements by passage out."""

from fasti.mapping.engine import Mappings, map_documents
from fasti.mapping.mapped import Mapped

__all__ = ["Mapped", "Mappings", "map_documents"]
