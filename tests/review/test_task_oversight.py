"""What complaints, the bureau and an extension leave to be done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from services.review.domain.overseeing import CONTRADICTS, SUPPORTS
from services.review.domain.task_changes import changes_of
from services.review.domain.tasks import Task, after, waiting_now
from shared.facts import review as f
from shared.facts.base import Fact
from tests.review.samples import CASE, CONFIRMED, OBJECTED, OPEN, READY, SURVEYED, UP, road

ON, BY, LATER = date(2024, 3, 18), ("b-1", "b-2"), date(2024, 3, 20)
COMPLAINT = f.ComplaintReceived(CASE, 1, ("o-1",), ON, True, False, None)
LATE_COMPLAINT = replace(COMPLAINT, late=True)
UPHELD = f.ComplaintAnswered(CASE, 1, ("o-2",), LATER, "VISIT", True, LATER)
ANSWERED = f.ComplaintAnswered(CASE, 1, ("o-2",), LATER, "VISIT", False, LATER)
SENT_UP = f.FileSentUp(CASE, ("o-1",), ON, date(2024, 4, 1), {})
AGREED = f.BureauOpinionGiven(CASE, ("b-1",), LATER, True)
SENT_BACK = f.BureauOpinionGiven(CASE, ("b-1",), LATER, False)
EXTENDED = f.LimitExtended(
    CASE, "hard_to_investigate", ("h-1",), ON, date(2024, 5, 10),
    {"limit.decide_extended_working_days": "national/2022-10-20"},
)  # fmt: skip


def visited(conclusion: str) -> f.BureauVisited:
    """The bureau's visit, two days after the complaint."""
    return f.BureauVisited(CASE, BY, BY, LATER, ("COMPLAINT",), conclusion, None)


def opened(**changes: object) -> list[Fact]:
    """The case's first fact, as changed."""
    [fact] = road(OPEN).facts
    return [replace(fact, **changes)]


def tasks(facts: Sequence[Fact]) -> dict[str, Task]:
    """What is open after these."""
    changes = [change for fact in facts for change in changes_of(fact)]
    return {t.step: t for t in after({}, changes).values() if t.done_on is None}


def turn(facts: Sequence[Fact]) -> set[str]:
    """What can be done after these."""
    return {task.step for task in waiting_now(tasks(facts).values())}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((COMPLAINT,), {"answer_complaint", "bureau_visit"}),
        ((COMPLAINT, ANSWERED), {"bureau_visit"}),
        ((COMPLAINT, visited(SUPPORTS)), {"answer_complaint"}),
        ((COMPLAINT, ANSWERED, visited(SUPPORTS)), {"decide"}),
        ((COMPLAINT, ANSWERED, visited(CONTRADICTS)), {"visit"}),
        ((COMPLAINT, UPHELD), {"visit"}),
        ((visited(SUPPORTS), COMPLAINT), {"answer_complaint", "bureau_visit"}),
    ],
)
def test_a_complaint_is_answered_and_the_bureau_visits_before_the_decision(
    more: tuple[Fact, ...], expected: set[str]
) -> None:
    """57号 Art 20, 36, 37; what contradicts the township begins the survey anew."""
    assert expected == turn([*road(*READY).facts, *more])


def test_a_complaint_after_the_decision_asks_for_an_answer_alone() -> None:
    """57号 Art 20 speaks of the stage of confirmation."""
    left = turn([*road(*READY, CONFIRMED).facts, LATE_COMPLAINT])
    assert {"answer_complaint", "certificate", "announce"} == left


def test_a_household_filed_as_relatives_is_visited_by_the_bureau() -> None:
    """57号 Art 11, 20: known from acceptance, its turn comes with the opinion."""
    first = opened(relative_registered=True)
    assert "CIVIL_AFFAIRS" == tasks(first)["bureau_visit"].role
    assert {"close_notice", "bureau_visit"} == turn([*first, *road(*UP).facts[1:]])
    assert {"bureau_visit"} == turn([*first, *road(*READY).facts[1:]])


def test_where_not_devolved_the_file_goes_up_and_the_bureau_decides() -> None:
    """57号 Art 19, 20: ten working days from receipt."""
    ready = [*opened(organ="BUREAU"), *road(*READY).facts[1:]]
    sent = tasks([*ready, SENT_UP])
    assert {"send_file_up"} == turn(ready)
    assert {"bureau_opinion", "decide"} == turn([*ready, SENT_UP])
    assert {"CIVIL_AFFAIRS"} == {sent["bureau_opinion"].role, sent["decide"].role}
    assert date(2024, 4, 1) == sent["bureau_opinion"].due_on
    assert {"decide"} == turn([*ready, SENT_UP, AGREED])
    assert {"visit"} == turn([*ready, SENT_UP, SENT_BACK])
    assert "send_file_up" in tasks([*ready, SENT_UP, SENT_BACK])


def test_an_extended_limit_has_its_new_day_and_article() -> None:
    """57号 Art 22; 83号 四(一)."""
    decide = tasks([*road(*SURVEYED).facts, EXTENDED])["decide"]
    assert (date(2024, 5, 10), "limit.decide_extended_working_days") == (
        decide.due_on,
        decide.rule,
    )


@pytest.mark.parametrize(
    ("conclusion", "answers", "expected"),
    [("TRUE", True, {"answer_objection"}), ("TRUE", False, {"visit", "answer_objection"}),
     ("DISPUTED", True, {"visit", "answer_objection"})],
)  # fmt: skip
def test_an_appraisal_may_stand_for_the_new_investigation(
    conclusion: str, answers: bool, expected: set[str]
) -> None:
    """57号 Art 19; a disputed one asks for a visit (220号 Art 24)."""
    held = f.DemocraticAppraisalHeld(
        CASE, ON, ("o-1",), (), 12, 8, 0, 12, 0, 0, (), conclusion, answers, None, {}, None
    )
    assert expected == turn([*road(*UP, OBJECTED).facts, held])
