"""`yingbao evidence`: kept by hash, checked against the record."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Typed


@pytest.fixture
def site(copied_play: Callable[[], Path]) -> Path:
    """A copy, since a file is added."""
    return copied_play()


def test_a_photo_is_kept_and_its_hash_printed(site: Path, tmp_path: Path, typed: Typed) -> None:
    """What an officer names in the visit's form."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a room")
    told = json.loads(typed(site, "evidence", "add", str(photo), "--json").output)

    digest = sha256(b"a room").hexdigest()
    assert {"sha256": digest, "size_bytes": 6} == told
    assert f"{digest}  6\n" == typed(site, "evidence", "add", str(photo)).output


def test_a_record_whose_files_are_kept_lacks_none(site: Path, typed: Typed) -> None:
    """Exit status 0."""
    result = typed(site, "evidence", "check", "--json")
    told = json.loads(result.output)
    assert (0, {}) == (result.exit_code, told["wrong"])
    assert told["named"]
