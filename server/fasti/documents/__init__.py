"""Source texts, read into documents without losing a character."""

from fasti.documents.reader import Document, parse, read

__all__ = ["Document", "parse", "read"]
