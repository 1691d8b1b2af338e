"""A roster of any length: written a page at a time, and the same as if written at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.payments.read_models.tables import ROSTER, ROSTER_LINE
from shared.database import PostgresDatabase
from shared.log import store
from shared.log.store import Conflict
from tests.payments.world import House, house, on_sqlite, prepare, roster
from tests.servers import PostgresDatabase as Server

AT_ONCE, A_PAGE = 1_000, 2
Told = tuple[list[bytes], list[object]]


@pytest.fixture(params=["sqlite", "postgres"])
def any_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The same house on either engine."""
    if request.param == "sqlite":
        made = on_sqlite(tmp_path)
    else:
        server: Server = request.getfixturevalue("postgres_database")
        database = PostgresDatabase(server.url())
        prepare(database)
        made = house(database)
    yield made
    made.service.database.close()


def of_pages(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that goes by the page go by so many."""
    for name in ("decider.CHUNK", "spool.PAGE", "paging.PAGE"):
        monkeypatch.setattr(f"shared.{name}", size)


def a_month(house: House) -> Told:
    """Seven households drawn; returned; of five one stays as it is; drawn again and approved."""
    for number in range(1, 8):
        house.open(number, fen=30_000 + number)
    house.do("t1-a", "draw_roster", **roster())
    house.do("t1-head", "submit_roster", **roster())
    house.do("bureau-1", "return_roster", **roster(), reason="请核对")
    for number in (2, 3, 6):
        house.open(number, fen=40_000 + number, case=f"case-{number}b")
    house.end(5, "2024-04")
    house.open(8)
    house.do("t1-a", "draw_roster", **roster())
    house.approve()
    with house.service.database.read() as conn:
        bodies = [fact.body for fact in store.read_all(conn)]
    return bodies, [*house.rows(ROSTER), *house.rows(ROSTER_LINE)]


def test_a_page_at_a_time_gives_the_same_facts_and_tables(
    any_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte: ids, versions, order, totals; also of lines that go and come again."""
    (tmp_path / "other").mkdir()
    other = on_sqlite(tmp_path / "other")
    of_pages(AT_ONCE, monkeypatch)
    expected = a_month(other)
    other.service.database.close()

    of_pages(A_PAGE, monkeypatch)
    assert expected == a_month(any_house)


def test_a_roster_of_several_pages_is_drawn_whole_or_not_at_all(
    any_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second page's append fails, each time: no line of any stands, and no fact."""
    of_pages(A_PAGE, monkeypatch)
    for number in range(1, 6):
        any_house.open(number)
    before = len(any_house.facts())
    appended: list[int] = []
    append = store.append

    def failing(conn: object, rows: list[object]) -> list[int]:
        appended.append(len(rows))
        if len(appended) % 2 == 0:
            raise Conflict("line/somebody-was-first")
        return append(conn, rows)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("shared.log.store.append", failing)
        answer = any_house.draw()
    assert ("conflict", [], before) == (
        answer.outcome, any_house.rows(ROSTER_LINE), len(any_house.facts()),
    )  # fmt: skip

    assert any_house.draw().done
    assert 6 == len(any_house.facts()) - before
