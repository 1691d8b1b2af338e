"""Reporting's tables and the queries on them."""

from services.reporting.read_models.counts import FROZEN_ROW, LINE_MONEY, RECIPIENT, ROSTER
from services.reporting.read_models.record import (
    METADATA,
    MIRROR_CHECKPOINT,
    MIRROR_FACT,
    MIRROR_FRONTIER,
    MIRROR_PERSON,
)
from services.reporting.read_models.table import monthly_table, totals, unit_names

__all__ = [
    "FROZEN_ROW",
    "LINE_MONEY",
    "METADATA",
    "MIRROR_CHECKPOINT",
    "MIRROR_FACT",
    "MIRROR_FRONTIER",
    "MIRROR_PERSON",
    "RECIPIENT",
    "ROSTER",
    "monthly_table",
    "totals",
    "unit_names",
]
