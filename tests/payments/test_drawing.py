"""Drawing a roster: who is listed, and what a second round changes."""

from dataclasses import replace

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from services.payments.domain.drawing import Found
from services.payments.domain.lines import Line, Sums, sums_of
from services.payments.domain.roster import ROSTER
from services.payments.refusals import (
    DutiesNotApart,
    LineExists,
    MonthTooFar,
    RosterAlreadyDrawn,
    RosterEmpty,
)
from shared.deciding import On
from shared.facts.payments import LineDrawn, LineWithdrawn, RosterDrawn
from shared.testing.decisions import context, given
from tests.payments.samples import (
    DRAW,
    DRAWN,
    LINES,
    MONTH,
    RETURNED,
    ROAD,
    SUBMITTED,
    TODAY,
    about,
    line,
)
from tests.payments.world import PROGRAMME, T1

AGAIN = given(DRAWN, SUBMITTED, RETURNED)
FOUND = Found(LINES)


def drawn(household: str, fen: int, version: int = 1, round_: int = 1, after: int = 0) -> On:
    fact = LineDrawn(household, PROGRAMME, MONTH, "RURAL", 2, fen, version, round_)
    return On(f"line/{household}/{PROGRAMME}/{MONTH}", fact, about(household), after)


def withdrawn(household: str, fen: int, reason: str) -> On:
    fact = LineWithdrawn(household, PROGRAMME, MONTH, fen, reason, 2)
    return On(f"line/{household}/{PROGRAMME}/{MONTH}", fact, about(household))


def second(*lines: Line) -> RosterDrawn:
    sums = sums_of(lines)
    return RosterDrawn(
        T1, PROGRAMME, MONTH, 2, ("o-1",), TODAY, len(lines), sums.amount_fen, sums.digest
    )


def test_everyone_who_is_due_is_listed_once() -> None:
    """A fact for each line, by household, and one for the roster with count, sum and digest."""
    sheet = replace(DRAWN, drawn_by=("o-1",))

    given().when(ROSTER, DRAW, context("2024-03-25", gathered=FOUND)).then(
        drawn("hh-1", 30_000), drawn("hh-2", 45_050), sheet
    )


def test_both_persons_of_a_stand_in_have_drawn() -> None:
    """The deputy and whom they stand in for answer for the roster."""
    outcome = given().when(ROSTER, DRAW, context(officer="o-1", acting_for="o-2", gathered=FOUND))

    sheet = outcome.facts[-1]
    assert isinstance(sheet, RosterDrawn)
    assert ("o-1", "o-2") == sheet.drawn_by


def test_an_empty_roster_is_refused() -> None:
    """Nobody is due, so there is nothing to submit."""
    given().when(ROSTER, DRAW, context(gathered=Found(()))).then_refused(RosterEmpty)


def test_households_on_another_townships_roster_are_not_listed_twice() -> None:
    """Where all stand elsewhere the officer is told so; where some do, the others are listed."""
    given().when(ROSTER, DRAW, context(gathered=Found((), (), 2))).then_refused(LineExists)

    outcome = given().when(ROSTER, DRAW, context(gathered=Found(LINES, (), 2)))
    assert 3 == len(outcome.facts)


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_a_roster_is_drawn_once(steps: int) -> None:
    """At no step but after a return is it drawn again."""
    given(*ROAD[:steps]).when(ROSTER, DRAW, context(gathered=FOUND)).then_refused(
        RosterAlreadyDrawn
    )


@pytest.mark.parametrize(("today", "refused"), [("2024-02-29", True), ("2024-03-01", False)])
def test_next_month_is_the_last_that_may_be_drawn(today: str, refused: bool) -> None:
    """A slip of the keyboard doesn't list a month far ahead."""
    outcome = given().when(ROSTER, DRAW, context(today, gathered=FOUND))

    assert refused == isinstance(outcome.refusal, MonthTooFar)


def test_a_second_round_changes_only_what_changed() -> None:
    """An ended line goes, a changed one is drawn afresh, a new one comes, the rest stays."""
    standing = (line("hh-1"), line("hh-2", 45_050), line("hh-3"))
    due = (line("hh-1"), line("hh-2", 40_000, version=3), line("hh-4", 10_000))

    AGAIN.when(ROSTER, DRAW, context("2024-03-25", gathered=Found(due, standing))).then(
        withdrawn("hh-2", 45_050, "TERMS_CHANGED"),
        withdrawn("hh-3", 30_000, "ENTITLEMENT_ENDED"),
        drawn("hh-2", 40_000, version=3, round_=2, after=1),
        drawn("hh-4", 10_000, round_=2),
        second(*due),
    )


def test_a_second_round_may_empty_the_roster() -> None:
    """Else a line that ended would stand on a returned roster for ever."""
    AGAIN.when(ROSTER, DRAW, context("2024-03-25", gathered=Found((), (line(),)))).then(
        withdrawn("hh-1", 30_000, "ENTITLEMENT_ENDED"), second()
    )


def test_a_reviewer_does_not_draw_the_next_round() -> None:
    """Whoever returned it stays on the bureau's side."""
    AGAIN.when(ROSTER, DRAW, context(officer="reviewer", gathered=FOUND)).then_refused(
        DutiesNotApart
    )
    AGAIN.when(
        ROSTER, DRAW, context(officer="o-9", acting_for="reviewer", gathered=FOUND)
    ).then_refused(DutiesNotApart)


lines = st.dictionaries(
    st.sampled_from([f"hh-{n}" for n in range(6)]),
    st.tuples(st.integers(1, 10**6), st.integers(1, 3)),
).map(lambda found: tuple(line(h, fen, version) for h, (fen, version) in sorted(found.items())))


@law(due=lines, standing=lines)
def test_after_a_round_exactly_the_due_lines_stand(
    due: tuple[Line, ...], standing: tuple[Line, ...]
) -> None:
    """Standing − withdrawn + drawn = due, whatever both were; the totals are those of due."""
    if not due and not standing:
        return
    facts = AGAIN.when(ROSTER, DRAW, context(gathered=Found(due, standing))).facts
    stand = {one.household: (one.amount_fen, one.entitlement_version) for one in standing}
    for on in facts[:-1]:
        assert isinstance(on, On)
        if isinstance(on.fact, LineWithdrawn):
            assert on.fact.amount_fen == stand.pop(on.fact.household)[0]
        if isinstance(on.fact, LineDrawn):
            assert on.fact.household not in stand
            stand[on.fact.household] = (on.fact.amount_fen, on.fact.entitlement_version)
    wanted = {one.household: one.entitlement_version for one in due}
    assert wanted == {household: version for household, (_, version) in stand.items()}
    sheet = facts[-1]
    assert isinstance(sheet, RosterDrawn)
    assert sums_of(due) == Sums(sheet.lines_count, sheet.amount_fen, sheet.digest)


@law(due=lines, standing=lines)
def test_two_runs_side_by_side_give_what_two_tables_gave(
    due: tuple[Line, ...], standing: tuple[Line, ...]
) -> None:
    """First all that goes, then all that comes, each by household; who comes again is second."""
    if not due and not standing:
        return
    facts = AGAIN.when(ROSTER, DRAW, context(gathered=Found(due, standing))).facts

    wanted = {one.household: one for one in due}
    there = {one.household: one.entitlement_version for one in standing}
    gone = [
        (one.household, "TERMS_CHANGED" if one.household in wanted else "ENTITLEMENT_ENDED", 0)
        for one in standing
        if one.household not in wanted
        or wanted[one.household].entitlement_version != one.entitlement_version
    ]
    fresh = [
        (one.household, one.amount_fen, int(one.household in there))
        for one in due
        if there.get(one.household) != one.entitlement_version
    ]
    assert [*gone, *fresh] == [_told(on) for on in facts[:-1] if isinstance(on, On)]


def _told(on: On) -> tuple[str, str | int, int]:
    if isinstance(on.fact, LineWithdrawn):
        return on.fact.household, on.fact.reason, on.after
    assert isinstance(on.fact, LineDrawn)
    return on.fact.household, on.fact.amount_fen, on.after


@law(due=lines)
def test_a_rosters_digest_knows_every_change(due: tuple[Line, ...]) -> None:
    """One fen more gives another."""
    if due:
        changed = (replace(due[0], amount_fen=due[0].amount_fen + 1), *due[1:])
        assert sums_of(due).digest != sums_of(changed).digest


@pytest.mark.parametrize("wrong", [LINES[::-1], (LINES[0], LINES[0])])
def test_lines_come_by_household_and_each_once(wrong: tuple[Line, ...]) -> None:
    """Otherwise nothing is drawn: what gave them has a fault."""
    with pytest.raises(ValueError, match="hh-1 after hh-"):
        given().when(ROSTER, DRAW, context("2024-03-25", gathered=Found(wrong)))
