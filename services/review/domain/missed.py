"""A limit that passed (逾期): noted once, with what the law then opens to the applicant.

复议法 2017 Art 6, 9, 16 and 2023 Art 11, 20, 23; 行诉法 Art 44, 47; 57号 Art 36; 220号 Art 35.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.review.commands import NoteMissedDeadline
from services.review.domain.appeal import (
    RECONSIDERATION,
    Organ,
    RoadsOfInaction,
    roads_of_inaction,
)
from services.review.domain.counting import due_on
from services.review.domain.decision import LEGAL_BASIS
from services.review.domain.state import State, about
from services.review.domain.tasks import BUREAU, DECIDE, TITLES, Task
from shared.calendar import CalendarUnknown, WorkCalendar
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import Advice, DeadlineMissed
from shared.policy.model import PolicyOn

COMPLAINT: Final = "appeal.complaint_heard"
ORGAN_NAMES: Final = "appeal.organ_names"
COURT_AFTER: Final = "appeal.inaction_court_after_months"


def note_missed(state: State, command: NoteMissedDeadline, context: Context) -> Decided:
    """Never refused: what was done, moved or noted meanwhile leaves nothing to note.

    Gathered: the task as it stands on record, None where there is none. The law of today holds
    for the advice: it is today that the applicant can turn to somebody.
    """
    task: Task | None = context.gathered
    if task is None or task.done_on or task.missed_on or task.due_on != command.due_on:
        return []
    if context.today <= command.due_on:
        return []
    rules = context.policy.at(context.today, about(state).township)
    given = list(_advice(task, command.due_on, rules, context.calendar))
    return [
        DeadlineMissed(
            case=command.case,
            step=task.step,
            item=task.item,
            role=task.role,
            due_on=command.due_on,
            noted_on=context.today,
            advice=tuple(advice for advice, _ in given),
            rules={name: version for _, used in given for name, version in used.items()},
        )
    ]


def _advice(
    task: Task, passed_on: date, rules: PolicyOn, calendar: WorkCalendar
) -> Iterator[tuple[Advice, dict[str, str]]]:
    """Each with the versions of the rules that it follows from."""
    if rules.knows(COMPLAINT) and rules.flag(COMPLAINT):
        yield _complaint(task, passed_on, rules), rules.versions(COMPLAINT)
    if task.step != DECIDE or not rules.knows(RECONSIDERATION):
        return
    organ = Organ.BUREAU if task.role == BUREAU else Organ.TOWNSHIP
    roads = roads_of_inaction(rules, organ, rules.choice(LEGAL_BASIS).upper())
    yield (
        _reconsideration(roads, passed_on, rules, calendar),
        roads.rules | rules.versions(RECONSIDERATION, ORGAN_NAMES),
    )
    if not roads.reconsideration_first:
        yield _court(task, rules, calendar), rules.versions(COURT_AFTER)


def _complaint(task: Task, passed_on: date, rules: PolicyOn) -> Advice:
    """The hotline (57号 Art 36)."""
    sentence = (
        f"“{TITLES[task.step]}”的期限已于{passed_on.isoformat()}届满，"
        "您可以拨打社会救助服务热线，或者向区民政局投诉、举报。"
    )
    return Advice("COMPLAIN", rules.parameter(COMPLAINT).citation, sentence, None, None)


def _reconsideration(
    roads: RoadsOfInaction, passed_on: date, rules: PolicyOn, calendar: WorkCalendar
) -> Advice:
    """Counted from the limit's last day; that it is first is 复议法 2023 Art 23(1)(3)."""
    try:
        until_on = due_on(rules, calendar, RECONSIDERATION, passed_on)
    except CalendarUnknown:
        until_on = None
    names = rules.table(ORGAN_NAMES)
    bodies = "或者".join(str(names[body]) for body in roads.bodies)
    until = f"在{until_on.isoformat()}前（含当日）" if until_on else ""
    then = "应当先" if roads.reconsideration_first else "可以"
    court = "对复议决定不服的，再向人民法院提起行政诉讼。" if roads.reconsideration_first else ""
    sentence = f"逾期未作出决定的，您{then}{until}向{bodies}申请行政复议。{court}"
    article = "；".join((*roads.articles, rules.parameter(RECONSIDERATION).citation))
    code = "RECONSIDER_FIRST" if roads.reconsideration_first else "RECONSIDER"
    return Advice(code, article, sentence, None, until_on)


def _court(task: Task, rules: PolicyOn, calendar: WorkCalendar) -> Advice:
    """Two months after the organ was asked (行诉法 Art 47), here from acceptance: no earlier."""
    months = rules.number(COURT_AFTER)
    asked_until = calendar.add_months(task.since, months)
    sentence = f"满{months}个月仍未作出决定的，也可以自{asked_until.isoformat()}之后直接向人民法院提起行政诉讼。"
    return Advice("SUE", rules.parameter(COURT_AFTER).citation, sentence, asked_until, None)
