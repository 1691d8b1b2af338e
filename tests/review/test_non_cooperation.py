"""A household that doesn't cooperate: asked, warned, asked again, ended (57号 Art 29)."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.refusals import (
    AlreadyDecided,
    AskedDayWrong,
    ComplaintOpen,
    InvestigatorConfirms,
    NoSuchCase,
    NotAskedOften,
    NoTerminationYet,
    NotWarned,
)
from shared.facts.review import NonCooperationRecorded, ProcedureTerminated, WhatWasSaid
from tests.review.samples import (
    ACCEPTED,
    CASE,
    COMPLAINED,
    COMPLAINT_ANSWERED,
    CONFIRMED,
    OBJECTED,
    OPEN,
    OPINION,
    READY,
    SURVEYED,
    UP,
    Step,
    act,
    bureau_visit,
    fact_of,
    refused,
    taking,
    visit,
)

FIRST = refused("REFUSED_VISIT", "2024-03-04")
SECOND = refused("REFUSED_VISIT", "2024-03-06", "o-2", warned=True)
END = act(c.TerminateProcedure(CASE), "2024-03-07", "h-1")


def test_what_was_refused_is_recorded() -> None:
    """Kind, day and warning in the clear; the words are sealed."""
    taking((OPEN,), FIRST).then(
        NonCooperationRecorded(
            case=CASE,
            kind="REFUSED_VISIT",
            asked_on=date(2024, 3, 4),
            warned=False,
            recorded_by=("o-1",),
            recorded_on=date(2024, 3, 4),
            personal=WhatWasSaid("拒不配合"),
        )
    )


def test_the_head_ends_the_procedure() -> None:
    """Asked on two days and warned; told in writing as a refusal is (57号 Art 21, 29)."""
    past = (OPEN, FIRST, SECOND, refused("WITHHELD_MATERIAL", "2024-03-06"))
    taking(past, END).then(
        ProcedureTerminated(
            case=CASE,
            terminated_by=("h-1",),
            terminated_on=date(2024, 3, 7),
            reasons=("REFUSED_VISIT", "WITHHELD_MATERIAL"),
            asked_count=2,
            notice_due_on=date(2024, 3, 12),
            rules={
                "non_cooperation.asked_count_min": "national/2021-07-01",
                "limit.refusal_notice_working_days": "national/2021-07-01",
            },
        )
    )


@pytest.mark.parametrize("past", [(OPEN,), SURVEYED, UP, (*UP, OBJECTED), READY])
def test_a_procedure_can_be_ended_wherever_it_stands(past: tuple[Step, ...]) -> None:
    """57号 Art 29 names no step."""
    days = ("2024-03-18", "2024-03-19")
    asked = tuple(refused("WITHHELD_MATERIAL", day, warned=True) for day in days)
    end = act(c.TerminateProcedure(CASE), "2024-03-20", "h-1")
    assert ("WITHHELD_MATERIAL",) == fact_of((*past, *asked), end).reasons


@pytest.mark.parametrize(
    "asked",
    [(), (SECOND,), (SECOND, SECOND), (SECOND, refused("UNREACHABLE", "2024-03-06"))],
    ids=["never", "once", "the same twice", "two things on one day"],
)
def test_a_household_is_asked_on_several_days(asked: tuple[Step, ...]) -> None:
    """One bad day ends nothing."""
    taking((OPEN, *asked), END).then_refused(NotAskedOften)


def test_a_household_is_told_what_may_follow() -> None:
    """Nobody loses the procedure unwarned."""
    unwarned = refused("REFUSED_VISIT", "2024-03-06")
    taking((OPEN, FIRST, unwarned), END).then_refused(NotWarned)


def test_who_lets_the_visitors_in_refuses_the_visit_no_longer() -> None:
    """Cooperation makes good what came before it, and nothing else."""
    withheld = refused("WITHHELD_MATERIAL", "2024-03-05", warned=True)
    past = (OPEN, FIRST, withheld, SECOND)
    assert 3 == fact_of(past, END).asked_count
    taking((*past, visit("2024-03-06")), END).then_refused(NotAskedOften)
    assert 2 == fact_of((*past, visit("2024-03-05")), END).asked_count


@pytest.mark.parametrize("asked_on", ["2024-02-29", "2024-03-05"])
def test_a_household_is_asked_between_acceptance_and_today(asked_on: str) -> None:
    """Neither before there was a case nor tomorrow."""
    day = date.fromisoformat(asked_on)
    record = c.RecordNonCooperation(CASE, "UNREACHABLE", day, False, "电话不通")
    taking((OPEN,), act(record, "2024-03-04")).then_refused(AskedDayWrong)


@pytest.mark.parametrize(("by", "acting_for"), [("o-2", None), ("h-1", "o-1"), ("o-1", "h-1")])
def test_who_recorded_a_refusal_does_not_end_the_procedure(by: str, acting_for: str | None) -> None:
    """The same distance as for any decision."""
    end = act(c.TerminateProcedure(CASE), "2024-03-07", by, acting_for)
    taking((OPEN, FIRST, SECOND), end).then_refused(InvestigatorConfirms)


def test_an_ended_procedure_stays_ended() -> None:
    """Neither an opinion nor a second end; the members may apply again."""
    past = (*SURVEYED, refused("WITHHELD_MATERIAL", "2024-03-05"), SECOND, END)
    for step in (END, OPINION, CONFIRMED, FIRST):
        taking(past, step).then_refused(AlreadyDecided)


@pytest.mark.parametrize(
    ("day", "refusal"), [("2021-06-30", NoTerminationYet), ("2021-07-01", None)]
)
def test_a_procedure_can_be_ended_from_july_2021(
    day: str, refusal: type[NoTerminationYet] | None
) -> None:
    """220号 knew no such end; what was accepted under it can be ended by 57号 Art 29."""
    accepted = replace(ACCEPTED, accepted_on=date(2021, 6, 1))
    past = (
        act(c.OpenCase(accepted), "2021-06-01", "SYSTEM/review"),
        refused("REFUSED_VISIT", "2021-06-03"),
        refused("REFUSED_VISIT", "2021-06-08", warned=True),
    )
    outcome = taking(past, act(c.TerminateProcedure(CASE), day, "h-1"))
    assert refusal is (type(outcome.refusal) if outcome.refusal else None)


def test_only_a_case_can_be_ended() -> None:
    """Before acceptance there is nothing to end."""
    taking((), END).then_refused(NoSuchCase)


def test_a_complaint_is_answered_before_the_procedure_ends() -> None:
    """Somebody waits for an answer (57号 Art 37)."""
    past = (OPEN, FIRST, SECOND, COMPLAINED)
    end = act(c.TerminateProcedure(CASE), "2024-03-08", "h-1")
    taking(past, end).then_refused(ComplaintOpen)
    later = act(c.TerminateProcedure(CASE), "2024-03-14", "h-1")
    seen = bureau_visit("2024-03-13")
    assert taking((*past, seen, COMPLAINT_ANSWERED), later).facts
