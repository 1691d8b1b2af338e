"""What the tests of the log may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared.log.site_log import SiteLog


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteLog]:
    """An empty log with its integrator, in a folder of its own."""
    log = SiteLog(tmp_path)
    yield log
    log.database.close()
