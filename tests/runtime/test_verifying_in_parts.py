"""`verify_log` may be helped by other processes, which find the log by the reader's own URL."""

from functools import partial
from pathlib import Path

import pytest

from services.runtime.founding import found
from services.runtime.home import Charter, Home
from services.runtime.verifying import verify_log
from shared.log import store
from shared.sqlite import SqliteDatabase
from tests.shared.log.site_log import NAME, fact
from tests.shared.log.test_ways_of_reading import read_here

SIZE = 600


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A site whose review log has some pages of facts, in a folder whose name needs quoting."""
    home = Home(tmp_path / "应保 100%")
    found(home, Charter(NAME.partition("/")[0], trial=True))
    database = SqliteDatabase(home.database("review"))
    database.write(partial(store.append, rows=[fact(number) for number in range(SIZE)]))
    database.close()
    return home


def test_a_log_is_the_same_however_many_read_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read-only, beside whoever writes; each process reads its part."""
    alone = verify_log(home, "review", processes=1)
    assert (True, SIZE) == (alone.ok, alone.size)
    read = read_here(monkeypatch)
    assert alone == verify_log(home, "review", processes=2)
    assert [256] == [part.stop for part in read]


def test_a_short_log_is_read_by_one_process(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting another would take longer than reading."""
    read = read_here(monkeypatch)
    assert verify_log(home, "review").ok
    assert [SIZE] == [part.stop for part in read]
