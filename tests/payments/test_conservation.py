"""Approved = paid + returned + pending, in every township, after whatever was done in any order."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as law
from hypothesis import strategies as st

from services.payments.banks.records import BankOutcome
from services.payments.banks.registry import bank_named
from services.payments.documents import bank_file
from services.payments.service import PAYMENTS
from shared.answer import Answer
from shared.facts.payments import (
    LineDrawn,
    LineWithdrawn,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
    RosterApproved,
)
from tests.payments.bank import take
from tests.payments.world import (
    POSTAL_BANK,
    PROGRAMME,
    RURAL_BANK,
    T1,
    T2,
    House,
    on_sqlite,
    roster,
)

TOWNSHIPS, BANKS = (T1, T2), (RURAL_BANK, POSTAL_BANK)
NEXT_STEPS = ("draw", "submit", "approve", "request", "release")
OFFICERS = {
    "draw": {T1: "t1-a", T2: "t2-a"}, "submit": {T1: "t1-head", T2: "t2-a"},
    "return": dict.fromkeys(TOWNSHIPS, "bureau-1"), "approve": dict.fromkeys(TOWNSHIPS, "bureau-1"),
    "request": dict.fromkeys(TOWNSHIPS, "bureau-2"), "release": dict.fromkeys(TOWNSHIPS, "finance-1"),
}  # fmt: skip
COMMANDS = {
    "draw": "draw_roster", "submit": "submit_roster", "return": "return_roster",
    "approve": "approve_roster", "request": "request_funds", "release": "release_funds",
}  # fmt: skip

# What a bank says of a line: mostly the truth, sometimes nonsense.
says = st.sampled_from(
    ["ARRIVED", "ARRIVED", "BACK", "BACK", "SILENT", "TWICE", "LESS", "LATE", "STRANGE", "GARBLED"]
)
small = st.integers(0, 3)
steps = st.one_of(
    st.tuples(st.just("open"), small, small),
    st.tuples(st.just("end"), small, small),
    st.tuples(st.just("road"), small, st.just(0)),
    st.tuples(st.just("road"), small, st.just(0)),
    st.tuples(st.sampled_from(list(COMMANDS)), small, st.just(0)),
    st.tuples(st.just("batch"), small, st.just(0)),
    st.tuples(st.just("correct"), small, small),
    st.tuples(st.just("answer"), small, st.lists(says, min_size=1, max_size=4)),
    st.tuples(st.just("again"), small, st.lists(says, min_size=1, max_size=4)),
)


class Play:
    """A district's month, played by drawn steps; commands may be refused, never fail."""

    def __init__(self, payments: House) -> None:
        self.payments = payments
        self.batches: list[Answer] = []
        self.opened: Counter[int] = Counter()
        for number in range(4):
            self.open(number, number)
        self.road(0, 0)

    def step(self, kind: str, first: int, second: Any) -> None:
        """One act."""
        acts: dict[str, Callable[[int, Any], object]] = {
            "open": self.open, "end": self.end, "road": self.road, "batch": self.batch,
            "correct": self.correct, "answer": self.answer, "again": self.again,
        }  # fmt: skip
        if kind in acts:
            acts[kind](first, second)
        else:
            self.roster(kind, TOWNSHIPS[first % 2])

    def open(self, number: int, way: int) -> None:
        """A first or another confirmation, perhaps in the other township."""
        self.opened[number] += 1
        self.payments.open(
            number, TOWNSHIPS[way % 2], 10_000 + 7 * number + way, bank=BANKS[way // 2],
            case=f"case-{number}-{self.opened[number]}",
        )  # fmt: skip

    def end(self, number: int, month: int) -> None:
        case = f"case-{number}-{self.opened[number]}"
        self.payments.end(number, f"2024-0{3 + month}", case)

    def road(self, which: int, _: int) -> None:
        """All that is needed until the money is released and the banks are told."""
        for step in NEXT_STEPS:
            self.roster(step, TOWNSHIPS[which % 2])
        for bank in range(2):
            self.batch(bank, 0)

    def roster(self, step: str, township: str) -> None:
        payload: dict[str, Any] = roster(township)
        with self.payments.service.database.read() as conn:
            from services.payments.read_models.lines import stored_lines

            lines = stored_lines(conn, f"roster/{township}/{PROGRAMME}/2024-04")
        amount_fen = sum(line.amount_fen for line in lines)
        if step == "return":
            payload["reason"] = "请核对"
        if step == "approve":
            payload |= {"lines_count": len(lines), "amount_fen": amount_fen}
        if step == "release":
            payload["amount_fen"] = amount_fen
        answer = self.payments.give(OFFICERS[step][township], COMMANDS[step], **payload)
        assert answer.outcome in ("done", "refused"), answer

    def batch(self, bank: int, _: int) -> None:
        answer = self.payments.batch(BANKS[bank % 2])
        if answer.done:
            self.batches.append(answer)

    def correct(self, number: int, way: int) -> None:
        self.payments.give(
            "t1-a" if way % 2 else "t2-a", "correct_payee", household=f"hh-{number}",
            programme=PROGRAMME, reason="ACCOUNT_CLOSED",
            account={"bank": BANKS[way // 2], "account": f"62{way}"},
        )  # fmt: skip

    def again(self, which: int, said: list[str]) -> None:
        """Everything comes back, is corrected and instructed again; then the bank answers."""
        self.answer(which, ["BACK"])
        for number in range(4):
            for way in range(2):
                self.correct(number, way)
        self.batch(0, 0)
        self.answer(-1, said)

    def answer(self, which: int, said: list[str]) -> None:
        """A bank answers some batch, again or for the first time."""
        if not self.batches:
            return
        made = self.batches[which % len(self.batches)]
        format_ = bank_named(made.details["bank"]).format
        header, lines = format_.read_order(bank_file(self.payments.service, made.details["batch"]))
        outcomes = [
            one
            for number, line in enumerate(lines)
            for one in _outcomes(
                line.reference, line.amount_fen, said[number % len(said)], self.payments.today
            )
        ]
        content = format_.write_result(header.batch, outcomes)
        if "GARBLED" in said:
            content = content.replace(b",1,", b",?1,", 1)
        answer = take(self.payments, made, content)
        assert answer.outcome in ("done", "refused"), answer


def _outcomes(reference: str, fen: int, said: str, today: date) -> list[BankOutcome]:
    reason = "ACCOUNT_CLOSED" if said == "BACK" else None
    on = today.replace(year=2099) if said == "LATE" else today
    one = BankOutcome(1, reference, fen - (said == "LESS"), reason, "S1", on)
    match said:
        case "SILENT":
            return []
        case "TWICE":
            return [one, BankOutcome(1, reference, fen, "OTHER", "S2", today)]
        case "STRANGE":
            return [BankOutcome(1, "YBstranger", fen, None, "S1", today)]
        case _:
            return [one]


def naive_totals(payments: House) -> dict[str, Counter[str]]:
    """The same figures by folding the log fact by fact, without any table."""
    where: dict[str, tuple[str, int]] = {}
    outcome: dict[str, str] = {}
    approved: dict[str, int] = {}
    for recorded in payments.facts():
        fact, stream = recorded.fact, recorded.envelope.stream
        match fact:
            case LineDrawn():
                assert stream not in where
                where[stream] = (recorded.envelope.about.township or "", fact.amount_fen)
                outcome[stream] = "pending"
            case LineWithdrawn():
                del where[stream]
            case PaymentInstructed():
                assert outcome[stream] == ("pending" if fact.attempt == 1 else "returned")
                outcome[stream] = "pending"
            case PaymentSettled() | PaymentReturned():
                assert outcome[stream] == "pending"
                outcome[stream] = "paid" if isinstance(fact, PaymentSettled) else "returned"
            case RosterApproved():
                approved[stream.split("/")[1]] = fact.amount_fen
    sums = {township: Counter({"approved": fen}) for township, fen in approved.items()}
    for stream, (township, fen) in where.items():
        if township in sums:
            sums[township][outcome[stream]] += fen
    return sums


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@law(st.lists(steps, min_size=4, max_size=16))
def test_no_fen_is_lost_or_doubled(play: list[tuple[str, int, Any]]) -> None:
    """After every step, against a naive fold of the log; and the tables rebuilt are the same."""
    with TemporaryDirectory() as folder:
        payments = on_sqlite(Path(folder))
        stage = Play(payments)
        for step in play:
            stage.step(*step)
            totals = payments.totals()
            assert all(total.conserved for total in totals)
        assert naive_totals(payments) == {
            total.township: Counter(
                {
                    "approved": total.approved_fen,
                    **({"paid": total.paid_fen} if total.paid_fen else {}),
                    **({"returned": total.returned_fen} if total.returned_fen else {}),
                    **({"pending": total.pending_fen} if total.pending_fen else {}),
                }
            )
            for total in totals
        }
        before = [payments.rows(table) for table in PAYMENTS.read_models]
        payments.service.rebuild()
        assert before == [payments.rows(table) for table in PAYMENTS.read_models]
        payments.service.database.close()
