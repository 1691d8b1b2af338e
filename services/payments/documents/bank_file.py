"""A batch as the file that its bank reads. Accounts leave the house whole here and nowhere else."""

from typing import Any

import sqlalchemy as sa

from services.payments.banks.records import OrderHeader, OrderLine
from services.payments.banks.registry import bank_named
from services.payments.read_models.payees import payee_facts, payees_in
from services.payments.read_models.tables import ATTEMPT, BATCH, ROSTER_LINE
from services.payments.refusals import NoSuchBatch, PayeeUnreadable
from shared.facts.people import Payee
from shared.service import Service

PURPOSES = {"RURAL": "农村低保金", "URBAN": "城市低保金"}


def bank_file(service: Service, batch: str) -> bytes:
    """The payment file of a batch, the same bytes each time, in the batch's order of lines.

    Raises NoSuchBatch, PayeeUnreadable.
    """
    with service.database.read() as conn:
        made = conn.execute(sa.select(BATCH).where(BATCH.c.batch == batch)).first()
        if made is None:
            raise NoSuchBatch("没有这个发放批次。")
        lines = list(conn.execute(_LINES, {"batch": batch}))
        payees = payees_in(service.open(payee_facts(conn, batch), conn))
    unreadable = sum(row.household not in payees for row in lines)
    if unreadable:
        raise PayeeUnreadable(f"批次中有{unreadable}户的收款账户无法读取，请先更正其收款账户。")
    header = OrderHeader(batch, made.payer, made.made_on, made.lines_count, made.amount_fen)
    orders = [_order(n, row, payees[row.household]) for n, row in enumerate(lines, start=1)]
    return bank_named(made.bank).format.write(header, orders)


def _order(sequence: int, row: Any, payee: Payee) -> OrderLine:
    purpose = f"{PURPOSES.get(row.category, '低保金')} {row.month}"
    return OrderLine(
        sequence,
        payee.account,
        payee.name,
        payee.resident_id,
        row.amount_fen,
        purpose,
        row.reference,
    )


_LINES = (
    sa.select(ATTEMPT, ROSTER_LINE.c.category)
    .join(
        ROSTER_LINE,
        sa.and_(
            *(
                ROSTER_LINE.c[name] == ATTEMPT.c[name]
                for name in ("household", "programme", "month")
            )
        ),
    )
    .where(ATTEMPT.c.batch == sa.bindparam("batch"))
    .order_by(ROSTER_LINE.c.roster, ROSTER_LINE.c.village, ROSTER_LINE.c.household)
)
