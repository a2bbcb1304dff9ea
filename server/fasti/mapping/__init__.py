"""Documents and declarative mappings in, statements by passage out."""

from fasti.mapping.authority import Authority
from fasti.mapping.completion import completions, mentioned
from fasti.mapping.engine import Mappings, map_documents
from fasti.mapping.identities import Identities
from fasti.mapping.mapped import Mapped
from fasti.mapping.rules import Rule

__all__ = ["Authority", "Identities", "Mapped", "Mappings", "Rule", "completions", "map_documents", "mentioned"]
