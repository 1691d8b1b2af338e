"""A reporting service for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reporting.world import Record, sqlite_record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Reporting on SQLite, with four logs in which nothing has been said."""
    made = sqlite_record(tmp_path)
    yield made
    made.database.close()
