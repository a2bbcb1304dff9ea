"""Public queries: screened, answered by worker processes with limits, in every format of the protocol."""

from fasti.sparql.endpoint import Endpoint
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem
from fasti.sparql.protocol import Answer, Request

__all__ = ["Answer", "Endpoint", "Limits", "Problem", "Request"]
