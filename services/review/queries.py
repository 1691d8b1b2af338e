"""QUERIES: what may be asked of review, by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy.engine import Connection

from services.review.domain.tasks import BUREAU, HEAD, OFFICER, TITLES
from services.review.domain.warning import Urgency, days_left, urgency, warned_until
from services.review.read_models import Place, Reach, TaskLine, waiting
from shared.authority import Appointment
from shared.clock import day_of
from shared.competence import Role
from shared.queries import Query
from shared.service import Service
from shared.site import Site

LINES_MAX = 1_000
READERS = frozenset({Role.CASE_OFFICER, Role.VILLAGE_AIDE, Role.TOWNSHIP_HEAD, Role.CIVIL_AFFAIRS})


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What waits for an officer: until when, and how many days are left in the limit's own unit.

    `own_limit`: the law sets one for this step; else `due_on` is the decision's. `place` is handed
    to `after` to go on behind this line.
    """

    case: str
    step: str
    title: str
    item: int
    township: str
    village: str
    basis: str
    since: date
    due_on: date | None
    own_limit: bool
    in_working_days: bool
    days_left: int | None
    urgency: Urgency
    place: Place


def reach_of(post: Appointment) -> Reach | None:
    """A post's own work: its township's, an aide's village's; the bureau's in the whole district."""
    match post.role:
        case Role.CASE_OFFICER:
            return Reach(OFFICER, post.township)
        case Role.VILLAGE_AIDE:
            return Reach(OFFICER, post.township, post.village)
        case Role.TOWNSHIP_HEAD:
            return Reach(HEAD, post.township)
        case Role.CIVIL_AFFAIRS:
            return Reach(BUREAU)
        case _:
            return None


def worklist_of(
    conn: Connection,
    site: Site,
    posts: Sequence[Appointment],
    on: date,
    limit: int = LINES_MAX,
    after: Place | None = None,
) -> list[WorkLine]:
    """A page of what waits for the holder of these posts on a day, the nearest limit first."""
    reaches = [reach for post in posts if (reach := reach_of(post))]
    rules = site.policy_in(conn).at(on)
    near = {
        unit: warned_until(rules, site.calendar, on, in_working_days=unit) for unit in (True, False)
    }
    lines = waiting(conn, reaches, on, limit, after)
    return [_line(line, site, on, near[line.in_working_days]) for line in lines]


def _line(line: TaskLine, site: Site, on: date, near_until: date) -> WorkLine:
    unit = line.in_working_days
    return WorkLine(
        case=line.case,
        step=line.step,
        title=TITLES.get(line.step, line.step),
        item=line.item,
        township=line.township,
        village=line.village,
        basis=line.basis,
        since=line.since,
        due_on=line.due_on,
        own_limit=line.own_limit,
        in_working_days=unit,
        days_left=days_left(line.due_on, on, site.calendar, in_working_days=unit),
        urgency=urgency(line.due_on, on, near_until),
        place=line.place,
    )


def worklist(
    service: Service, arguments: Mapping[str, Any], posts: Sequence[Appointment]
) -> list[dict[str, Any]]:
    """Of whoever asks, today or on the day given; `after` is the last line's place."""
    site, given = service.site, arguments.get("after")
    on = date.fromisoformat(arguments["on"]) if "on" in arguments else day_of(site.clock.now())
    after = None if given is None else _place(given)
    limit = max(1, min(int(arguments.get("limit", LINES_MAX)), LINES_MAX))
    with service.database.read() as conn:
        lines = worklist_of(conn, site, posts, on, limit, after)
    return [msgspec.to_builtins(line) for line in lines]


def _place(given: Sequence[Any]) -> Place:
    due_on, case, step, item = given
    return date.fromisoformat(due_on), str(case), str(step), int(item)


QUERIES = (Query("worklist", READERS, "57号 Art 15, 17, 21, 22", worklist, of_posts=True),)
