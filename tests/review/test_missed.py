"""A limit that passes is noted once, with the roads that the law of the day then opens."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.domain.state import NoCase
from services.review.domain.task_changes import changes_of
from services.review.domain.tasks import Task, after
from shared.facts.review import Advice, DeadlineMissed
from shared.testing.decisions import context
from tests.review.samples import CASE, DECLINED, OPEN, TOO_RICH, UP, Step, road

NOTE = c.NoteMissedDeadline(CASE, "decide", 0, date(2024, 3, 29))


def on_record(steps: tuple[Step, ...], step: str) -> Task:
    """The task as the rows have it after these steps."""
    changes = [change for fact in road(*steps).facts for change in changes_of(fact)]
    return after({}, changes)[step, 0]


def noted(
    steps: tuple[Step, ...], command: c.NoteMissedDeadline, today: str, task: Task | None
) -> list[DeadlineMissed]:
    """What is noted on that day."""
    surroundings = context(today, "SYSTEM/review", gathered=task)
    outcome = road(*steps).when(DECIDER, command, surroundings)
    assert outcome.refusal is None
    return [fact for fact in outcome.facts if isinstance(fact, DeadlineMissed)]


def advice(steps: tuple[Step, ...], step: str, today: str, **changes: object) -> dict[str, Advice]:
    """By code, of the limit of that step as changed."""
    task = replace(on_record(steps, step), **changes)  # type: ignore[arg-type]
    assert task.due_on is not None
    command = c.NoteMissedDeadline(CASE, step, 0, task.due_on)
    [fact] = noted(steps, command, today, task)
    return {one.code: one for one in fact.advice}


def test_a_decision_that_is_late_is_noted_with_its_true_day() -> None:
    """However many days later that is."""
    [fact] = noted(UP, NOTE, "2024-04-10", on_record(UP, "decide"))
    assert ("decide", 0, "TOWNSHIP_HEAD") == (fact.step, fact.item, fact.role)
    assert (date(2024, 3, 29), date(2024, 4, 10)) == (fact.due_on, fact.noted_on)


def test_since_2024_who_waits_for_a_decision_asks_for_reconsideration_first() -> None:
    """复议法 2023 Art 23(1)(3), 20, 24: the district government, within 60 days."""
    given = advice(UP, "decide", "2024-04-01")
    first = given["RECONSIDER_FIRST"]
    assert {"COMPLAIN", "RECONSIDER_FIRST"} == set(given)
    assert date(2024, 5, 28) == first.until_on
    assert "应当先在2024-05-28前（含当日）向周口市淮阳区人民政府申请行政复议" in first.sentence
    assert "第二十三条第一款第（三）项" in first.article


def test_before_2024_the_court_was_open_as_well() -> None:
    """行诉法 Art 44, 47: two months after the application."""
    due, since = date(2023, 4, 3), date(2023, 3, 6)
    given = advice(UP, "decide", "2023-04-10", due_on=due, since=since)
    assert {"COMPLAIN", "RECONSIDER", "SUE"} == set(given)
    assert (date(2023, 5, 6), None) == (given["SUE"].from_on, given["SUE"].until_on)
    assert "可以在2023-06-02前（含当日）" in given["RECONSIDER"].sentence


def test_what_is_noted_after_a_new_law_has_the_new_laws_advice() -> None:
    """The applicant turns to somebody now, not then."""
    given = advice(UP, "decide", "2024-01-02", due_on=date(2023, 12, 28))
    assert "RECONSIDER_FIRST" in given


def test_of_the_bureaus_silence_one_could_complain_at_two_places() -> None:
    """复议法 2017 Art 12: where not devolved."""
    given = advice(
        UP, "decide", "2022-05-10", due_on=date(2022, 5, 5), role="CIVIL_AFFAIRS",
        since=date(2022, 3, 1),
    )  # fmt: skip
    assert "周口市淮阳区人民政府或者周口市民政局" in given["RECONSIDER"].sentence


@pytest.mark.parametrize(
    ("steps", "step", "today", "title"),
    [
        ((OPEN,), "survey_start", "2024-03-07", "启动家庭经济状况调查"),
        ((*TOO_RICH, DECLINED), "refusal_notice", "2024-03-13", "书面告知并说明理由"),
    ],
)
def test_of_other_limits_one_can_complain(
    steps: tuple[Step, ...], step: str, today: str, title: str
) -> None:
    """57号 Art 36; a step on the way is no decision that could be reconsidered."""
    given = advice(steps, step, today)
    assert {"COMPLAIN"} == set(given)
    assert "57号 第三十六条" == given["COMPLAIN"].article
    assert title in given["COMPLAIN"].sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"done_on": date(2024, 3, 29)},
        {"missed_on": date(2024, 4, 1)},
        {"due_on": date(2024, 5, 10)},
        {"due_on": None},
    ],
)
def test_what_was_done_noted_or_extended_meanwhile_leaves_nothing(
    changes: dict[str, date | None],
) -> None:
    """Whoever looked before it was done finds nothing to note."""
    task = replace(on_record(UP, "decide"), **changes)  # type: ignore[arg-type]
    assert [] == noted(UP, NOTE, "2024-04-02", task)


def test_on_its_last_day_nothing_is_late() -> None:
    """The day after is the first."""
    task = on_record(UP, "decide")
    assert [] == noted(UP, NOTE, "2024-03-29", task)
    assert 1 == len(noted(UP, NOTE, "2024-03-30", task))


def test_of_a_case_that_never_was_nothing_is_noted() -> None:
    """Nor refused: it happens by itself."""
    assert [] == DECIDER.decide(NoCase(), NOTE, context("2024-04-02", gathered=None))


@pytest.mark.parametrize("steps", [UP, (*TOO_RICH, DECLINED)])
def test_a_case_goes_on_as_if_nothing_had_been_noted(steps: tuple[Step, ...]) -> None:
    """Open or declined: its state is the same, so that every next step is."""
    past = road(*steps).facts
    missed = DeadlineMissed(
        CASE, "decide", 0, "TOWNSHIP_HEAD", NOTE.due_on, date(2024, 4, 1), (), {}
    )
    assert DECIDER.fold(past) == DECIDER.fold((*past, missed))
