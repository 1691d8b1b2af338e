"""What the tests of the kernel may ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.houses import founded, houses

__all__ = ["founded", "houses"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """A site's file with the given text."""

    def _write(text: str) -> Path:
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write
