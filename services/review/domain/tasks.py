"""The tasks (待办) of a case: what waits for whom, until when, and how it changes.

A task that the law gives a limit has its last day; the others (及时) have none, and whoever looks
at them counts to the decision's. What each fact changes stands in task_changes.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Final, TypeAlias

OFFICER, HEAD, BUREAU = "CASE_OFFICER", "TOWNSHIP_HEAD", "CIVIL_AFFAIRS"
DECIDE: Final = "decide"


class Rank(IntEnum):
    """A task waits until all of its case that are of a lower rank are done; None waits for none."""

    SURVEY = 1
    OPINION = 2
    POSTING = 3
    NOTICE = 4
    SENDING = 5
    DECISION = 6


TITLES: Final = {
    "survey_start": "启动家庭经济状况调查",
    "visit": "入户调查",
    "verification_request": "提请信息核对",
    "verification_start": "启动并反馈信息核对",
    "opinion": "提出初审意见",
    "post_notice": "张贴公示",
    "close_notice": "结束公示",
    "answer_objection": "重新调查并答复异议",
    "send_file_up": "报送区民政局",
    "tell_mismatch": "告知核对不一致的情况",
    "bureau_visit": "民政局入户调查",
    "answer_complaint": "核查并答复投诉举报",
    "bureau_opinion": "县级提出审核确认意见",
    DECIDE: "作出审核确认决定",
    "refusal_notice": "书面告知并说明理由",
    "certificate": "发放低保证或确认通知书",
    "announce": "公布确认结果",
}


@dataclass(frozen=True, slots=True)
class Task:
    """`item` tells several of one step apart (the number of an objection), else 0.

    `ready_on`: from which day it can be done, its turn come. `due_on`: the limit's last day; `rule`
    the policy parameter that says how long, None where no text does.
    """

    step: str
    role: str
    since: date
    basis: str
    ready_on: date
    due_on: date | None = None
    rule: str | None = None
    rank: Rank | None = None
    item: int = 0
    done_on: date | None = None
    missed_on: date | None = None


def in_working_days(rule: str | None) -> bool:
    """What a limit's days are counted in: a parameter's name ends with its unit."""
    return rule is not None and rule.endswith("_working_days")


@dataclass(frozen=True, slots=True)
class Begun:
    """The task begins, or begins again."""

    task: Task


@dataclass(frozen=True, slots=True)
class Done:
    """Done on that day, if it had begun by then."""

    step: str
    on: date
    item: int = 0


@dataclass(frozen=True, slots=True)
class Void:
    """It waits no longer, though nobody has done it."""

    step: str
    on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """The limit ends on another day now."""

    step: str
    due_on: date | None
    rule: str
    basis: str


@dataclass(frozen=True, slots=True)
class Missed:
    """That the limit has passed was noted on that day."""

    step: str
    item: int
    on: date


@dataclass(frozen=True, slots=True)
class AllDone:
    """The case has ended: nothing of it waits any more."""

    on: date


Change: TypeAlias = Begun | Done | Void | Moved | Missed | AllDone
Tasks: TypeAlias = Mapping[tuple[str, int], Task]


def after(tasks: Tasks, changes: Iterable[Change]) -> Tasks:
    """A case's tasks after these changes, by step and item; those done stay, with their day."""
    found = dict(tasks)
    for change in changes:
        if isinstance(change, Begun):
            found[change.task.step, change.task.item] = change.task
            continue
        touched = (key for key, task in found.items() if task.done_on is None)
        found |= {key: _changed(found[key], change) for key in list(touched)}
    return found


def _changed(task: Task, change: Done | Void | Moved | Missed | AllDone) -> Task:
    """An open task after one change, which may be another's."""
    key = task.step, task.item
    match change:
        case AllDone(on) if task.since <= on:
            return replace(task, done_on=on)
        case Void(step, on) if key == (step, 0) and task.since <= on:
            return replace(task, done_on=on)
        case Done(step, on, item) if key == (step, item) and task.since <= on:
            return replace(task, done_on=on)
        case Moved(step, due_on, rule, basis) if key == (step, 0):
            return replace(task, due_on=due_on, rule=rule, basis=basis)
        case Missed(step, item, on) if key == (step, item):
            return replace(task, missed_on=on)
        case _:
            return task


def waiting_now(tasks: Iterable[Task]) -> list[Task]:
    """Of one case's tasks those that are open and whose turn has come, by rank."""
    still_open = [task for task in tasks if task.done_on is None]
    first = min((task.rank for task in still_open if task.rank is not None), default=None)
    return [task for task in still_open if task.rank in (None, first)]
