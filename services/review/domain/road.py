"""All limits of one case at once: from the day of acceptance, and from what has happened since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.review.domain.counting import NOTICE_DAYS, due_on, notice_window
from services.review.domain.steps import (
    DEVOLVED,
    NOTICES,
    PROCEDURE,
    REASONS,
    Circumstances,
    Moment,
    Step,
    steps_of,
)
from shared.calendar import CalendarUnknown, WorkCalendar
from shared.policy.model import Parameter, Policy, PolicyOn
from shared.refusal import Refusal

CALENDAR: Final = "calendar"


class NoSuchExtension(Refusal):
    """The procedure knows no extension for that reason (220号 Art 29; 83号 四(一))."""

    code = "NO_SUCH_EXTENSION"


class BeforeAcceptance(Refusal):
    """A step is said to have happened before the application was accepted."""

    code = "BEFORE_ACCEPTANCE"


@dataclass(frozen=True, slots=True)
class Limit:
    """One step's last day; or None, with the moment, or `calendar`, that it waits for.

    `next_step_on` is of notices alone. `rule` is the parameter that says how long; the citation of
    `basis` is the step's article.
    """

    step: Step
    due_on: date | None
    waits_for: str | None
    next_step_on: date | None
    optional: bool
    rule: Parameter
    basis: Parameter


@dataclass(frozen=True, slots=True)
class Road:
    """Every limit of a case, in the order of its steps."""

    procedure: str
    devolved: bool
    limits: tuple[Limit, ...]

    def due(self, name: str) -> date | None:
        """The last day of the step so named; None if it has none yet or there is no such step."""
        found = self.limit(name)
        return found.due_on if found else None

    def versions(self, *names: str) -> dict[str, str]:
        """Parameter → version of those of the steps that had a day to be counted from."""
        found = (self.limit(name) for name in names)
        counted = (limit for limit in found if limit and limit.waits_for in (None, CALENDAR))
        return {limit.rule.name: limit.rule.version for limit in counted}

    def limit(self, name: str) -> Limit | None:
        """The step so named, if the case has it."""
        return next((limit for limit in self.limits if limit.step.name == name), None)


def circumstances(
    rules: PolicyOn, devolved: bool | None = None, reasons: Collection[str] = ()
) -> Circumstances:
    """How a case lies under the `rules` of its acceptance; devolved as these say, if not told.

    Raises NoSuchExtension for a reason that they don't name, PolicyUnknown.
    """
    strange = sorted(set(reasons) - set(rules.several(REASONS))) if reasons else []
    if strange:
        basis = rules.parameter(REASONS).citation
        raise NoSuchExtension(f"{rules.day} 受理的申请不能因“{strange[0]}”延长期限（{basis}）。")
    known = rules.flag(DEVOLVED) if devolved is None else devolved
    return Circumstances(rules, known, frozenset(reasons))


def road(
    case: Circumstances, policy: Policy, calendar: WorkCalendar, happened: Mapping[Moment, date]
) -> Road:
    """The limits of a case accepted on `case.rules.day`, as far as they can be told.

    `happened` are the days of later moments. Raises BeforeAcceptance, PolicyUnknown.
    """
    early = sorted(moment for moment, on in happened.items() if on < case.rules.day)
    if early:
        raise BeforeAcceptance(f"“{early[0]}”的日期早于受理之日 {case.rules.day}。")
    known = {**happened, Moment.ACCEPTED: case.rules.day}
    known = _with_ends(known, case.rules, calendar)
    limits = (_limit(step, case, policy, calendar, known) for step in steps_of(case))
    return Road(
        procedure=case.rules.choice(PROCEDURE),
        devolved=case.devolved,
        limits=tuple(limit for limit in limits if limit),
    )


def _with_ends(
    happened: dict[Moment, date], rules: PolicyOn, calendar: WorkCalendar
) -> dict[Moment, date]:
    """A notice that was posted ends on a day that is known, where the calendar is."""
    ends: dict[Moment, date] = {}
    for posted, ended in NOTICES.items():
        if posted in happened:
            try:
                window = notice_window(rules, calendar, happened[posted])
            except CalendarUnknown:
                continue
            ends[ended] = window.last_day_on
    return ends | happened


def _limit(
    step: Step,
    case: Circumstances,
    policy: Policy,
    calendar: WorkCalendar,
    happened: Mapping[Moment, date],
) -> Limit | None:
    """None for an appeal in a time whose law no pack has."""
    since = happened.get(step.since)
    rules = (
        policy.at(since or case.rules.day, case.rules.township) if step.of_its_day else case.rules
    )
    if step.of_its_day and not rules.knows(step.limit):
        return None
    rule = rules.parameter(step.limit)
    basis = rules.parameter(step.basis) if step.basis else rule
    due, waits_for, next_step_on = _counted(step, since, rules, calendar)
    return Limit(step, due, waits_for, next_step_on, step.optional(case), rule, basis)


def _counted(
    step: Step, since: date | None, rules: PolicyOn, calendar: WorkCalendar
) -> tuple[date | None, str | None, date | None]:
    """The last day, else what it waits for; and after a notice the day of the next step."""
    if since is None:
        return None, step.since, None
    try:
        if step.limit == NOTICE_DAYS:
            window = notice_window(rules, calendar, since)
            return window.last_day_on, None, window.next_step_on
        return due_on(rules, calendar, step.limit, since), None, None
    except CalendarUnknown:
        return None, CALENDAR, None
