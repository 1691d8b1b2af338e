"""Payments' tables and the queries on them."""

from services.payments.read_models.tables import METADATA, READ_MODELS
from services.payments.read_models.totals import Totals, totals

__all__ = ["METADATA", "READ_MODELS", "Totals", "totals"]
