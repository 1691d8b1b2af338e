"""Intake's tables and the queries on them."""

from services.intake.read_models.applications import (
    EarlierAnswer,
    earlier_answers,
    households_of,
    standing_applications,
    untold,
)
from services.intake.read_models.informings import informings_of
from services.intake.read_models.officers import known_officers, ties
from services.intake.read_models.tables import (
    ACTIVE_PERSON,
    APPLICATION,
    INFORMING,
    METADATA,
    READ_MODELS,
    RELATIVE_REGISTER,
)

__all__ = [
    "ACTIVE_PERSON",
    "APPLICATION",
    "INFORMING",
    "METADATA",
    "READ_MODELS",
    "RELATIVE_REGISTER",
    "EarlierAnswer",
    "earlier_answers",
    "households_of",
    "informings_of",
    "known_officers",
    "standing_applications",
    "ties",
    "untold",
]
