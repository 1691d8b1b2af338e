"""Review's tables and the queries on them."""

from services.review.read_models.cases import CaseLine, case_status, worklist
from services.review.read_models.tables import METADATA, READ_MODELS

__all__ = ["METADATA", "READ_MODELS", "CaseLine", "case_status", "worklist"]
