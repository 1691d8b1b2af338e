"""The relay: in order, from its cursor, moved only when everything is confirmed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.carrying.relay import Relay, RelayAhead
from shared.carrying.source import Carried
from shared.sqlite import SqliteDatabase
from shared.tables import service_tables

LOG = "411603/intake"
METADATA = sa.MetaData()
service_tables(METADATA)


class Log:
    """A source of so many facts."""

    log = LOG

    def __init__(self, count: int) -> None:
        self.count = count

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        last = min(position + limit, self.count - 1)
        return [Carried(LOG, n, str(n).encode()) for n in range(position + 1, last + 1)]

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        raise AssertionError("a relay reads in order")

    def head(self) -> int:
        return self.count - 1


class Broken(Exception):
    """The broker didn't confirm."""


class Broker:
    """Takes what it is given; `fails`: how many of the next publications break half-way."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.fails = 0
        self.drops = 0

    def publish(self, facts: Sequence[Carried]) -> None:
        positions = [fact.position for fact in facts]
        if self.fails:
            self.fails -= 1
            self.taken += positions[: len(positions) // 2]
            raise Broken
        self.taken += positions

    def drop(self) -> None:
        self.drops += 1


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """The relay's own bookkeeping."""
    database = SqliteDatabase(tmp_path / "relay.db")
    database.write(METADATA.create_all)
    yield database
    database.close()


def test_everything_goes_out_in_order_and_once(database: SqliteDatabase) -> None:
    """Page by page; then there is nothing to do."""
    broker = Broker()
    relay = Relay(Log(25), database, broker)
    assert [10, 10, 5, 0] == [relay.step(10) for _ in range(4)]
    assert list(range(25)) == broker.taken
    assert 24 == relay.cursor()


def test_what_was_not_confirmed_goes_out_again(database: SqliteDatabase) -> None:
    """The connection is dropped, the cursor stays, and the whole page is sent anew."""
    broker = Broker()
    relay = Relay(Log(4), database, broker)
    broker.fails = 1
    with pytest.raises(Broken):
        relay.step()
    assert (-1, 1) == (relay.cursor(), broker.drops)
    assert 4 == relay.step()
    assert [0, 1, 0, 1, 2, 3] == broker.taken


def test_another_process_goes_on_where_this_one_was(database: SqliteDatabase) -> None:
    """The cursor lies in the database."""
    first, second = Broker(), Broker()
    Relay(Log(3), database, first).step()
    assert 2 == Relay(Log(5), database, second).step()
    assert [3, 4] == second.taken


def test_each_destination_has_a_cursor_of_its_own(database: SqliteDatabase) -> None:
    """A second carrier starts at the beginning."""
    here, there = Broker(), Broker()
    Relay(Log(3), database, here).step()
    assert 3 == Relay(Log(3), database, there, "elsewhere").step()


def test_a_log_that_lost_its_tail_is_told_loudly(database: SqliteDatabase) -> None:
    """Positions would be given twice to different facts."""
    Relay(Log(5), database, Broker()).step()
    with pytest.raises(RelayAhead, match="ends before 4"):
        Relay(Log(3), database, Broker()).step()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """So fast a machine that the time to keep the cursor never comes by itself."""
    monkeypatch.setattr("shared.carrying.relay.KEEP_SECONDS", 3_600.0)


@pytest.mark.usefixtures("patient")
def test_the_cursor_is_kept_at_first_and_when_it_gets_quiet(database: SqliteDatabase) -> None:
    """Not at every step between; whoever waits for the log meanwhile doesn't wait the usual time."""
    relay = Relay(Log(25), database, Broker())
    kept = [(relay.step(10), relay.cursor(), relay.patience_seconds) for _ in range(4)]

    assert [(10, 9, 1.0), (10, 9, 3_600.0), (5, 9, 3_600.0), (0, 24, 1.0)] == kept


@pytest.mark.usefixtures("patient")
def test_what_was_carried_and_not_kept_goes_out_again(database: SqliteDatabase) -> None:
    """After a fall the next relay starts at what the database knows."""
    first, second = Broker(), Broker()
    fallen = Relay(Log(25), database, first)
    carried = [fallen.step(10), fallen.step(10)]
    Relay(Log(25), database, second).step()

    assert [10, 10] == carried
    assert list(range(10, 25)) == second.taken


@pytest.mark.usefixtures("patient")
def test_a_relay_goes_on_from_what_was_confirmed_though_it_isnt_kept(
    database: SqliteDatabase,
) -> None:
    """A break sends again only what was not confirmed."""
    broker = Broker()
    relay = Relay(Log(6), database, broker)
    relay.step(2)
    relay.step(2)
    broker.fails = 1
    with pytest.raises(Broken):
        relay.step(2)
    relay.step(2)

    assert [0, 1, 2, 3, 4, 4, 5] == broker.taken


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(1, 15), st.lists(st.booleans(), max_size=10))
def test_whatever_breaks_nothing_is_left_out(count: int, page: int, breaks: list[bool]) -> None:
    """Repeated perhaps, never skipped: first appearances are 0, 1, 2 …"""
    database = SqliteDatabase(Path(":memory:"))
    database.write(METADATA.create_all)
    broker = Broker()
    relay = Relay(Log(count), database, broker)
    for fails in breaks:
        broker.fails = int(fails)
        try:
            relay.step(page)
        except Broken:
            continue
    broker.fails = 0
    while relay.step(page):
        pass
    database.close()
    assert list(range(count)) == list(dict.fromkeys(broker.taken))


@pytest.mark.usefixtures("patient")
def test_one_that_led_before_does_not_turn_the_cursor_back(database: SqliteDatabase) -> None:
    """What it keeps late lies behind what the next one has kept; it would look like a lag."""
    log = Log(20)
    late = Relay(log, database, Broker())
    late.step(5)
    late.step(5)
    log.count = 30
    Relay(log, database, Broker()).step(30)
    log.count = 10
    with pytest.raises(RelayAhead):
        Relay(log, database, Broker()).step()
    assert 0 == late.step(5)
    assert 29 == Relay(log, database, Broker()).cursor()
