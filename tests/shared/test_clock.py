"""One clock for a site; instants in UTC, days in China."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clock import CHINA, FileClock, FixedClock, SystemClock, day_of, instant_text
from tests.shared.log.samples import untimed

INSTANTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2024, 3, 3, 15, 59, 59, 999_999, tzinfo=UTC), date(2024, 3, 3)),
        (datetime(2024, 3, 3, 16, 0, tzinfo=UTC), date(2024, 3, 4)),
        (datetime(2023, 12, 31, 16, 0, tzinfo=UTC), date(2024, 1, 1)),
        (datetime(2024, 3, 4, 23, 59, tzinfo=CHINA), date(2024, 3, 4)),
    ],
)
def test_the_day_changes_at_midnight_in_china(instant: datetime, day: date) -> None:
    """Which is four in the afternoon in UTC."""
    assert day == day_of(instant)


@untimed
@given(st.lists(INSTANTS, min_size=2, max_size=2))
def test_instants_as_text_sort_as_time_does(instants: list[datetime]) -> None:
    """Twenty-seven signs, whatever the fraction; reading gives the instant back."""
    texts = [instant_text(instant) for instant in instants]
    assert (instants[0] < instants[1]) == (texts[0] < texts[1])
    assert {27} == {len(text) for text in texts}
    assert instants == [datetime.fromisoformat(text) for text in texts]


def test_an_instant_of_another_zone_is_written_in_utc() -> None:
    """Nine in the morning in China is one o'clock in UTC."""
    morning = datetime(2024, 3, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    assert "2024-03-01T01:00:00.000000Z" == instant_text(morning)


def test_all_who_read_the_file_have_the_same_time(tmp_path: Path) -> None:
    """One process sets it; another reads it, to the microsecond, and finds no half-written file."""
    path = tmp_path / "clock"
    for instant in (
        datetime(2024, 3, 1, 9, tzinfo=CHINA),
        datetime(2024, 3, 4, 1, 2, 3, 4, tzinfo=UTC),
    ):
        FileClock(path).set(instant)
        assert instant == FileClock(path).now()
    assert [path] == list(tmp_path.iterdir())


def test_who_reads_while_the_clock_moves_sees_one_of_its_instants(tmp_path: Path) -> None:
    """Never half of one and half of another."""
    clock = FileClock(tmp_path / "clock")
    instants = [
        datetime(1111, 1, 1, 1, 11, 11, 111111, UTC),
        datetime(2222, 2, 2, 2, 22, 22, 222222, UTC),
    ]
    clock.set(instants[0])
    with ThreadPoolExecutor(1) as beside:
        moving = beside.submit(_move, clock, instants * 1_000)
        seen = {clock.now()}
        while not moving.done():
            seen.add(clock.now())
    assert seen <= set(instants)


def _move(clock: FileClock, instants: Sequence[datetime]) -> None:
    for instant in instants:
        clock.set(instant)


def test_a_time_written_by_hand_is_written_over(tmp_path: Path) -> None:
    """Shorter or longer, with a line's end."""
    instant = datetime(2024, 3, 4, 1, tzinfo=UTC)
    for text in ("2024-03-01T09:00:00+08:00\n", "2024-03-01T09:00:00.000000+08:00 \n\n"):
        (tmp_path / "clock").write_text(text, "ascii")
        clock = FileClock(tmp_path / "clock")
        assert datetime(2024, 3, 1, 9, tzinfo=CHINA) == clock.now()
        clock.set(instant)
        assert instant == clock.now()


def test_a_clock_file_that_is_missing_is_trouble(tmp_path: Path) -> None:
    """A trial site never falls back on another time."""
    with pytest.raises(FileNotFoundError):
        FileClock(tmp_path / "none").now()


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    """So a test says what day it is."""
    first, later = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC)
    clock = FixedClock(first)
    assert [first, first] == [clock.now(), clock.now()]
    clock.set(later)
    assert later == clock.now()


def test_the_machine_s_own_time_says_its_zone() -> None:
    """An instant without a zone would be read differently elsewhere."""
    assert timedelta(0) == SystemClock().now().utcoffset()
