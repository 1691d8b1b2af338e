"""Photos and papers: kept whole under their hash, and a change is seen."""

from pathlib import Path

import pytest

from services.runtime.evidence import Found, Kept, keep, look, named_in, place_of
from services.runtime.home import Home, NoSite

DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A folder that counts as a site."""
    site = Home(tmp_path / "site")
    site.path.mkdir()
    site.charter_file.write_text("{}")
    return site


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Three bytes."""
    file = tmp_path / "甲某家.jpg"
    file.write_bytes(b"foo")
    return file


def test_a_file_is_kept_under_its_hash_for_its_owner_only(home: Home, photo: Path) -> None:
    """Its name, which may hold a person's, isn't kept."""
    assert Kept(DIGEST, 3) == keep(home, photo)
    place = place_of(home, DIGEST)

    assert b"foo" == place.read_bytes()
    assert (0o600, 0o700) == (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777)
    assert [DIGEST] == [file.name for file in place.parent.iterdir()]


def test_what_is_missing_or_altered_is_seen(home: Home, photo: Path) -> None:
    """And keeping it again mends it."""
    states = [look(home, DIGEST)]
    keep(home, photo)
    states.append(look(home, DIGEST))
    place_of(home, DIGEST).write_bytes(b"bar")
    states.append(look(home, DIGEST))
    keep(home, photo)
    states.append(look(home, DIGEST))

    assert [Found.MISSING, Found.KEPT, Found.ALTERED, Found.KEPT] == states


def test_nothing_is_kept_where_there_is_no_site(tmp_path: Path, photo: Path) -> None:
    """A slip in YINGBAO_HOME makes no folder with photos in it."""
    with pytest.raises(NoSite):
        keep(Home(tmp_path / "nowhere"), photo)
    assert not (tmp_path / "nowhere").exists()


def test_the_files_that_facts_name_are_found_wherever_they_stand() -> None:
    """Photos inside a form, papers of an answer; another hash of another thing isn't one."""
    file = {"kind": "ROOM", "sha256": DIGEST, "size_bytes": 3, "taken_on": "2024-03-04"}
    data = [{"form": {"photos": [file]}}, {"files": [file]}, {"sha256": DIGEST}]

    assert [DIGEST, DIGEST] == list(named_in(data))
