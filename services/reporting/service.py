"""Reporting (统计与监督), put together from its tables. It holds no household's key."""

from pathlib import Path

from services.reporting.handlers import COMMANDS
from services.reporting.mirror import APPEND_ONLY, compare_checkpoint, keep
from services.reporting.queries import QUERIES
from services.reporting.reactions import REACTIONS
from services.reporting.read_models import METADATA
from shared.service import Definition

REPORTING = Definition(
    name="reporting",
    metadata=METADATA,
    commands=COMMANDS,
    reactions=REACTIONS,
    projections={},
    read_models=(),
    migrations=Path(__file__).parent / "migrations",
    reads_personal=False,
    mirror=keep,
    comparing=compare_checkpoint,
    append_only=APPEND_ONLY,
    queries=QUERIES,
)
