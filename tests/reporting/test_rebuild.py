"""Every figure can be thrown away and counted again from the record."""

import sqlalchemy as sa

from services.reporting.reactions import rebuild_from_mirror
from services.reporting.read_models.counts import FIGURES
from shared.facts.base import Fact
from shared.facts.reporting import MonthlyTableFrozen, TownshipRow
from tests.reporting.speech import (
    DAY,
    DIBAO,
    about,
    confirmed,
    line_drawn,
    line_withdrawn,
    roster_approved,
    roster_drawn,
    settled,
    terminated,
)
from tests.reporting.world import Record

FROZEN = MonthlyTableFrozen(
    DIBAO, "2024-04", ("bureau-1",), DAY, (TownshipRow("411603101", *range(12)),), {}
)


def figures(record: Record) -> dict[str, list[tuple[object, ...]]]:
    with record.database.read() as conn:
        return {
            table.name: sorted(map(tuple, conn.execute(sa.select(table))), key=str)
            for table in FIGURES
        }


def speak(record: Record) -> None:
    review, payments = record.logs["review"], record.logs["payments"]
    for number in range(4):
        review.say(confirmed(number, "2024-04"), f"case/{number}", about(number))
        line = line_drawn(number, "2024-04", 30_000)
        payments.say(line, f"line/{number}", about(number))
    review.say(terminated(3, "2024-06"), "case/3", about(3))
    payments.say(line_withdrawn(2, "2024-04", 30_000), "line/2", about(2))
    payments.say(roster_drawn("2024-04", 1, 90_000), "roster/1", about(0))
    payments.say(roster_approved(1, 90_000), "roster/1", about(0))
    payments.say(settled(1, "2024-04", 30_000), "line/1", about(1))


def test_figures_counted_again_are_the_same(record: Record) -> None:
    """Recipients, rosters, lines and signed tables, from four logs."""
    speak(record)
    record.logs["review"].say(FROZEN, "table/x")  # any log may be read; only its own house counts
    record.settle()
    before = figures(record)

    count = record.database.write(rebuild_from_mirror)

    assert (4, 3, 1) == tuple(len(before[t]) for t in ("recipient", "line_money", "roster"))
    assert 5 + 8 == count
    assert before == figures(record)


def test_what_somebody_wrote_into_a_figure_is_gone_after_a_rebuild(record: Record) -> None:
    """The record is what counts."""
    speak(record)
    record.settle()
    before = figures(record)
    record.database.write(lambda conn: conn.exec_driver_sql("DELETE FROM recipient"))
    record.database.write(lambda conn: conn.exec_driver_sql("UPDATE line_money SET status='PAID'"))

    record.database.write(rebuild_from_mirror)

    assert before == figures(record)


def test_a_parked_fact_stays_uncounted_until_its_turn(record: Record) -> None:
    """A rebuild doesn't apply what the follower couldn't."""
    speak(record)
    first: Fact = confirmed(0, "2024-04")
    record.logs["review"].say(first, "case/0", about(0))  # the same case a second time: parks
    record.settle()
    before = figures(record)
    with record.database.read() as conn:
        assert 1 == conn.execute(sa.text("SELECT count(*) FROM parked")).scalar_one()

    record.database.write(rebuild_from_mirror)

    assert before == figures(record)
