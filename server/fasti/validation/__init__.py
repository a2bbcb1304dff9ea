"""Judge a built dataset by the shapes, and say of every result which passage and which rule it comes from.

Most shapes are SHACL Core. What Core cannot express is found first, set-wise on the engine, by the queries in
`shapes/findings/*.rq`; each finding is a triple that a shape of the same name turns into a result. pySHACL is the
judge, but not of everything: queries compiled from the shapes clear most nodes, and it rules on the rest.
"""

from fasti.validation.report import Evidence, Report, Result
from fasti.validation.validation import validate, validate_whole

__all__ = ["Evidence", "Report", "Result", "validate", "validate_whole"]
