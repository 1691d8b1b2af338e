"""What waits for whom: worklists, limits that have passed, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.domain.tasks import DECIDE, Task
from services.review.read_models.tables import METADATA, TASK

NEVER = date.max
Place = tuple[date, str, str, int]
"""The last day, case, step and item of a line: hand it to `after` to go on behind it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose tasks: those of a role, in a township, in a village of it; None: everywhere."""

    role: str
    township: str | None = None
    village: str | None = None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task that waits. `due_on` and how it is counted are its own, else the decision's."""

    case: str
    step: str
    item: int
    township: str
    village: str
    role: str
    basis: str
    since: date
    due_on: date | None
    in_working_days: bool
    own_limit: bool

    @property
    def place(self) -> Place:
        return self.due_on or NEVER, self.case, self.step, self.item


def waiting(
    conn: Connection, reaches: Sequence[Reach], on: date, limit: int, after: Place | None = None
) -> list[TaskLine]:
    """What can be done on that day, or should have been, the nearest limit first; one statement."""
    if not reaches:
        return []
    query = _WAITING.where(sa.or_(*(_within(reach) for reach in reaches)))
    query = query.where(sa.or_(TASK.c.due_on < on, sa.and_(TASK.c.ready_on <= on, ~_HELD_UP)))
    if after is not None:
        query = query.where(sa.tuple_(*_ORDER) > sa.tuple_(*map(sa.literal, after)))
    rows = conn.execute(query.order_by(*_ORDER).limit(limit))
    return [TaskLine(*row) for row in rows]


def open_tasks(conn: Connection, case: str) -> list[Task]:
    """All of a case that is not done, in no order."""
    rows = conn.execute(_TASKS.where(TASK.c.case == case, TASK.c.done_on.is_(None)))
    return [Task(**row._mapping) for row in rows]


def task_on_record(conn: Connection, case: str, step: str, item: int) -> Task | None:
    """One task, done or not; None where it never began."""
    key = (TASK.c.case == case, TASK.c.step == step, TASK.c.item == item)
    row = conn.execute(_TASKS.where(*key)).first()
    return None if row is None else Task(**row._mapping)


def passed(conn: Connection, on: date, limit: int, after: Place | None = None) -> list[Place]:
    """Limits that ended before that day with nothing done and nothing noted, the oldest first."""
    query = (
        sa.select(*_PASSED)
        .where(TASK.c.done_on.is_(None), TASK.c.missed_on.is_(None), TASK.c.due_on < on)
        .order_by(*_PASSED)
        .limit(limit)
    )
    if after is not None:
        query = query.where(sa.tuple_(*_PASSED) > sa.tuple_(*map(sa.literal, after)))
    return [(row.due_on, row.case, row.step, row.item) for row in conn.execute(query)]


def counted(
    conn: Connection, on: date, working_by: date, calendar_by: date
) -> dict[tuple[str, str], int]:
    """(township, OVERDUE or DUE_SOON) → open tasks with a limit of their own that is over, or ends
    by the given day of its unit; nought too, for every unit.
    """
    by = sa.case((TASK.c.in_working_days, sa.literal(working_by)), else_=sa.literal(calendar_by))
    state = sa.case((TASK.c.due_on < on, "OVERDUE"), else_="DUE_SOON").label("state")
    query = (
        sa.select(TASK.c.township, state, sa.func.count())
        .where(TASK.c.done_on.is_(None), TASK.c.due_on <= by)
        .group_by(TASK.c.township, state)
    )
    none = {(unit, s): 0 for unit in conn.scalars(sa.select(_UNIT.c.unit)) for s in _STATES}
    return none | {(township, state): count for township, state, count in conn.execute(query)}


def _within(reach: Reach) -> sa.ColumnElement[bool]:
    conditions: list[sa.ColumnElement[bool]] = [TASK.c.role == reach.role]
    if reach.township is not None:
        conditions.append(TASK.c.township == reach.township)
    if reach.village is not None:
        conditions.append(TASK.c.village == reach.village)
    return sa.and_(*conditions)


_UNIT = METADATA.tables["unit"]
_STATES = ("OVERDUE", "DUE_SOON")
_TASKS = sa.select(
    TASK.c.step, TASK.c.role, TASK.c.since, TASK.c.basis, TASK.c.ready_on, TASK.c.due_on,
    TASK.c.rule, TASK.c.rank, TASK.c.item, TASK.c.done_on, TASK.c.missed_on,
)  # fmt: skip
_PASSED = (TASK.c.due_on, TASK.c.case, TASK.c.step, TASK.c.item)
_HOLDING = TASK.alias("before")
_HELD_UP = sa.exists().where(
    _HOLDING.c.case == TASK.c.case, _HOLDING.c.done_on.is_(None), _HOLDING.c.rank < TASK.c.rank
)
_DECISION = TASK.alias("decision")
_OWN = TASK.c.due_on.is_not(None)
_DUE_ON = sa.func.coalesce(TASK.c.due_on, _DECISION.c.due_on)
_WAITING = (
    sa.select(
        TASK.c.case, TASK.c.step, TASK.c.item, TASK.c.township, TASK.c.village, TASK.c.role,
        TASK.c.basis, TASK.c.since, _DUE_ON,
        sa.case((_OWN, TASK.c.in_working_days), else_=sa.func.coalesce(_DECISION.c.in_working_days, False)), _OWN,
    )
    .outerjoin(
        _DECISION,
        sa.and_(
            _DECISION.c.case == TASK.c.case, _DECISION.c.step == DECIDE,
            _DECISION.c.done_on.is_(None),
        ),
    )
    .where(TASK.c.done_on.is_(None))
)  # fmt: skip
_ORDER = (
    sa.func.coalesce(TASK.c.due_on, _DECISION.c.due_on, sa.literal(NEVER)),
    TASK.c.case,
    TASK.c.step,
    TASK.c.item,
)
