"""Documents and declarative mappings in, statements by passage out."""

from fasti.mapping.engine import Mapped, map_documents

__all__ = ["Mapped", "map_documents"]
