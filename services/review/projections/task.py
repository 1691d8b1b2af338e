"""The tasks of each case as rows: `domain/tasks.py` says what a fact changes, here it is written."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from services.review.domain.task_changes import changes_of
from services.review.domain.tasks import (
    AllDone,
    Begun,
    Change,
    Done,
    Missed,
    Moved,
    Task,
    Void,
    in_working_days,
)
from services.review.projections.updating import Facts, Row
from services.review.read_models.tables import TASK
from shared.envelope import About
from shared.writing import write


def tasks_changed(conn: Connection, facts: Facts) -> None:
    """In the facts' order; what changes in one way is written by one statement."""
    changes: list[tuple[str, About, Any]] = [
        (r.fact.case, r.envelope.about, c) for r in facts for c in changes_of(r.fact)
    ]
    for kind, run in groupby(changes, key=lambda one: type(one[2])):
        page = list(run)
        if kind is Begun:
            _begin(conn, [_begun(case, about, c.task) for case, about, c in page])
        else:
            write(conn, _UPDATES[kind], [{"key_case": case} | _changed(c) for case, _, c in page])


def _begun(case: str, about: About, task: Task) -> Row:
    place = {"case": case, "township": about.township, "village": about.village}
    counted = {"in_working_days": in_working_days(task.rule)}
    return place | _fields(task) | counted


def _begin(conn: Connection, rows: Sequence[Row]) -> None:
    """A task that begins again takes the place of its row."""
    write(conn, _BEGIN[conn.dialect.name], rows)


def _beginning(insert: Any) -> Any:
    keys = [column.name for column in TASK.primary_key]
    fresh = {c.name: insert.excluded[c.name] for c in TASK.columns if c.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=fresh)


def _changed(change: Change) -> Row:
    """Parameters of the statement for this kind of change."""
    values = _fields(change)
    if isinstance(change, Moved):
        values["in_working_days"] = in_working_days(change.rule)
    return {f"new_{name}": value for name, value in values.items()}


def _fields(one: Task | Change) -> Row:
    """Its fields as they are: none holds another dataclass."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


_BEGIN = {
    "postgresql": _beginning(postgresql.insert(TASK)),
    "sqlite": _beginning(sqlite.insert(TASK)),
}
_OPEN = sa.update(TASK).where(TASK.c.case == sa.bindparam("key_case"), TASK.c.done_on.is_(None))
_STEP = TASK.c.step == sa.bindparam("new_step")
_ITEM = TASK.c.item == sa.bindparam("new_item")
_ALONE = TASK.c.item == 0
_BEGUN = TASK.c.since <= sa.bindparam("new_on")
_TO: sa.BindParameter[Any] = sa.bindparam("new_on")
_UPDATES: dict[type, sa.Update] = {
    AllDone: _OPEN.where(_BEGUN).values(done_on=_TO),
    Done: _OPEN.where(_STEP, _ITEM, _BEGUN).values(done_on=_TO),
    Void: _OPEN.where(_STEP, _ALONE, _BEGUN).values(done_on=_TO),
    Missed: _OPEN.where(_STEP, _ITEM).values(missed_on=_TO),
    Moved: _OPEN.where(_STEP, _ALONE).values(
        due_on=sa.bindparam("new_due_on"),
        rule=sa.bindparam("new_rule"),
        basis=sa.bindparam("new_basis"),
        in_working_days=sa.bindparam("new_in_working_days"),
    ),
}
