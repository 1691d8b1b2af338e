"""Freezing a table: who signs answers for the figures (统计法 Art 24)."""

from datetime import date

import pytest
import sqlalchemy as sa

from services.reporting.commands import FreezeMonthlyTable
from services.reporting.domain.table import TABLE, TableNow
from services.reporting.mirror import timeline
from services.reporting.refusals import (
    MonthAhead,
    NothingChanged,
    NothingToFreeze,
    RecordIncomplete,
)
from shared.answer import Answer
from shared.context import Context
from shared.facts.intake import ApplicationWithdrawn
from shared.facts.reporting import MonthlyTableFrozen, TownshipRow
from shared.identity import content_uuid
from shared.testing.decisions import context, given
from shared.token import Identity, issue
from tests.reporting.speech import DAY, DIBAO, about, appointed, confirmed, terminated, unit
from tests.reporting.world import TOKEN_KEY, Record

ROW = TownshipRow("411603101", 1, 1, 0, 2, 3, 2, 0, 5, 60_000, 60_000, 0, 0)
ROWS, OTHER = (ROW,), (TownshipRow("411603101", *[0] * 12),)
POSITIONS = {"411603/review": 7}
FREEZE = FreezeMonthlyTable(DIBAO, "2024-03")


def now(rows: tuple[TownshipRow, ...], parked: int = 0, **more: str) -> Context:
    return context(gathered=TableNow(rows, POSITIONS, parked), **more)


def frozen(rows: tuple[TownshipRow, ...]) -> MonthlyTableFrozen:
    return MonthlyTableFrozen(DIBAO, "2024-03", ("o-1",), date(2024, 3, 4), rows, POSITIONS)


def test_a_table_is_frozen_with_its_rows_and_how_far_the_record_went() -> None:
    """Who, when, which figures, read where."""
    given().when(TABLE, FREEZE, now(ROWS)).then(frozen(ROWS))


def test_who_stands_in_signs_together_with_whom_they_stand_in_for() -> None:
    """Both answer."""
    outcome = given().when(TABLE, FREEZE, now(ROWS, acting_for="o-2"))

    assert [("o-1", "o-2")] == [fact.frozen_by for fact in outcome.facts]  # type: ignore[union-attr]


def test_the_same_table_is_not_frozen_twice() -> None:
    """Nothing has changed: no second signature."""
    given(frozen(ROWS)).when(TABLE, FREEZE, now(ROWS)).then_refused(NothingChanged)


def test_a_correction_is_a_new_fact() -> None:
    """Other figures are signed anew; going back to the first is a correction too."""
    given(frozen(ROWS)).when(TABLE, FREEZE, now(OTHER)).then(frozen(OTHER))
    given(frozen(ROWS), frozen(OTHER)).when(TABLE, FREEZE, now(ROWS)).then(frozen(ROWS))


def test_a_month_that_has_not_begun_has_no_table() -> None:
    """The current month may be signed, the next may not."""
    ahead = FreezeMonthlyTable(DIBAO, "2024-04")
    given().when(TABLE, ahead, now(ROWS)).then_refused(MonthAhead)


def test_a_table_is_not_signed_while_facts_are_parked() -> None:
    """It would leave them out."""
    given().when(TABLE, FREEZE, now(ROWS, parked=1)).then_refused(RecordIncomplete)


def test_an_empty_table_is_not_signed() -> None:
    """No unit is known."""
    given().when(TABLE, FREEZE, now(())).then_refused(NothingToFreeze)


def test_a_foreign_fact_on_a_tables_stream_is_an_error() -> None:
    """Trouble, not a refusal."""
    with pytest.raises(ValueError, match="doesn't belong"):
        TABLE.evolve(TABLE.initial, ApplicationWithdrawn("c", "r", DAY))


@pytest.fixture
def district(record: Record) -> Record:
    """A township with one household in payment since March, and officers of three posts."""
    gateway, review = record.logs["gateway"], record.logs["review"]
    gateway.say(unit("411603101", "新站镇"), "unit/411603101")
    for officer, role, town in (
        ("bureau-1", "CIVIL_AFFAIRS", None),
        ("finance-1", "FINANCE", None),
        ("clerk-1", "CASE_OFFICER", "411603101"),
    ):
        gateway.say(appointed(officer, role, town), f"appointment/a-{officer}")
    review.say(confirmed(1, "2024-03"), "case/1", about(1))
    record.settle()
    return record


def give(record: Record, officer: str, number: int = 1, **payload: str) -> Answer:
    token = issue(TOKEN_KEY, "411603", Identity(officer, None), record.clock.now())
    command_id = str(content_uuid("freeze", str(number)))
    wanted = {"programme": DIBAO, "month": "2024-03"} | payload
    answer = record.service.door.execute("freeze_monthly_table", wanted, token, command_id)
    record.settle()
    return answer


def frozen_rows(record: Record) -> list[tuple[int, str, int]]:
    query = "SELECT version, township, end_households FROM frozen_row ORDER BY version, township"
    with record.database.read() as conn:
        return [tuple(row) for row in conn.execute(sa.text(query))]


def test_the_bureau_freezes_and_corrects_through_the_door(district: Record) -> None:
    """Each signed form stays in rows of its own version."""
    assert ("done", 1) == _outcome(give(district, "bureau-1"))
    assert "NOTHING_CHANGED" == give(district, "bureau-1", 2).code
    district.logs["review"].say(terminated(1, "2024-03"), "case/1", about(1))
    district.settle()
    assert ("done", 2) == _outcome(give(district, "bureau-1", 3))

    assert [(1, "411603101", 1), (2, "411603101", 0)] == frozen_rows(district)


def _outcome(answer: Answer) -> tuple[str, int | None]:
    return answer.outcome, answer.version


@pytest.mark.parametrize("officer", ["finance-1", "clerk-1"])
def test_no_other_post_freezes_and_the_denial_stands_in_the_record(
    district: Record, officer: str
) -> None:
    """A denial at reporting's own door is in the same timeline as all else."""
    answer = give(district, officer)

    assert ("denied", "WRONG_ROLE") == (answer.outcome, answer.code)
    with district.database.read() as conn:
        [entry] = timeline(conn, officer=officer)
    assert ("411603/reporting", "door.command_refused") == (entry.log, entry.fact)
    assert [] == frozen_rows(district)


@pytest.mark.parametrize("payload", [{"month": "2024-13"}, {"programme": "PENSION"}])
def test_a_bad_request_is_refused_by_field(district: Record, payload: dict[str, str]) -> None:
    """The answer names the field that is wrong."""
    answer = give(district, "bureau-1", 1, **payload)

    assert ("refused", "BAD_COMMAND") == (answer.outcome, answer.code)
    assert set(payload) == set(answer.details)


def test_nobody_brings_figures_of_their_own(district: Record) -> None:
    """The table comes from the record; a request that carries rows is refused."""
    answer = give(district, "bureau-1", 1, rows="mine")

    assert ("refused", "BAD_COMMAND") == (answer.outcome, answer.code)
    assert [] == frozen_rows(district)
