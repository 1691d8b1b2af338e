"""Batches: what the bank is told, which file it got, and its answer line by line."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.payments import commands as c
from services.payments.domain.answering import ResultFile
from services.payments.domain.batch import BATCH, ToPay
from services.payments.domain.lines import batch_digest, reference_of
from services.payments.domain.result import (
    SENTENCES,
    Attempt,
    FileLine,
    Malformed,
    Problem,
    ResultLine,
)
from services.payments.refusals import (
    BankFileDiffers,
    BankFileEmpty,
    BankFileOtherBatch,
    DutiesNotApart,
    FileAlreadyTaken,
    NoSuchBatch,
    NothingToPay,
)
from shared.context import Behind
from shared.deciding import On
from shared.envelope import About
from shared.facts.payments import (
    BankFileWritten,
    BankLineRefused,
    BankResultTaken,
    BatchMade,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
)
from shared.identity import named_id
from shared.testing.decisions import context, given
from tests.payments.samples import FIRST, MADE, MAKE, MONTH, TODAY, about, payable
from tests.payments.world import PROGRAMME

LINE = f"line/hh-1/{PROGRAMME}/{MONTH}"
PAID_ON = TODAY
DIGEST = "d" * 64
TAKE = c.TakeBankResult("batch-1", "RURAL_COMMERCIAL_CSV", b"")
FILE = c.RecordBankFile("batch-1", "RURAL_COMMERCIAL_CSV", DIGEST)
WRITTEN = BankFileWritten("batch-1", "RURAL_COMMERCIAL_CSV", ("o-1",), TODAY, DIGEST)
TAKEN = BankResultTaken("batch-1", DIGEST, ("o-1",), TODAY, 1, 30_000, 0, 0, 0)
ATTEMPT = Attempt(FIRST, "hh-1", PROGRAMME, MONTH, "batch-1", 30_000, "INSTRUCTED", about())
GOOD = ResultLine(2, FIRST, 30_000, None, "S1", PAID_ON)


def result(
    *lines: FileLine,
    attempt: Attempt = ATTEMPT,
    batch: str = "batch-1",
    today: str = "2024-03-25",
) -> Any:
    file = ResultFile(batch, DIGEST, lines, {attempt.reference: attempt})
    return context(today, gathered=file)


def refused(row: int, problem: Problem, whom: About | None = None) -> On:
    fact = BankLineRefused("batch-1", DIGEST, row, problem.value)
    return On(f"bank-line/{DIGEST[:24]}/{row}", fact, whom or about())


def nothing_but(count: int) -> BankResultTaken:
    return BankResultTaken("batch-1", DIGEST, ("o-1",), TODAY, 0, 0, 0, 0, count)


def test_every_waiting_line_is_instructed() -> None:
    """A payment's reference follows from line and attempt; the batch holds count, sum, digest."""
    gathered = ToPay("RURAL", (payable(),), frozenset())
    batch = named_id("batch", "00000000-0000-8000-8000-000000000001")
    order = PaymentInstructed("hh-1", PROGRAMME, MONTH, FIRST, 1, None, batch, 30_000, 1)

    given().when(BATCH, MAKE, context("2024-03-25", gathered=gathered)).then(
        On(LINE, order, about()), replace(MADE, batch=batch, made_by=("o-1",))
    )


def test_a_reissue_names_the_payment_that_failed() -> None:
    """It has a reference of its own and the corrected account."""
    second = reference_of(LINE, 2)
    waiting = payable(attempts_count=1, previous=FIRST, payee_version=2)
    facts = (
        given().when(BATCH, MAKE, context(gathered=ToPay("RURAL", (waiting,), frozenset()))).facts
    )

    assert isinstance(facts[0], On)
    order, made = facts[0].fact, facts[1]
    assert isinstance(order, PaymentInstructed)
    assert isinstance(made, BatchMade)
    assert (second, 2, FIRST, 2) == (
        order.reference, order.attempt, order.previous, order.payee_version
    )  # fmt: skip
    assert batch_digest([(second, 30_000, 2)]) == made.digest


def test_references_are_short_ascii_and_differ() -> None:
    """Banks keep 32 signs; another line or attempt gives another reference."""
    names = {reference_of(f"line/hh-{n}/X/2024-04", a) for n in range(200) for a in range(1, 6)}

    assert 1_000 == len(names)
    assert all(len(name) <= 32 and name.isascii() and name.isalnum() for name in names)


def test_a_batch_of_nothing_is_refused() -> None:
    """The officer hears that nothing waits."""
    empty = ToPay("RURAL", (), frozenset())

    given().when(BATCH, MAKE, context(gathered=empty)).then_refused(NothingToPay)


@pytest.mark.parametrize(("officer", "acting_for"), [("x", None), ("o-1", "x"), ("x", "o-1")])
def test_who_drew_or_reviewed_does_not_instruct_the_bank(
    officer: str, acting_for: str | None
) -> None:
    """To instruct is to release: the same people are kept from it."""
    gathered = ToPay("RURAL", (payable(),), frozenset({"x"}))
    surroundings = context(officer=officer, acting_for=acting_for, gathered=gathered)

    given().when(BATCH, MAKE, surroundings).then_refused(DutiesNotApart)
    known = replace(surroundings, actor=replace(surroundings.actor, officer="o-9", acting_for=None))
    under_another = replace(known, behind=Behind(frozenset({"o-9", "x"})))
    given().when(BATCH, MAKE, under_another).then_refused(DutiesNotApart)


def test_the_file_for_the_bank_is_recorded_once() -> None:
    """The same file again adds nothing; another one is refused."""
    other = replace(FILE, file_digest="e" * 64)

    given(MADE).when(BATCH, FILE, context("2024-03-25")).then(WRITTEN)
    given(MADE, WRITTEN).when(BATCH, FILE, context()).then()
    given(MADE, WRITTEN).when(BATCH, other, context()).then_refused(BankFileDiffers)


@pytest.mark.parametrize("command", [FILE, TAKE])
def test_an_unknown_batch_is_refused(command: Any) -> None:
    """There is nothing to write to it or to hear of it."""
    given().when(BATCH, command, context()).then_refused(NoSuchBatch)


def test_money_that_arrived_is_settled() -> None:
    """With the bank's serial number and day."""
    settled = PaymentSettled("hh-1", PROGRAMME, MONTH, FIRST, "batch-1", 30_000, "S1", PAID_ON)

    given(MADE).when(BATCH, TAKE, result(GOOD)).then(On(LINE, settled, about()), TAKEN)


def test_money_that_came_back_is_returned() -> None:
    """With the reason."""
    back = replace(GOOD, reason="ACCOUNT_CLOSED")
    returned = PaymentReturned(
        "hh-1", PROGRAMME, MONTH, FIRST, "batch-1", 30_000, "ACCOUNT_CLOSED", PAID_ON
    )
    taken = BankResultTaken("batch-1", DIGEST, ("o-1",), TODAY, 0, 0, 1, 30_000, 0)

    given(MADE).when(BATCH, TAKE, result(back)).then(On(LINE, returned, about()), taken)


@pytest.mark.parametrize(
    ("line", "attempt", "problem", "whom"),
    [
        (Malformed(7), ATTEMPT, Problem.LINE_MALFORMED, About()),
        (replace(GOOD, row=7, reference="YB0"), ATTEMPT, Problem.LINE_UNKNOWN, About()),
        (replace(GOOD, row=7), replace(ATTEMPT, batch="batch-2"), Problem.LINE_OF_OTHER_BATCH, None),
        (replace(GOOD, row=7), replace(ATTEMPT, status="SETTLED"), Problem.LINE_ALREADY_SETTLED, None),
        (replace(GOOD, row=7), replace(ATTEMPT, status="RETURNED"), Problem.LINE_ALREADY_RETURNED, None),
        (replace(GOOD, row=7, amount_fen=29_999), ATTEMPT, Problem.AMOUNT_DIFFERS, None),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_changes_nothing(
    line: FileLine, attempt: Attempt, problem: Problem, whom: About | None
) -> None:
    """It is refused alone, with its row and reason."""
    given(MADE).when(BATCH, TAKE, result(line, attempt=attempt)).then(
        refused(7, problem, whom), nothing_but(1)
    )


@pytest.mark.parametrize("reason", [None, "ACCOUNT_CLOSED"])
@pytest.mark.parametrize(
    ("on", "possible"),
    [
        (date(1949, 1, 1), False),
        (date(2024, 3, 24), False),
        (date(2024, 3, 25), True),
        (date(2024, 4, 9), True),
        (date(2024, 4, 10), False),
        (date(2099, 12, 31), False),
    ],
)
def test_money_moves_between_the_batch_and_today(
    on: date, possible: bool, reason: str | None
) -> None:
    """Both days count; a line of any other day is refused alone, whatever it says."""
    line = replace(GOOD, on=on, reason=reason)
    facts = given(MADE).when(BATCH, TAKE, result(line, today="2024-04-09")).facts

    if possible:
        fact = facts[0].fact if isinstance(facts[0], On) else None
        assert isinstance(fact, PaymentSettled if reason is None else PaymentReturned)
    else:
        taken = replace(nothing_but(1), taken_on=date(2024, 4, 9))
        assert [refused(2, Problem.DATE_IMPOSSIBLE), taken] == list(facts)


def test_a_line_that_comes_twice_counts_once() -> None:
    """The second one is refused, whatever it says."""
    facts = given(MADE).when(BATCH, TAKE, result(GOOD, replace(GOOD, row=3, reason="OTHER"))).facts

    assert refused(3, Problem.LINE_TWICE_IN_FILE) == facts[1]
    assert replace(TAKEN, refused_count=1) == facts[-1]


def test_a_file_is_taken_once() -> None:
    """The same bytes again are refused."""
    given(MADE, TAKEN).when(BATCH, TAKE, result(GOOD)).then_refused(FileAlreadyTaken)


def test_a_file_without_a_line_is_refused() -> None:
    """It answers nothing, so nothing is recorded as answered."""
    given(MADE).when(BATCH, TAKE, result()).then_refused(BankFileEmpty)


def test_a_file_of_another_batch_is_refused() -> None:
    """Its header says so."""
    given(MADE).when(BATCH, TAKE, result(GOOD, batch="batch-2")).then_refused(BankFileOtherBatch)


def test_every_problem_has_its_sentence() -> None:
    """The bank desk reads why."""
    assert set(Problem) == set(SENTENCES)


def test_a_strange_fact_or_command_is_a_bug() -> None:
    """Neither is passed over in silence."""
    with pytest.raises(ValueError, match="can't follow"):
        BATCH.fold((WRITTEN,))
    with pytest.raises(AssertionError):
        BATCH.decide(BATCH.initial, object(), context())
