"""Payments (资金发放), put together from its tables."""

from pathlib import Path

from services.payments.handlers import COMMANDS
from services.payments.projections import PROJECTIONS
from services.payments.queries import QUERIES
from services.payments.reactions import REACTIONS
from services.payments.read_models import METADATA, READ_MODELS
from shared.service import Definition

PAYMENTS = Definition(
    name="payments",
    metadata=METADATA,
    commands=COMMANDS,
    reactions=REACTIONS,
    projections=PROJECTIONS,
    read_models=READ_MODELS,
    migrations=Path(__file__).parent / "migrations",
    queries=QUERIES,
)
