"""What waits for whom after each step, and until when."""

from datetime import date
from typing import Any

import pytest

from services.review import commands as c
from services.review.domain.task_changes import CHANGES, changes_of
from services.review.domain.tasks import TITLES, Begun, Task, after, waiting_now
from services.review.domain.timeliness import course_of
from shared.facts.base import Fact
from shared.facts.review import FileSentUp
from shared.policy.loader import load_policy
from shared.policy.pack import Unit
from tests.review.samples import (
    ANSWERED,
    ASKED,
    CASE,
    COMPLAINED,
    CONFIRMED,
    DECLINED,
    DIFFERING,
    OBJECTED,
    OPEN,
    OPINION,
    READY,
    REVISITED,
    SURVEYED,
    TOO_RICH,
    UP,
    VISITED,
    Step,
    act,
    road,
)
from tests.review.test_household_changed import DEATH

POLICY = load_policy()
STOPPED = act(c.TerminateAllowance(CASE, "OWN_WISH"), "2024-04-01", "h-1")
SERVED = act(c.ServeWrittenNotice(CASE, "MAIL"), "2024-03-08")
AGAIN = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-12", "o-2")


def tasks_after(*steps: Step) -> list[Task]:
    """Everything that these steps leave, done or not."""
    changes = [change for fact in road(*steps).facts for change in changes_of(fact)]
    return list(after({}, changes).values())


def left(*steps: Step) -> dict[str, str | None]:
    """What is open: step → its own last day."""
    return {
        task.step: task.due_on.isoformat() if task.due_on else None
        for task in tasks_after(*steps)
        if task.done_on is None
    }


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((OPEN,), {"survey_start": "2024-03-06", "visit": None, "verification_request": None,
                   "opinion": None, "decide": "2024-03-29"}),
        ((OPEN, VISITED), {"verification_request": None, "opinion": None, "decide": "2024-03-29"}),
        (SURVEYED[:3], {"verification_start": "2024-03-07", "opinion": None,
                        "decide": "2024-03-29"}),
        (SURVEYED, {"opinion": None, "decide": "2024-03-29"}),
        ((*SURVEYED, OPINION), {"post_notice": None, "decide": "2024-03-29"}),
        (UP, {"close_notice": None, "decide": "2024-03-29"}),
        ((*UP, OBJECTED), {"close_notice": None, "visit": None, "answer_objection": None,
                           "decide": "2024-03-29"}),
        ((*UP, OBJECTED, REVISITED), {"close_notice": None, "answer_objection": None,
                                      "decide": "2024-03-29"}),
        ((*UP, OBJECTED, REVISITED, ANSWERED), {"close_notice": None, "opinion": None,
                                                "decide": "2024-03-29"}),
        ((*UP, OBJECTED, REVISITED, ANSWERED, AGAIN), {"post_notice": None,
                                                       "decide": "2024-03-29"}),
        (READY, {"decide": "2024-03-29"}),
        ((*READY, CONFIRMED), {"certificate": None, "announce": None}),
        ((*READY, CONFIRMED, STOPPED), {}),
        ((*UP, DEATH), {"visit": None, "verification_request": None, "opinion": None,
                       "decide": "2024-03-29"}),
        ((*TOO_RICH, DECLINED), {"refusal_notice": "2024-03-12"}),
        ((*TOO_RICH, DECLINED, SERVED), {}),
        ((OPEN, act(c.CloseCase(CASE), "2024-03-05", "SYSTEM/review")), {}),
    ],
)  # fmt: skip
def test_each_step_leaves_what_the_law_asks_next(
    steps: tuple[Step, ...], expected: dict[str, str | None]
) -> None:
    """57号 Art 15-21; 83号 四(一): limits with their last day, the others without."""
    assert expected == left(*steps)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((OPEN,), {"survey_start", "visit", "verification_request"}),
        (SURVEYED, {"opinion"}),
        (UP, {"close_notice"}),
        ((*UP, OBJECTED), {"visit", "answer_objection"}),
        ((*UP, OBJECTED, REVISITED, ANSWERED), {"opinion"}),
        ((*UP, OBJECTED, REVISITED, ANSWERED, AGAIN), {"post_notice"}),
        (READY, {"decide"}),
        (TOO_RICH, {"decide"}),
    ],
)
def test_a_task_waits_for_its_turn(steps: tuple[Step, ...], expected: set[str]) -> None:
    """The decision for the notice, or for an opinion against; everything for an objection."""
    assert expected == {task.step for task in waiting_now(tasks_after(*steps))}


def test_what_was_done_keeps_its_day() -> None:
    """So that a reader of the record can say whether it was in time."""
    done = {t.step: str(t.done_on) for t in tasks_after(*READY, CONFIRMED)}
    assert "2024-03-04" == done["survey_start"]
    assert "2024-03-15" == done["close_notice"]
    assert "2024-03-18" == done["decide"]


def test_a_task_that_began_later_is_not_done_by_what_was_before() -> None:
    """A visit from before the objection is no new investigation (57号 Art 19)."""
    changes = [change for fact in road(*UP, OBJECTED).facts for change in changes_of(fact)]
    [visited] = [fact for fact in road(OPEN, VISITED).facts if fact.name.endswith("visited")]
    [visit] = [t for t in after({}, [*changes, *changes_of(visited)]).values() if t.step == "visit"]
    assert visit.done_on is None


def test_a_fact_that_says_nothing_of_tasks_changes_none() -> None:
    """That a household refused is kept; what is asked of it still waits."""
    kept = act(
        c.RecordNonCooperation(CASE, "REFUSED_VISIT", date(2024, 3, 5), True, "不开门"),
        "2024-03-05",
    )
    assert () == changes_of(road(OPEN, kept).facts[-1])


def test_every_task_has_a_title_and_a_parameter_that_ends_with_its_unit() -> None:
    """Days are counted by the name: working days, or the calendar's."""
    units = {name: h.unit for pack in POLICY.packs for name, h in pack.parameters.items()}
    roads = (
        (*UP, OBJECTED, COMPLAINED),
        (*READY, CONFIRMED),
        (*TOO_RICH, DECLINED),
        (OPEN, VISITED, ASKED, DIFFERING),
    )
    sent_up = FileSentUp(CASE, ("o-1",), date(2024, 3, 18), date(2024, 4, 1), {})
    begun = [
        change.task
        for fact in (*(fact for steps in roads for fact in road(*steps).facts), sent_up)
        for change in changes_of(fact)
        if isinstance(change, Begun)
    ]
    assert [] == [task.step for task in begun if task.step not in TITLES]
    for task in begun:
        if task.rule is not None:
            assert task.rule.endswith(f"_{units[task.rule]}")
    limits = [name for name in units if name.startswith("limit.")]
    counted = {Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS}
    assert [] == [n for n in limits if units[n] in counted and not n.endswith(f"_{units[n]}")]


def test_the_table_takes_facts_of_review_alone() -> None:
    """Each is a class of this house's published language."""
    kinds: list[Any] = list(CHANGES)
    assert [] == [k for k in kinds if not (issubclass(k, Fact) and k.name.startswith("review."))]


def test_closing_the_notice_waits_for_the_day_after_its_last() -> None:
    """57号 Art 19; 83号 四(二)."""
    [closing] = [task for task in tasks_after(*UP) if task.step == "close_notice"]
    assert date(2024, 3, 15) == closing.ready_on


def test_what_was_made_void_was_served_by_nobody() -> None:
    """A death ends what was under way; a decision ends the rest of the case."""
    facts = list(enumerate(road(*UP, DEATH).facts))
    voided = course_of(facts)
    whole = course_of(list(enumerate(road(*READY, CONFIRMED).facts)))
    confirmed = len(road(*READY).facts)

    assert len(facts) - 1 not in voided.served
    assert ["decide"] == [task.step for task in whole.served[confirmed]]
    assert {"certificate", "announce"} == {task.step for task in whole.left}
