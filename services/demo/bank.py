"""The bank's side of the play: it reads a payment file and answers line by line."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from services.demo.cast import Player
from services.demo.fate import PaymentFate
from services.payments.banks.layout import BankFormat
from services.payments.banks.records import BankOutcome, OrderLine


def answer_batch(
    layout: BankFormat, order: bytes, players: Mapping[str, Player], on: date, *, again: bool
) -> bytes | None:
    """The bank's result file, or None when it has no answer to any line yet.

    Of the first payment it returns what the fate says; of a re-issue it leaves some unanswered.
    """
    header, lines = layout.read_order(order)
    outcomes = [
        _outcome(line, players[line.resident_id], on, again=again)
        for line in lines
        if not (again and _unanswered(players[line.resident_id]))
    ]
    return layout.write_result(header.batch, outcomes) if outcomes else None


def _outcome(line: OrderLine, player: Player, on: date, *, again: bool) -> BankOutcome:
    returned = player.fate.payment is not PaymentFate.PAID and not again
    reason = player.fate.return_reason if returned else None
    serial = sha256(line.reference.encode()).hexdigest()[:16].upper()
    return BankOutcome(line.sequence, line.reference, line.amount_fen, reason, serial, on)


def _unanswered(player: Player) -> bool:
    return player.fate.payment is PaymentFate.CORRECTED_AND_PENDING
