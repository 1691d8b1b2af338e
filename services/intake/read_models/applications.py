"""Questions about applications: who stands where, what was answered, what waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.intake.read_models.tables import ACTIVE_PERSON, APPLICATION, METADATA
from shared.answer import Answer

PAGE = 1_000


def standing_applications(conn: Connection, persons: Sequence[str]) -> Mapping[str, str]:
    """Where these persons already stand: person → unit, case and status, in words."""
    return {
        row.person: f"{row.unit_name or row.township}，编号 {row.case}，{STATUS_TEXT[row.status]}"
        for row in conn.execute(_STANDING, {"persons": persons})
    }


_STANDING = (
    sa.select(ACTIVE_PERSON.c.person, APPLICATION.c.case, APPLICATION.c.township,
              APPLICATION.c.status, sa.literal_column("unit.name").label("unit_name"))
    .join(APPLICATION, APPLICATION.c.case == ACTIVE_PERSON.c.case)
    .outerjoin(sa.table("unit", sa.column("unit"), sa.column("name")),
               sa.literal_column("unit.unit") == APPLICATION.c.township)
    .where(ACTIVE_PERSON.c.person.in_(sa.bindparam("persons", expanding=True)))
)  # fmt: skip
STATUS_TEXT = {
    "SUBMITTED": "待受理",
    "ACCEPTED": "审核中",
    "CONFIRMED": "已确认享受",
    "NOT_ACCEPTED": "不予受理",
    "WITHDRAWN": "已撤回",
    "DECLINED": "不予确认",
    "ENDED": "已停发",
}


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What this door answered to a command id, and to whom."""

    officer: str
    answer: Answer


def earlier_answers(conn: Connection, ids: Sequence[str]) -> Mapping[str, EarlierAnswer]:
    """Answers given before, by command id; a query per thousand."""
    done = METADATA.tables["command_done"]
    found: dict[str, EarlierAnswer] = {}
    for start in range(0, len(ids), PAGE):
        chunk = ids[start : start + PAGE]
        for row in conn.execute(sa.select(done).where(done.c.command_id.in_(chunk))):
            answer = Answer(**msgspec.json.decode(bytes(row.answer)))
            found[row.command_id] = EarlierAnswer(row.officer, answer)
    return found


def untold(conn: Connection, cases: Sequence[str]) -> frozenset[str]:
    """Those of these applications that wait for acceptance and haven't been told their list."""
    found: set[str] = set()
    for start in range(0, len(cases), PAGE):
        query = sa.select(APPLICATION.c.case).where(
            APPLICATION.c.case.in_(cases[start : start + PAGE]),
            APPLICATION.c.status == "SUBMITTED",
            APPLICATION.c.asked.is_(False),
        )
        found.update(conn.execute(query).scalars())
    return frozenset(found)


def households_of(conn: Connection, cases: Iterable[str]) -> dict[str, str]:
    """case → household; a query per thousand."""
    wanted, found = list(cases), {}
    for start in range(0, len(wanted), PAGE):
        query = sa.select(APPLICATION.c.case, APPLICATION.c.household).where(
            APPLICATION.c.case.in_(wanted[start : start + PAGE])
        )
        found.update({row.case: row.household for row in conn.execute(query)})
    return found
