"""Intake (受理), put together from its tables."""

from pathlib import Path

from services.intake.handlers import COMMANDS
from services.intake.projections import PROJECTIONS
from services.intake.reactions import REACTIONS
from services.intake.read_models import METADATA, READ_MODELS
from shared.service import Definition

INTAKE = Definition(
    name="intake",
    metadata=METADATA,
    commands=COMMANDS,
    reactions=REACTIONS,
    projections=PROJECTIONS,
    read_models=READ_MODELS,
    migrations=Path(__file__).parent / "migrations",
)
