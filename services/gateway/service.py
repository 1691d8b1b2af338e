"""The gateway (accounts, appointments, tokens), put together from its tables."""

from pathlib import Path

from services.gateway.handlers import COMMANDS
from services.gateway.projections import PROJECTIONS
from services.gateway.reactions import REACTIONS
from services.gateway.read_models import METADATA, READ_MODELS
from shared.service import Definition

GATEWAY = Definition(
    name="gateway",
    metadata=METADATA,
    commands=COMMANDS,
    reactions=REACTIONS,
    projections=PROJECTIONS,
    read_models=READ_MODELS,
    migrations=Path(__file__).parent / "migrations",
)
