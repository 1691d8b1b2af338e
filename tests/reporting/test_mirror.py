"""The copy holds every fact as its source wrote it, and knows its own root."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.mirror import copied, keep
from services.reporting.mirror.keeping import STATION
from services.reporting.read_models import METADATA
from shared.carrying.follower import LogOutOfOrder
from shared.envelope import row_of
from tests.reporting.speech import about, withdrawn
from tests.reporting.world import Record, SpokenLog
from tests.shared.log.naive_tree import NaiveTree

LOG = "411603/intake"


def speak(log: SpokenLog, count: int) -> None:
    for number in range(count):
        log.say(withdrawn(number), f"application/case-{number}", about(number % 7))


def test_every_fact_is_kept_byte_for_byte_with_the_columns_its_bytes_give(record: Record) -> None:
    """Bodies, leaves and derived columns are those of the source, facts without a reaction too."""
    speak(record.logs["intake"], 5)
    record.settle(limit=2)

    with record.database.read() as conn:
        found = conn.execute(sa.text("SELECT * FROM mirror_fact ORDER BY position")).all()
        persons = conn.execute(sa.text("SELECT * FROM mirror_person ORDER BY position")).all()
    rows = [row_of(body) for body in record.logs["intake"].bodies]
    assert [
        (LOG, i, r.stream, r.version, r.name, r.at, r.officer, r.journey, r.household, r.township,
         r.village, r.body, r.leaf)
        for i, r in enumerate(rows)
    ] == [tuple(one) for one in found]  # fmt: skip
    assert [(f"p-{i}", LOG, i) for i in range(5)] == [tuple(one) for one in persons]


def test_a_fact_newer_than_this_program_is_kept_although_it_parks(record: Record) -> None:
    """The record is whole even where the program doesn't understand."""
    speak(record.logs["intake"], 1)
    future = (
        record.logs["intake"]
        .bodies[0]
        .replace(b"intake.application_withdrawn", b"intake.something_of_tomorrow")
    )
    record.logs["intake"].bodies[0] = future

    record.settle()

    with record.database.read() as conn:
        kept = conn.exec_driver_sql("SELECT position, body FROM mirror_fact").all()
    assert [(0, future)] == [tuple(row) for row in kept]
    assert 1 == record.followers[1].status().parked


@settings(deadline=None, max_examples=12)
@given(st.lists(st.integers(1, 900), max_size=5))
def test_the_copys_root_is_the_trees_however_the_facts_arrive(batches: list[int]) -> None:
    """Batches of any size leave the frontier of an independent tree, and past ones at stations."""
    log = SpokenLog(LOG)
    speak(log, sum(batches))
    tree = NaiveTree(log.bodies)
    engine = sa.create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.begin() as conn:
        start = 0
        for batch in batches:
            keep(conn, log.facts_at(range(start, start + batch)))
            start += batch
            assert (start, tree.mth(0, start)) == (copied(conn, LOG).size, copied(conn, LOG).root())
        kept = conn.execute(sa.text("SELECT size FROM mirror_frontier ORDER BY size")).scalars()
        stations = range(STATION, start, STATION)
        assert [*stations, *([start] if start else [])] == list(kept)
    engine.dispose()


def test_a_batch_that_leaves_a_gap_or_comes_twice_is_not_kept(record: Record) -> None:
    """The copy ends where it ends; only the next fact fits."""
    speak(record.logs["intake"], 3)
    record.settle()
    speak(record.logs["intake"], 3)
    with record.database.read() as conn:
        for position in (2, 4):
            with pytest.raises(LogOutOfOrder):
                keep(conn, record.logs["intake"].facts_at([position]))

        assert 3 == copied(conn, LOG).size


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE mirror_fact SET officer = 'x'",
        "DELETE FROM mirror_fact WHERE position = 2",
        "INSERT INTO mirror_fact SELECT log, 9, stream, version, name, at, officer, journey, "
        "household, township, village, body, leaf FROM mirror_fact WHERE position = 2",
        "INSERT OR REPLACE INTO mirror_fact SELECT * FROM mirror_fact WHERE position = 1",
        "INSERT OR REPLACE INTO mirror_person SELECT * FROM mirror_person",
        "UPDATE mirror_person SET person = 'x'",
        "DELETE FROM mirror_person",
        "UPDATE mirror_checkpoint SET holds = 1",
        "DELETE FROM mirror_checkpoint",
        "INSERT OR REPLACE INTO mirror_checkpoint SELECT * FROM mirror_checkpoint",
    ],
)
def test_what_is_kept_cannot_be_changed(record: Record, attack: str) -> None:
    """The database itself refuses to change, remove, replace or skip."""
    speak(record.logs["intake"], 3)
    record.settle()
    insert = "INSERT INTO mirror_checkpoint VALUES ('l', 1, x'00', 'note', 0)"
    record.database.write(lambda conn: conn.exec_driver_sql(insert))

    with pytest.raises(sa.exc.DBAPIError, match=r"append-only|UNIQUE|dense"):
        record.database.write(lambda conn: conn.exec_driver_sql(attack))


def test_reporting_keeps_no_key_and_opens_no_seal(record: Record) -> None:
    """Its table of keys stays empty and its definition says that it reads nothing personal."""
    assert record.service.definition.reads_personal is False
    speak(record.logs["intake"], 2)
    record.settle()
    with record.database.read() as conn:
        assert 0 == conn.execute(sa.text("SELECT count(*) FROM subject_key")).scalar_one()


def test_every_log_of_the_site_is_followed(record: Record) -> None:
    """The four houses' logs and its own: one record of all."""
    expected = ("gateway", "intake", "review", "payments", "reporting")

    assert expected == record.service.definition.follows
