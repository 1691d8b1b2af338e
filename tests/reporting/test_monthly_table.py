"""The month's table keeps its laws whatever happened, and in whatever order it was heard."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import cast

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from services.reporting.projections import FIGURES_FROM
from services.reporting.read_models import (
    LINE_MONEY,
    METADATA,
    RECIPIENT,
    ROSTER,
    monthly_table,
    totals,
    unit_names,
)
from shared import codec
from shared.authority_rows import on_unit_registered
from shared.codec import Recorded
from shared.facts.base import Fact
from shared.facts.gateway import UnitRegistered
from shared.facts.reporting import TownshipRow
from shared.months import month_after
from tests.reporting.speech import (
    DIBAO,
    about,
    confirmed,
    instructed,
    line_drawn,
    line_withdrawn,
    returned,
    roster_approved,
    roster_drawn,
    settled,
    terminated,
    unit,
)
from tests.reporting.world import SpokenLog

ENGINE = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
METADATA.create_all(ENGINE)
TOWNS = ("411603101", "411603102", "411603103")
MONTHS = [month_after("2024-01", count) for count in range(8)]
Facts = Sequence[Recorded[Fact]]
Units = Sequence[Recorded[UnitRegistered]]


@contextmanager
def fresh() -> Iterator[Connection]:
    """Empty tables, and emptied again."""
    with ENGINE.connect() as conn:
        yield conn
        conn.rollback()


def hear(conn: Connection, *logs: Facts, batch: int = 3) -> None:
    """Follow the logs turn by turn, `batch` facts each."""
    for start in range(0, max(map(len, logs), default=0), batch):
        for log in logs:
            chunk = log[start : start + batch]
            for kind, run in groupby(chunk, key=lambda recorded: type(recorded.fact)):
                house = kind.name.split(".")[0]
                FIGURES_FROM[house][kind](conn, list(run))


@dataclass(frozen=True)
class Case:
    town: str
    members: int
    start: int
    stop: int | None


cases = st.builds(
    Case,
    st.sampled_from(TOWNS),
    st.integers(1, 6),
    st.integers(0, 6),
    st.none() | st.integers(0, 7),
)


def decisions(drawn: list[Case]) -> Facts:
    """Review's log: each case confirmed, some stopped, stops after all confirmations."""
    log = SpokenLog("411603/review")
    for number, case in enumerate(drawn):
        fact = confirmed(number, MONTHS[case.start], case.members, household=number % 3)
        log.say(fact, f"case/{number}", about(number, case.town))
    for number, case in enumerate(drawn):
        if case.stop is not None:
            stop = terminated(number, MONTHS[case.stop])
            log.say(stop, f"case/{number}", about(number, case.town))
    return read(log)


def read(log: SpokenLog) -> Facts:
    return [codec.decode(body, None, position) for position, body in enumerate(log.bodies)]


def table(conn: Connection, month: str) -> dict[str, TownshipRow]:
    return {row.township: row for row in monthly_table(conn, DIBAO, month)}


@settings(deadline=None, max_examples=50)
@given(st.lists(cases, max_size=12))
def test_the_end_is_the_start_and_the_new_less_the_exits(drawn: list[Case]) -> None:
    """In every township and month, for households and persons; the next month starts there."""
    with fresh() as conn:
        hear(conn, decisions(drawn))
        for month, after in pairwise(MONTHS):
            now, then = table(conn, month), table(conn, after)
            for row in now.values():
                households = row.start_households + row.new_households - row.exit_households
                persons = row.start_persons + row.new_persons - row.exit_persons
                assert (households, persons) == (row.end_households, row.end_persons)
            ends = {t: (r.end_households, r.end_persons) for t, r in now.items()}
            starts = {t: (r.start_households, r.start_persons) for t, r in then.items()}
            assert {t: n for t, n in ends.items() if any(n)} == {
                t: n for t, n in starts.items() if any(n)
            }


@settings(deadline=None, max_examples=50)
@given(st.lists(cases, max_size=12), st.sampled_from(range(8)))
def test_who_is_paid_for_the_month_is_counted_at_its_end(drawn: list[Case], at: int) -> None:
    """Counted one by one: confirmed by then, and not stopped by then."""
    paid = [c for c in drawn if c.start <= at and (c.stop is None or c.stop > at)]
    expected = Counter(case.town for case in paid)
    persons = {town: sum(c.members for c in paid if c.town == town) for town in expected}
    with fresh() as conn:
        hear(conn, decisions(drawn))
        rows = table(conn, MONTHS[at]).values()
        found = {row.township: row.end_households for row in rows if row.end_households}
        assert dict(expected) == found
        assert persons == {row.township: row.end_persons for row in rows if row.end_persons}


@dataclass(frozen=True)
class Money:
    town: int
    amount: int
    changed: bool
    fate: str


FATES = {
    "waiting": (),
    "instructed": (instructed,),
    "paid": (instructed, settled),
    "returned": (instructed, returned),
    "issued again": (instructed, returned, instructed),
    "paid at last": (instructed, returned, instructed, settled),
}
moneys = st.builds(
    Money, st.integers(0, 2), st.integers(1, 99_999), st.booleans(), st.sampled_from(sorted(FATES))
)


def payments(lines: list[Money], sent_back: set[int], approved: set[int]) -> Facts:
    """Payments' log of one month: drawn, some rosters sent back and drawn again, then paid."""
    log, month = SpokenLog("411603/payments"), "2024-04"
    for town, code in enumerate(TOWNS):
        roster = f"roster/{code}/{DIBAO}/{month}"
        own = [(number, line) for number, line in enumerate(lines) if line.town == town]
        total = sum(line.amount for _, line in own)
        for number, line in own:
            log.say(line_drawn(number, month, line.amount), f"line/{number}", about(number, code))
        log.say(roster_drawn(month, 1, total, code), roster, about(0, code))
        if town in sent_back:
            for number, line in own:
                if line.changed:
                    fact = line_withdrawn(number, month, line.amount)
                    log.say(fact, f"line/{number}", about(number, code))
                    again = line_drawn(number, month, line.amount + 1, 2)
                    log.say(again, f"line/{number}", about(number, code))
            total += sum(line.changed for _, line in own)
            log.say(roster_drawn(month, 2, total, code), roster, about(0, code))
        if town in approved:
            log.say(roster_approved(2 if town in sent_back else 1, total), roster, about(0, code))
            for number, line in own:
                for step in FATES[line.fate]:
                    log.say(step(number, month, line.amount), f"line/{number}", about(number, code))
    return read(log)


towns = st.sets(st.integers(0, 2))


@settings(deadline=None, max_examples=50)
@given(st.lists(moneys, max_size=12), towns, towns)
def test_the_approved_sum_is_paid_returned_or_pending(
    lines: list[Money], sent_back: set[int], approved: set[int]
) -> None:
    """What the bureau approved is the sum of the lines by where their money is; none is twice."""
    with fresh() as conn:
        hear(conn, payments(lines, sent_back, approved))
        found = table(conn, "2024-04")
        for town, code in enumerate(TOWNS):
            sums = {"PAID": 0, "RETURNED": 0, "OPEN": 0}
            for line in lines:
                if line.town == town and town in approved:
                    more = line.changed and town in sent_back
                    sums[_where(line.fate)] += line.amount + more
            row = found[code]
            assert tuple(sums.values()) == (row.paid_fen, row.returned_fen, row.pending_fen)
            assert row.approved_fen == row.paid_fen + row.returned_fen + row.pending_fen


def _where(fate: str) -> str:
    if fate.startswith("paid"):
        return "PAID"
    return "RETURNED" if fate == "returned" else "OPEN"


@settings(deadline=None, max_examples=50)
@given(st.lists(cases, max_size=8), st.lists(moneys, max_size=8), towns, st.integers(1, 5))
def test_the_order_between_logs_and_the_batches_do_not_matter(
    drawn: list[Case], lines: list[Money], sent_back: set[int], batch: int
) -> None:
    """One log before the other, the other before the one, or by turns: the same tables."""
    review, paying = decisions(drawn), payments(lines, sent_back, {0, 1, 2})
    with fresh() as conn:
        hear(conn, review, batch=500)
        hear(conn, paying, batch=500)
        first = everything(conn)
    with fresh() as conn:
        hear(conn, paying, review, batch=batch)
        assert first == everything(conn)


def everything(conn: Connection) -> list[list[tuple[object, ...]]]:
    tables = (RECIPIENT, ROSTER, LINE_MONEY)
    return [sorted(map(tuple, conn.execute(sa.select(table))), key=str) for table in tables]


def test_a_household_that_comes_back_is_an_exit_and_new_again() -> None:
    """Two cases of one household are two stays in payment."""
    log = SpokenLog("411603/review")
    log.say(confirmed(1, "2024-02", household=9), "case/1", about(1))
    log.say(terminated(1, "2024-04"), "case/1", about(1))
    log.say(confirmed(2, "2024-04", 3, household=9), "case/2", about(2))
    with fresh() as conn:
        hear(conn, read(log))
        [row] = monthly_table(conn, DIBAO, "2024-04")
        households = (row.start_households, row.new_households, row.exit_households)
        assert ((1, 1, 1), 1) == (households, row.end_households)
        assert (2, 3, 2, 3) == (
            row.start_persons, row.new_persons, row.exit_persons, row.end_persons
        )  # fmt: skip


def test_every_unit_of_the_month_stands_in_the_table_and_no_department() -> None:
    """A township without recipients reports zeros; one whose code has ended isn't asked."""
    ended = unit("411603203", "刘振屯乡")
    log = SpokenLog("411603/gateway")
    for fact in (unit(TOWNS[0], "新站镇"), unit("411603L02", "农场", "FARM"),
                 unit("411603", "区民政局", "DEPARTMENT"), ended):  # fmt: skip
        log.say(fact, f"unit/{fact.unit}")
    with fresh() as conn:
        on_unit_registered(conn, cast("Units", read(log)))
        conn.execute(sa.text("UPDATE unit SET to_on = '2022-10-30' WHERE unit = '411603203'"))
        hear(conn, decisions([Case(TOWNS[1], 2, 0, None)]))
        rows = monthly_table(conn, DIBAO, "2024-03")
        assert [TOWNS[0], TOWNS[1], "411603L02"] == [row.township for row in rows]
        assert [0, 1, 0] == [row.end_households for row in rows]
        assert "农场" == unit_names(conn)["411603L02"]


def test_the_districts_row_is_the_sum_of_all() -> None:
    """Under an empty code."""
    one = TownshipRow("a", *range(1, 13))
    two = TownshipRow("b", *range(101, 113))

    assert TownshipRow("", *range(102, 126, 2)) == totals([one, two])
    assert TownshipRow("", *[0] * 12) == totals([])
