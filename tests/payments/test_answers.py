"""What a bank may say of a payment: of the day, the sum, the serial and the reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.payments.banks.registry import BANKS
from services.payments.domain.result import Attempt, Malformed, ResultLine
from services.payments.domain.serials import without_names
from services.payments.read_models.tables import ATTEMPT, RESULT_FILE, ROSTER_LINE
from services.payments.schemas import CORRECTION_REASONS
from shared.answer import Answer
from shared.envelope import About
from shared.facts.door import CommandRefused
from shared.facts.payments import BankLineRefused, PaymentReturned, PaymentSettled
from shared.log import store
from tests.payments.bank import answer_of, comes_back, take
from tests.payments.world import POSTAL_BANK, PROGRAMME, RURAL_BANK, House, id_number, payee


def instructed(payments: House, bank: str = RURAL_BANK) -> Answer:
    """Household 1's money is with the bank, since the 2nd of April."""
    payments.open(1, bank=bank)
    payments.release()
    payments.at("2024-04-02")
    made = payments.batch(bank)
    payments.at("2024-04-09")
    return made


def refused_alone(payments: House, made: Answer, **said: Any) -> list[str]:
    """The codes of the lines refused, with what the log and the tables hold of them."""
    before = [payments.rows(table) for table in (ATTEMPT, ROSTER_LINE)]
    answer = take(payments, made, answer_of(payments, made, **said))
    assert answer.done, answer
    assert before == [payments.rows(table) for table in (ATTEMPT, ROSTER_LINE)]
    assert [] == payments.facts(PaymentSettled) + payments.facts(PaymentReturned)
    [total] = payments.totals()
    assert (0, 0, 30_000) == (total.paid_fen, total.returned_fen, total.pending_fen)
    recorded = [one.fact.code for one in payments.facts(BankLineRefused)]
    assert recorded == [one["code"] for one in answer.details["refused"]]
    return recorded


@pytest.mark.parametrize("day", ["1949-01-01", "2024-04-01", "2024-04-10", "2099-12-31"])
def test_a_day_on_which_the_money_cant_have_moved_is_not_believed(
    payments: House, day: str
) -> None:
    """Before the batch was made or after today: refused, and the payment waits on."""
    made = instructed(payments)

    found = refused_alone(payments, made, on=date.fromisoformat(day))

    assert ["DATE_IMPOSSIBLE"] == found


@pytest.mark.parametrize("day", ["2024-04-02", "2024-04-09"])
def test_the_day_of_the_batch_and_today_are_possible(payments: House, day: str) -> None:
    """Some banks pay at once, some answer at once."""
    made = instructed(payments)
    on = date.fromisoformat(day)

    assert take(payments, made, answer_of(payments, made, on=on)).done
    assert [on] == [one.fact.settled_on for one in payments.facts(PaymentSettled)]


def test_a_line_refused_for_its_day_is_taken_from_the_corrected_file(payments: House) -> None:
    """The refusal closes nothing."""
    made = instructed(payments)
    refused_alone(payments, made, on=date(2099, 12, 31))

    answer = take(payments, made, answer_of(payments, made))

    assert 1 == answer.details["settled_count"]


@pytest.mark.parametrize("amount_fen", [29_999, 30_001, 0])
def test_a_live_payment_of_another_amount_is_refused(payments: House, amount_fen: int) -> None:
    """Nothing of the batch has been answered yet, and the file's own totals agree."""
    made = instructed(payments)

    assert ["AMOUNT_DIFFERS"] == refused_alone(payments, made, amount_fen=amount_fen)


@pytest.mark.parametrize("bank", [RURAL_BANK, POSTAL_BANK])
def test_a_file_without_a_line_is_refused_as_a_whole(payments: House, bank: str) -> None:
    """Nothing is recorded but the refusal, and the honest file comes after it."""
    made = instructed(payments, bank)
    format_ = next(one.format for one in BANKS if one.code == made.details["bank"])
    before = len(payments.facts())

    answer = take(payments, made, format_.write_result(made.details["batch"], []))

    assert ("refused", "BANK_FILE_EMPTY") == (answer.outcome, answer.code)
    assert [] == payments.rows(RESULT_FILE)
    assert before + 1 == len(payments.facts())
    assert isinstance(payments.facts()[-1].fact, CommandRefused)
    assert take(payments, made, answer_of(payments, made)).done


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("*", "文件内容不是有效的 base64。"),
        ("中", "文件内容不是有效的 base64。"),
        (7, "此项应为文件内容（base64）。"),
        (None, "此项不能为空。"),
    ],
)
def test_bad_content_is_told_under_its_own_name(payments: House, content: Any, told: str) -> None:
    """The field exists; what is wrong with it stands beside it."""
    wrong = {"batch": "b", "format": "f", "content_base64": content}

    answer = payments.give("rural", "take_bank_result", **wrong)

    assert ("BAD_COMMAND", {"content_base64": [told]}) == (answer.code, answer.details)


def test_bad_content_is_told_beside_what_else_is_wrong(payments: House) -> None:
    """A field that isn't there stays unnamed, as for any command."""
    wrong: dict[str, Any] = {"batch": 1, "format": "f", "content_base64": 7, "张某": 1}

    answer = payments.give("rural", "take_bank_result", **wrong)

    assert {"batch", "content_base64", "_unknown"} == set(answer.details)
    del wrong["content_base64"]
    answer = payments.give("rural", "take_bank_result", **wrong)
    assert {"batch", "content_base64", "_unknown"} == set(answer.details)


@pytest.mark.parametrize("serial", [payee(1).account, id_number(1)])
def test_a_serial_that_names_the_payee_never_reaches_the_record(
    payments: House, serial: str
) -> None:
    """Serials stay unsealed; the line is refused and its number stands nowhere in the log."""
    made = instructed(payments)

    assert ["LINE_MALFORMED"] == refused_alone(payments, made, bank_serial=serial)
    assert serial.encode() not in _everything_stored(payments)


def test_a_serial_is_compared_without_dashes_and_case() -> None:
    """A number written in groups is the same number; somebody else's is not looked up."""
    attempt = Attempt("YB1", "hh-1", PROGRAMME, "2024-04", "batch-1", 1, "INSTRUCTED", About())
    owner = replace(payee(1), resident_id="99999919800101123X", account="62-9999")
    line = ResultLine(2, "YB1", 1, None, "S-1", date(2024, 4, 9))
    serials = ["629999", "6-2-9-9-9-9", "99999919800101123x", "99999919800101123", "S-629999"]
    lines = [replace(line, bank_serial=serial) for serial in serials]

    assert (*[Malformed(2)] * 3, *lines[3:]) == without_names(
        lines, {"YB1": attempt}, {"hh-1": owner}
    )
    assert tuple(lines) == without_names(lines, {"YB1": attempt}, {"hh-2": owner})
    assert tuple(lines) == without_names(lines, {}, {"hh-1": owner})


def test_an_answer_counts_though_the_account_cant_be_read_any_more(payments: House) -> None:
    """The family's key was destroyed after the money went out; there is nothing to compare."""
    made = instructed(payments)
    content = answer_of(payments, made)
    keyring = payments.service.keyring
    payments.service.database.write(lambda conn: keyring.destroy(conn, "hh-1"))

    assert 1 == take(payments, made, content).details["settled_count"]


def test_a_banks_own_words_never_reach_the_record(payments: House) -> None:
    """Only the house's codes do: free text in place of a reason is OTHER."""
    made = instructed(payments)
    words = "NAME SHOULD BE ZHANG"  # ASCII, as the log would hold it
    rows = answer_of(payments, made, comes_back).decode("gb18030").replace("E03", words)
    assert 1 == rows.count(words)

    assert 1 == take(payments, made, rows.encode("gb18030")).details["returned_count"]

    assert ["OTHER"] == [one.fact.reason for one in payments.facts(PaymentReturned)]
    assert ["OTHER"] == [row[-1] for row in payments.rows(ATTEMPT)]
    assert words.encode() not in _everything_stored(payments)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.code)
def test_every_reason_of_a_bank_is_one_that_can_be_corrected(bank: Any) -> None:
    """A closed list, the same that an officer names when the account is corrected."""
    assert set(CORRECTION_REASONS) - {"ON_REQUEST"} == set(bank.format.reasons.values())


def _everything_stored(payments: House) -> bytes:
    with payments.service.database.read() as conn:
        return b"\n".join(fact.body for fact in store.read_all(conn))
