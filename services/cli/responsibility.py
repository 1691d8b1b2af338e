"""Who answers for each step of a case: what was done in time or late, and who has to act now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.cli.command_titles import ROLES
from services.reporting.mirror import Entry, facts_of_case
from services.review.domain.task_changes import CHANGES
from services.review.domain.tasks import TITLES, Task, in_working_days, waiting_now
from services.review.domain.timeliness import Course, course_of
from services.review.domain.warning import days_left
from shared.calendar import WorkCalendar
from shared.competence import Role

REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A case's course, as the record has it, seen on a day."""

    log: str
    course: Course[int]
    calendar: WorkCalendar
    today: date

    def of(self, entry: Entry) -> list[dict[str, Any]]:
        """The tasks that this fact did; `days`: left when it was done, below nought: late."""
        served = self.course.served.get(entry.position, ()) if entry.log == self.log else ()
        return [self._told(task, task.done_on or self.today) for task in served]

    def left(self) -> list[dict[str, Any]]:
        """What nobody has done yet; `its_turn`: nothing else comes first. The nearest limit first."""
        now = waiting_now(self.course.left)
        ordered = sorted(self.course.left, key=lambda task: (task.due_on or date.max, task.step))
        return [self._told(task, self.today) | {"its_turn": task in now} for task in ordered]

    def _told(self, task: Task, on: date) -> dict[str, Any]:
        working = in_working_days(task.rule)
        days = days_left(task.due_on, on, self.calendar, in_working_days=working)
        return {
            "step": task.step,
            "item": task.item,
            "title": TITLES.get(task.step, task.step),
            "role": task.role,
            "basis": task.basis,
            "since": task.since.isoformat(),
            "due_on": task.due_on.isoformat() if task.due_on else None,
            "in_working_days": working,
            "days": days,
            "in_time": None if task.due_on is None else on <= task.due_on,
        }


def responsibility(
    conn: Connection, site: str, case: str, calendar: WorkCalendar, today: date
) -> Responsibility:
    """Read from the record alone, the whole case, whatever else is asked for."""
    log = f"{site}/{REVIEW}"
    facts = facts_of_case(conn, log, case, (kind.name for kind in CHANGES))
    return Responsibility(log, course_of(facts), calendar, today)


def served_text(told: dict[str, Any]) -> str:
    """One line under the fact that did it."""
    if told["due_on"] is None:
        return f"    办结“{_what(told)}”（自 {told['since']} 起，无法定期限；{told['basis']}）"
    timely = "按期" if told["in_time"] else "逾期"
    days = "" if told["days"] is None else f"，{_days(told)}"
    return f"    办结“{_what(told)}”，最后一日 {told['due_on']}，{timely}{days}（{told['basis']}）"


def left_text(told: list[dict[str, Any]]) -> Iterator[str]:
    """Who has to do what, until when."""
    if not told:
        yield "没有未办事项。"
        return
    yield f"未办事项 {len(told)} 项："
    for one in told:
        who = ROLES[Role(one["role"])]
        due = f"，最后一日 {one['due_on']}" if one["due_on"] else "，无法定期限"
        days = "" if one["days"] is None else f"，{_days(one)}"
        waits = "" if one["its_turn"] else "，须待前一事项办结"
        yield f"    {_what(one)}  应由{who}办理{due}{days}{waits}  依据 {one['basis']}"


def _what(told: dict[str, Any]) -> str:
    return f"{told['title']} {told['item']}" if told["item"] else str(told["title"])


def _days(told: dict[str, Any]) -> str:
    unit = "个工作日" if told["in_working_days"] else "日"
    days = int(told["days"])
    return f"{'余' if told['in_time'] else '超'} {abs(days)} {unit}"
