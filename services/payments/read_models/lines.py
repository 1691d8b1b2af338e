"""Queries that decisions on rosters and batches need: each one statement, whatever the size."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.domain.drawing import Found
from services.payments.domain.lines import Line, Payable
from services.payments.domain.result import Attempt
from services.payments.read_models.tables import (
    ATTEMPT,
    BATCH,
    ENTITLEMENT,
    PAYEE,
    ROSTER,
    ROSTER_LINE,
)
from shared.envelope import About
from shared.paging import by_code_points, pages
from shared.spool import Spool

PAGE = 1_000
_LINE, _TERMS = ROSTER_LINE.c, ENTITLEMENT.c


def found_for(conn: Connection, roster: str, township: str, programme: str, month: str) -> Found:
    """Who is due in a township's month, who stands on the roster, how many on another's."""
    query = (
        sa.select(ENTITLEMENT, _LINE.roster.label("stands_on"))
        .outerjoin(
            ROSTER_LINE,
            sa.and_(
                _LINE.household == _TERMS.household,
                _LINE.programme == _TERMS.programme,
                _LINE.month == month,
            ),
        )
        .where(
            _TERMS.township == township,
            _TERMS.programme == programme,
            _TERMS.allowance_fen > 0,
            _TERMS.from_month <= month,
            sa.or_(_TERMS.stops_from.is_(None), _TERMS.stops_from > month),
        )
        .order_by(by_code_points(conn, _TERMS.household))
    )
    due, elsewhere_count = Spool(Line), 0
    for page in pages(conn, query):
        here = [row for row in page if row.stands_on in (None, roster)]
        elsewhere_count += len(page) - len(here)
        due.extend(
            Line(r.household, _about(r), r.category, r.members_count, r.allowance_fen, r.version)
            for r in here
        )
    return Found(due, stored_lines(conn, roster), elsewhere_count)


def stored_lines(conn: Connection, roster: str) -> Spool[Line]:
    """The lines of a roster as they stand, by household."""
    query = (
        sa.select(ROSTER_LINE)
        .where(_LINE.roster == roster)
        .order_by(by_code_points(conn, _LINE.household))
    )
    return Spool(
        Line,
        (
            Line(r.household, _about(r), r.category, r.members_count, r.amount_fen,
                 r.entitlement_version)
            for page in pages(conn, query)
            for r in page
        ),
    )  # fmt: skip


def _waiting(programme: str, month: str) -> sa.Select[Any]:
    """Released lines without a live payment; a returned one once its payee was corrected."""
    never_tried = _LINE.status == "DRAWN"
    corrected = sa.and_(_LINE.status == "RETURNED", PAYEE.c.version > _LINE.payee_version)
    return (
        sa.select(ROSTER_LINE, PAYEE.c.bank, PAYEE.c.version.label("current_payee"))
        .join(ROSTER, ROSTER.c.roster == _LINE.roster)
        .join(
            PAYEE,
            sa.and_(PAYEE.c.household == _LINE.household, PAYEE.c.programme == _LINE.programme),
        )
        .where(
            ROSTER.c.status == "RELEASED",
            _LINE.programme == programme,
            _LINE.month == month,
            sa.or_(never_tried, corrected),
        )
    )


def waiting_banks(conn: Connection, programme: str, month: str) -> Mapping[str, int]:
    """How many lines wait for a batch, by the bank's name as written ("" where it isn't known)."""
    waiting = _waiting(programme, month).subquery()
    query = sa.select(waiting.c.bank, sa.func.count().label("lines")).group_by(waiting.c.bank)
    return {row.bank or "": row.lines for row in conn.execute(query)}


def payable(
    conn: Connection, programme: str, month: str, banks: Collection[str]
) -> tuple[tuple[Payable, ...], tuple[str, ...]]:
    """Lines that wait for one of these banks' names, by township, village and household; and the
    rosters that they stand on."""
    query = (
        _waiting(programme, month)
        .where(PAYEE.c.bank.in_(banks))
        .order_by(_LINE.roster, _LINE.village, _LINE.household)
    )
    rows = list(conn.execute(query))
    lines = tuple(
        Payable(
            r.household, _about(r), r.amount_fen, r.current_payee, r.attempts_count, r.reference
        )
        for r in rows
    )
    return lines, tuple(dict.fromkeys(r.roster for r in rows))


def lock_batch(conn: Connection, batch: str) -> None:
    """Let answers to one batch come in one after the other (PostgreSQL; SQLite has one writer)."""
    conn.execute(sa.select(BATCH.c.batch).where(BATCH.c.batch == batch).with_for_update())


def attempts(conn: Connection, references: Sequence[str]) -> dict[str, Attempt]:
    """The payments of these references that exist; a query per thousand."""
    found: dict[str, Attempt] = {}
    key = ("household", "programme", "month")
    same = sa.and_(*(ROSTER_LINE.c[name] == ATTEMPT.c[name] for name in key))
    query = sa.select(ATTEMPT, _LINE.case, _LINE.township, _LINE.village, _LINE.persons).join(
        ROSTER_LINE, same
    )
    for start in range(0, len(references), PAGE):
        page = references[start : start + PAGE]
        for r in conn.execute(query.where(ATTEMPT.c.reference.in_(page))):
            found[r.reference] = Attempt(
                r.reference, r.household, r.programme, r.month, r.batch, r.amount_fen, r.status,
                _about(r),
            )  # fmt: skip
    return found


def _about(row: Any) -> About:
    return About(row.case, row.household, tuple(row.persons), row.village, row.township)
