"""A house for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.payments.world import House, on_sqlite


@pytest.fixture
def payments(tmp_path: Path) -> Iterator[House]:
    """Payments on SQLite, on 2024-03-25."""
    house = on_sqlite(tmp_path)
    yield house
    house.service.database.close()
