"""The command line in this process, as an operator types it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from services.cli import main

Typed = Callable[..., Result]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """`typed(home, "verify", "--json")`; anything but an answer is raised."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(home: Path, *words: str, given: str | bytes | None = None) -> Result:
        environment = {"YINGBAO_HOME": str(home)}
        return CliRunner().invoke(main, list(words), given, environment, catch_exceptions=False)

    yield run
    structlog.reset_defaults()
