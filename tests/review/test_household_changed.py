"""A member dies, or nobody is left, while the case is under review (57号 Art 7, 16, 19)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.domain.state import Open
from services.review.read_models import case_status
from services.review.refusals import (
    MembersDiffer,
    NoEligibleOpinion,
    NotVerified,
    NotVisited,
    VisitDayWrong,
)
from shared.facts.intake import MemberDied
from shared.facts.people import Member
from shared.facts.review import CaseClosed, HouseholdChanged
from tests.review.houses import Houses
from tests.review.samples import (
    ASKED,
    CASE,
    CONFIRMED,
    DECLINED,
    NUMBERS,
    OBJECTED,
    OPEN,
    OPINION,
    POSTED,
    READY,
    REPORTED,
    SEALED,
    TOO_RICH,
    UP,
    Step,
    act,
    bureau_visit,
    road,
    taking,
    visit,
    visit_by,
)

ON = date(2024, 3, 15)
LEFT = (Member("p-1", "HEAD"), Member("p-2", "CHILD"))
NAMED = replace(SEALED, members=SEALED.members[:2])
DIED = MemberDied(CASE, "p-3", date(2024, 3, 14), ON, "p-1", LEFT, NAMED)
CHANGED = HouseholdChanged(
    CASE, "MEMBER_DIED", "p-3", date(2024, 3, 14), ON, "p-1", LEFT, False, NAMED
)
DEATH = act(c.ChangeHousehold(DIED), "2024-03-15", "SYSTEM/review")
AGAIN = "2024-03-18"


@pytest.mark.parametrize("past", [(OPEN,), UP, READY], ids=len)
def test_a_death_before_the_decision_changes_the_household(past: tuple[Step, ...]) -> None:
    """Wherever the case stands."""
    taking(past, DEATH).then(CHANGED)


def test_after_a_death_nothing_found_before_supports_a_decision() -> None:
    """No confirmation, no opinion, no notice from another household's survey."""
    past = (*READY, DEATH)
    taking(past, CONFIRMED).then_refused(NoEligibleOpinion)
    taking(past, POSTED).then_refused(NoEligibleOpinion)
    taking(past, OPINION).then_refused(NotVisited)
    revisited = visit(AGAIN, members_count=2)
    taking((*past, revisited), OPINION).then_refused(NotVerified)


def test_whoever_is_left_is_visited_as_they_are() -> None:
    """Two now: a form for three is of another household."""
    past = (*READY, DEATH)
    taking(past, visit(AGAIN)).then_refused(MembersDiffer)
    assert taking(past, visit(AGAIN, members_count=2)).facts


def test_a_visit_from_before_the_death_is_of_another_household() -> None:
    """However late it is written down; the day itself and later ones count."""
    past = (*READY, DEATH)
    for day, counts in (("2024-03-13", False), ("2024-03-14", True), (AGAIN, True)):
        late = visit_by(("o-1", "o-2"), date.fromisoformat(day), members_count=2)
        given = taking(past, (late, visit(AGAIN)[1]))
        assert counts is (given.refusal is None)
        assert counts or isinstance(given.refusal, VisitDayWrong)


def test_after_a_new_survey_the_smaller_household_is_confirmed() -> None:
    """All of the road again, for two members."""
    surveyed = (visit(AGAIN, members_count=2), moved(ASKED, AGAIN), moved(REPORTED, AGAIN))
    shown = (moved(OPINION, AGAIN), moved(POSTED, AGAIN))
    closed = act(c.ClosePublicNotice(CASE), "2024-03-26")
    past = (*READY, DEATH, *surveyed, *shown, closed)
    [confirmed] = taking(past, moved(CONFIRMED, "2024-03-27")).facts
    assert 2 == getattr(confirmed, "members_count", None)


def test_that_the_bureau_has_been_there_stays_true() -> None:
    """It went to the home before the decision (57号 Art 20); the township surveys anew."""
    state = DECIDER.fold(road(*UP, bureau_visit("2024-03-13"), DEATH).facts)
    assert isinstance(state, Open)
    assert state.oversight.bureau_visit is not None


def test_an_objection_still_waits_after_a_death() -> None:
    """Nobody's word is lost: the new visit is its investigation."""
    past = (*UP, OBJECTED, DEATH)
    outcome = taking(past, OPINION)
    assert outcome.refusal is not None
    assert "OBJECTION_OPEN" == outcome.refusal.code


@pytest.mark.parametrize(
    "past", [(*READY, CONFIRMED), (*TOO_RICH, DECLINED)], ids=["confirmed", "declined"]
)
def test_a_death_after_the_decision_is_noted_and_the_decision_stands(
    past: tuple[Step, ...],
) -> None:
    """The check within three months (83号 一(三)) is another road."""
    taking(past, DEATH).then(replace(CHANGED, late=True))
    assert type(state_after(past)) is type(state_after((*past, DEATH)))


def test_a_death_that_concerns_no_open_case_changes_nothing() -> None:
    """Before acceptance, or after the household took its application back."""
    taking((), DEATH).then()
    withdrawn = act(c.CloseCase(CASE), "2024-03-14", "SYSTEM/review")
    taking((OPEN, withdrawn), DEATH).then()


@pytest.mark.parametrize("reason", ["WITHDRAWN", "SOLE_MEMBER_DIED", "MOVED_AWAY"])
def test_a_case_closes_for_the_reason_that_intake_gives(reason: str) -> None:
    """Taken back, nobody left, moved away."""
    close = act(c.CloseCase(CASE, reason), "2024-03-15", "SYSTEM/review")
    taking((OPEN,), close).then(CaseClosed(CASE, reason, ON, late=False))


def test_a_death_told_at_intake_sends_the_case_back_to_its_visit(houses_on_each: Houses) -> None:
    """The worklist asks for the survey anew; the rows follow from the log."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    houses.do("o-1", "report_member_death", case=case, resident_id=NUMBERS[2], died_on="2024-03-03")
    with houses.review.database.read() as conn:
        status = case_status(conn, case)

    assert status is not None
    assert "record_household_visit" == status.step
    before = houses.rows()
    assert ["REPLACED"] == [row[10] for row in before["public_notice"]]
    houses.review.rebuild()
    assert before == houses.rows()


def moved(step: Step, today: str) -> Step:
    """The same step on another day."""
    command, surroundings = step
    return act(command, today, surroundings.actor.officer)


def state_after(past: tuple[Step, ...]) -> Any:
    """Where the case stands."""
    return DECIDER.fold(road(*past).facts)
