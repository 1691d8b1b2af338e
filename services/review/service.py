"""Review (审核确认), put together from its tables."""

from pathlib import Path

from services.review.handlers import COMMANDS
from services.review.projections import PROJECTIONS
from services.review.queries import QUERIES
from services.review.reactions import DAILY, REACTIONS
from services.review.read_models import METADATA, READ_MODELS
from shared.service import Definition

REVIEW = Definition(
    name="review",
    metadata=METADATA,
    commands=COMMANDS,
    reactions=REACTIONS,
    projections=PROJECTIONS,
    read_models=READ_MODELS,
    migrations=Path(__file__).parent / "migrations",
    queries=QUERIES,
    daily=DAILY,
)
