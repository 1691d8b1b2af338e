"""The gateway's own facts → the authority's rows; the other houses follow with the same code."""

from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.decider import Projection
from shared.facts.base import Fact

PROJECTIONS: dict[type[Fact], Projection] = dict(AUTHORITY_PROJECTIONS)
