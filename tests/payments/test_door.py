"""Payments through its door: the whole road, and what is turned away on it."""

import base64
from typing import Any

import pytest
import sqlalchemy as sa

from services.payments.banks.rural_commercial import RURAL_COMMERCIAL
from services.payments.documents import bank_file
from services.payments.handlers import COMMANDS
from services.payments.read_models.lines import waiting_banks
from services.payments.read_models.tables import ATTEMPT, ROSTER_LINE
from shared.facts.payments import LineDrawn, LineWithdrawn, PaymentInstructed
from tests.payments.bank import answer_of, arrives, comes_back, pay, take
from tests.payments.world import (
    POSTAL_BANK,
    PROGRAMME,
    RURAL_BANK,
    T1,
    T2,
    House,
    digest_of,
    id_number,
    roster,
)


def test_money_reaches_the_account(payments: House) -> None:
    """Drawn, submitted, approved, requested, released, instructed, settled."""
    for number in (1, 2):
        payments.open(number)
    payments.release()
    made = payments.batch()

    answer = pay(payments, made)

    assert {
        "settled_count": 2,
        "returned_count": 0,
        "refused_count": 0,
        "refused": [],
    } == answer.details
    [total] = payments.totals()
    assert (2, 60_000, 2, 60_000) == (
        total.approved_count, total.approved_fen, total.paid_count, total.paid_fen
    )  # fmt: skip
    assert total.conserved


def test_a_returned_payment_is_corrected_and_paid_again(payments: House) -> None:
    """Returned, corrected, pending again, paid: never in two of them, always linked."""
    payments.open(1)
    payments.release()
    first = payments.batch()
    pay(payments, first, comes_back)
    assert (1, 0) == _returned_and_pending(payments)
    assert "NOTHING_TO_PAY" == payments.batch().code

    _correct(payments, bank=POSTAL_BANK)
    second = payments.batch(POSTAL_BANK)
    assert (0, 1) == _returned_and_pending(payments)
    pay(payments, second)

    [total] = payments.totals()
    assert (30_000, 0, 0) == (total.paid_fen, total.returned_fen, total.pending_fen)
    one, two = (recorded.fact for recorded in payments.facts(PaymentInstructed))
    assert (one.reference, 2) == (two.previous, two.attempt)
    assert one.reference != two.reference


def test_a_correction_of_another_township_is_denied(payments: House) -> None:
    """Nor may anybody correct what doesn't exist."""
    payments.open(1)

    assert "OUT_OF_SCOPE" == _correct(payments, officer="t2-a").code
    assert "OUT_OF_SCOPE" == _correct(payments, household="hh-9").code
    assert "BANK_UNKNOWN" == _correct(payments, bank="某某银行").code
    assert _correct(payments).done


def test_nobody_moves_a_relatives_money(payments: House) -> None:
    """A filed close relative's account is another officer's work (57号 Art 11)."""
    payments.open(1)
    person = payments.service.site.pseudonym_of(id_number(1))
    file = sa.text("INSERT INTO close_relative VALUES ('t1-a', :person, 'SIBLING')")
    payments.service.database.write(lambda conn: conn.execute(file, {"person": person}))

    assert "CLOSE_RELATIVE" == _correct(payments).code
    assert _correct(payments, officer="both").done


def test_lines_of_an_unknown_bank_are_seen_waiting(payments: House) -> None:
    """They aren't forgotten: a query names them, and a correction brings them on."""
    payments.open(1, bank="某某银行")
    payments.release()

    with payments.service.database.read() as conn:
        assert {"某某银行": 1} == waiting_banks(conn, PROGRAMME, "2024-04")
    assert "NOTHING_TO_PAY" == payments.batch().code
    assert "BANK_UNKNOWN" == payments.batch("某某银行").code
    _correct(payments)
    assert payments.batch().done


def test_the_bank_is_known_by_every_name(payments: House) -> None:
    """Accounts written in different ways come into one batch."""
    for number, bank in enumerate((RURAL_BANK, "河南农商银行", "农村信用社"), start=1):
        payments.open(number, bank=bank)
    payments.release()

    assert 3 == payments.batch().details["lines_count"]


def test_a_month_before_the_entitlement_or_after_its_end_is_not_paid(payments: House) -> None:
    """From the month after the decision until the month of the stop."""
    payments.open(1, month="2024-05")
    payments.open(2)
    payments.end(2, "2024-04")
    payments.open(3, fen=0)
    assert "ROSTER_EMPTY" == payments.draw().code

    payments.end(1, "2024-06")
    payments.at("2024-05-02")
    assert payments.draw(month="2024-05").done
    assert "ROSTER_EMPTY" == payments.draw(month="2024-06").code


def test_a_household_that_applied_anew_is_paid_by_its_new_terms(payments: House) -> None:
    """The months of the first confirmation keep their amount."""
    payments.open(1, fen=10_000)
    payments.open(1, fen=20_000, month="2024-05", case="case-1b")
    payments.at("2024-05-02")

    payments.draw(month="2024-04")
    payments.draw(month="2024-05")

    drawn = [recorded.fact for recorded in payments.facts(LineDrawn)]
    assert [("2024-04", 10_000), ("2024-05", 20_000)] == [(f.month, f.amount_fen) for f in drawn]


def test_terms_never_overlap(payments: House) -> None:
    """Confirmed anew before the first end has come: from then on only the new terms count."""
    payments.open(1, fen=10_000)
    payments.end(1, "2024-08")
    payments.open(1, fen=20_000, month="2024-06", case="case-1b")
    payments.at("2024-06-03")

    payments.draw(month="2024-06")

    assert [20_000] == [recorded.fact.amount_fen for recorded in payments.facts(LineDrawn)]
    assert {"lines_count": 1, "amount_fen": 20_000} == payments.sheet(month="2024-06")


def test_a_batch_pays_its_month_alone(payments: House) -> None:
    """Another month's released lines wait for their own batch."""
    payments.open(1)
    payments.at("2024-05-02")
    payments.release()
    payments.release(month="2024-05")

    assert 1 == payments.batch().details["lines_count"]
    assert ["2024-04"] == [recorded.fact.month for recorded in payments.facts(PaymentInstructed)]


def test_who_reviewed_does_not_instruct_the_bank(payments: House) -> None:
    """Not even with a post in finance."""
    payments.open(1)
    payments.draw()
    payments.do("t1-a", "submit_roster", **roster())
    payments.do("both", "approve_roster", **roster(), **payments.sheet())
    payments.do("bureau-2", "request_funds", **roster())
    payments.do("finance-1", "release_funds", **roster(), amount_fen=30_000)
    batch: dict[str, Any] = {"programme": PROGRAMME, "month": "2024-04", "bank": RURAL_BANK}

    assert "DUTIES_NOT_APART" == payments.give("both", "make_batch", **batch).code


def test_a_returned_roster_is_drawn_again(payments: House) -> None:
    """Who ended goes, who came comes, and the bureau approves the new totals."""
    for number in (1, 2):
        payments.open(number)
    payments.draw()
    payments.do("t1-a", "submit_roster", **roster())
    payments.do("bureau-1", "return_roster", **roster(), reason="一户已停发")
    payments.end(1, "2024-04")
    payments.open(3, fen=5)

    assert payments.draw().done
    assert ["hh-1"] == [recorded.fact.household for recorded in payments.facts(LineWithdrawn)]
    assert {"lines_count": 2, "amount_fen": 30_005} == payments.sheet()
    assert payments.approve().done


def test_a_withdrawn_household_may_be_listed_elsewhere(payments: House) -> None:
    """It moved: the first township's roster lets it go, the second's takes it."""
    payments.open(1)
    payments.draw()
    payments.open(1, T2, month="2024-04", case="case-1b")
    assert "LINE_EXISTS" == payments.draw(T2, "t2-a").code

    payments.do("t1-a", "submit_roster", **roster())
    payments.do("bureau-1", "return_roster", **roster(), reason="已迁出")
    assert payments.draw().done
    assert payments.draw(T2, "t2-a").done
    assert [T1, T2] == [r.envelope.about.township for r in payments.facts(LineDrawn)]


def test_duties_stay_apart_through_the_door(payments: House) -> None:
    """With posts on both sides, and by standing in for another."""
    payments.open(1)
    payments.draw(officer="both")
    payments.do("both", "submit_roster", **roster())
    totals = payments.sheet()
    assert "DUTIES_NOT_APART" == payments.give("both", "approve_roster", **roster(), **totals).code
    payments.do("bureau-1", "approve_roster", **roster(), **totals)
    assert "DUTIES_NOT_APART" == payments.give("both", "request_funds", **roster()).code
    payments.do("bureau-2", "request_funds", **roster())
    release = {**roster(), "amount_fen": totals["amount_fen"]}
    assert "DUTIES_NOT_APART" == payments.give("both", "release_funds", **release).code
    payments.do("finance-1", "release_funds", **release)
    batch = {"programme": PROGRAMME, "month": "2024-04", "bank": RURAL_BANK}
    assert "DUTIES_NOT_APART" == payments.give("both", "make_batch", **batch).code
    assert payments.give("finance-1", "make_batch", **batch).done


def test_a_stand_in_counts_as_both(payments: House) -> None:
    """t1-b draws for t1-a: the roster's record names the two."""
    payments.open(1)
    payments.do("t1-b", "draw_roster", **roster(), acting_for="t1-a")
    payments.do("t1-head", "submit_roster", **roster())

    with payments.service.database.read() as conn:
        stream = "roster/411603101/SUBSISTENCE_ALLOWANCE/2024-04"
        found = sa.text("SELECT body FROM fact WHERE stream = :s AND version = 1")
        body = bytes(conn.execute(found, {"s": stream}).scalar_one())
    assert b'"drawn_by":["t1-b","t1-a"]' in body


@pytest.mark.parametrize(
    ("officer", "name"),
    [
        ("t2-a", "draw_roster"), ("t1-head", "draw_roster"), ("bureau-1", "draw_roster"),
        ("t2-a", "submit_roster"), ("bureau-1", "submit_roster"), ("t1-a", "request_funds"),
        ("finance-1", "request_funds"),
    ],
)  # fmt: skip
def test_only_the_competent_may(payments: House, officer: str, name: str) -> None:
    """Another township, another post."""
    payments.open(1)

    assert "denied" == payments.give(officer, name, **roster()).outcome
    assert [] == payments.rows(ROSTER_LINE)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("draw_roster", {**roster(), "month": "2024-13"}),
        ("draw_roster", {**roster(), "more": 1}),
        ("approve_roster", {**roster(), "lines_count": "1", "amount_fen": 1}),
        ("approve_roster", {**roster(), "lines_count": True, "amount_fen": 1}),
        ("approve_roster", {**roster(), "lines_count": -1, "amount_fen": 1}),
        ("approve_roster", {**roster(), "lines_count": 1, "amount_fen": -1}),
        ("approve_roster", {**roster(), "lines_count": 1, "amount_fen": 0.5}),
        ("release_funds", {**roster(), "amount_fen": "1"}),
        ("record_bank_file", {"batch": "b", "format": "f", "file_digest": "x"}),
        ("take_bank_result", {"batch": "b", "format": "f", "content_base64": "*"}),
        ("take_bank_result", {"batch": "b", "format": "f", "content_base64": 7}),
        ("correct_payee", {"household": "h", "programme": PROGRAMME, "reason": "随便",
                           "account": {"bank": "b", "account": "1"}}),
    ],
)  # fmt: skip
def test_a_malformed_command_is_refused(payments: House, name: str, bad: dict[str, Any]) -> None:
    """By name, with the field that is wrong, and nothing changes."""
    officers = {"draw_roster": "t1-a", "approve_roster": "bureau-1", "release_funds": "finance-1",
                "record_bank_file": "finance-1", "take_bank_result": "rural", "correct_payee": "t1-a"}  # fmt: skip
    before = len(payments.facts())

    assert "BAD_COMMAND" == payments.give(officers[name], name, **bad).code
    assert before + 1 == len(payments.facts())


def test_tampered_lines_are_not_approved(payments: House) -> None:
    """Someone with the database's password moved money between two lines."""
    for number in (1, 2):
        payments.open(number)
    payments.draw()
    payments.do("t1-a", "submit_roster", **roster())
    shift = sa.text(
        "UPDATE roster_line SET amount_fen = amount_fen + "
        "CASE household WHEN 'hh-1' THEN 100 ELSE -100 END"
    )
    payments.service.database.write(lambda conn: conn.execute(shift))

    answer = payments.give("bureau-1", "approve_roster", **roster(), **payments.sheet())

    assert "LINES_DIFFER" == answer.code


def test_the_bank_gets_one_file(payments: House) -> None:
    """The same bytes each time; its digest is recorded, another one refused."""
    payments.open(1)
    payments.release()
    made = payments.batch()
    batch = made.details["batch"]
    content = bank_file(payments.service, batch)
    assert content == bank_file(payments.service, batch)
    file = {"batch": batch, "format": made.details["format"]}

    payments.do("finance-1", "record_bank_file", **file, file_digest=digest_of(content))
    payments.do("finance-1", "record_bank_file", **file, file_digest=digest_of(content))
    again = payments.give("finance-1", "record_bank_file", **file, file_digest="0" * 64)
    assert "BANK_FILE_DIFFERS" == again.code
    file["format"] = "POSTAL_CSV"
    other = payments.give("finance-1", "record_bank_file", **file, file_digest="0" * 64)
    assert "BANK_FILE_FORMAT" == other.code


def test_bad_lines_are_told_and_good_ones_taken(payments: House) -> None:
    """Row, code and sentence for each; the file's other lines count."""
    for number in (1, 2, 3):
        payments.open(number)
    payments.release()
    made = payments.batch()
    text = answer_of(payments, made).decode("gb18030").splitlines()
    text[1] = text[1].replace("300.00", "300.01")
    text[2] = text[2].replace(",YB", ",XX")
    text[-1] = "合计,3,900.01,0,0.00"

    answer = take(payments, made, ("\r\n".join(text) + "\r\n").encode("gb18030"))

    assert (1, 0, 2) == tuple(
        answer.details[name] for name in ("settled_count", "returned_count", "refused_count")
    )
    assert [(2, "AMOUNT_DIFFERS"), (3, "LINE_UNKNOWN")] == [
        (one["row"], one["code"]) for one in answer.details["refused"]
    ]
    [total] = payments.totals()
    assert (30_000, 60_000) == (total.paid_fen, total.pending_fen)


def test_a_settled_line_stays_settled(payments: House) -> None:
    """A later file that says it came back is not believed."""
    payments.open(1)
    payments.release()
    made = payments.batch()
    pay(payments, made)

    answer = pay(payments, made, comes_back)

    assert ["LINE_ALREADY_SETTLED"] == [one["code"] for one in answer.details["refused"]]
    assert payments.totals()[0].paid_fen == 30_000


def test_a_late_success_of_a_returned_payment_is_refused(payments: House) -> None:
    """The line has been given back; it is paid by a re-issue or not at all."""
    payments.open(1)
    payments.release()
    made = payments.batch()
    pay(payments, made, comes_back)

    answer = pay(payments, made, arrives)

    assert ["LINE_ALREADY_RETURNED"] == [one["code"] for one in answer.details["refused"]]


def test_a_file_that_cant_be_taken_changes_nothing(payments: House) -> None:
    """Cut off, in another encoding, of another bank, for a batch that isn't, or twice."""
    for number, bank in enumerate((RURAL_BANK, RURAL_BANK, POSTAL_BANK), start=1):
        payments.open(number, bank=bank)
    payments.release()
    rural, postal = payments.batch(), payments.batch(POSTAL_BANK)
    content = answer_of(payments, rural)
    before = payments.totals()

    assert "BANK_FILE_TRUNCATED" == take(payments, rural, content[:-20]).code
    utf8 = content.decode("gb18030").encode()
    assert "BANK_FILE_ENCODING" == take(payments, rural, utf8).code
    assert "BANK_FILE_FORMAT" == take(payments, postal, content).code
    elsewhere = take(payments, rural, content, "postal")
    assert ("denied", "OTHER_BANK") == (elsewhere.outcome, elsewhere.code)
    other = RURAL_COMMERCIAL.write_result("batch-x", [])
    assert "BANK_FILE_OTHER_BATCH" == take(payments, rural, other).code
    wrong: dict[str, Any] = {"batch": "batch-x", "format": RURAL_COMMERCIAL.code}
    unknown = base64.b64encode(other).decode()
    answer = payments.give("rural", "take_bank_result", **wrong, content_base64=unknown)
    assert "NO_SUCH_BATCH" == answer.code
    assert before == payments.totals()

    assert take(payments, rural, content).done
    assert "FILE_ALREADY_TAKEN" == take(payments, rural, content).code


def test_a_result_may_be_megabytes_but_not_more(payments: House) -> None:
    """Sixteen for a bank's file; a quarter of one for anything else."""
    big = "A" * (16 * 1024 * 1024)
    answer = payments.give("rural", "take_bank_result", batch="b", format="f", content_base64=big)
    assert "PAYLOAD_TOO_LARGE" == answer.code
    assert "PAYLOAD_TOO_LARGE" == payments.give("t1-a", "draw_roster", **roster(), x=big).code


def test_a_thousand_lines_take_few_statements(payments: House) -> None:
    """No query for each line: ten lines and forty cost the same."""
    counted = [_statements(payments, first, count) for first, count in ((1, 10), (11, 40))]

    assert counted[0] == counted[1]


def test_each_command_stands_under_an_article() -> None:
    """The table of competence cites the text for every row."""
    assert all(row.article for row in COMMANDS)
    assert len(COMMANDS) == len({row.name for row in COMMANDS})


def _statements(payments: House, first: int, count: int) -> int:
    """How many statements drawing, a batch and its result take for that many households."""
    township, month = (T1, "2024-04") if first == 1 else (T2, "2024-03")
    for number in range(first, first + count):
        payments.open(number, township, month=month)
    seen: list[str] = []
    engine = payments.service.database.engine

    def count_one(*arguments: Any) -> None:
        seen.append(arguments[2])

    sa.event.listen(engine, "before_cursor_execute", count_one)
    payments.release(township, month)
    made = payments.batch(month=month)
    answer = pay(payments, made)
    sa.event.remove(engine, "before_cursor_execute", count_one)
    assert (
        count
        == answer.details["settled_count"]
        == len([row for row in payments.rows(ATTEMPT) if row[3] == month])
    )
    return len(seen)


def _correct(
    payments: House, officer: str = "t1-a", household: str = "hh-1", bank: str = RURAL_BANK
) -> Any:
    return payments.give(
        officer, "correct_payee", household=household, programme=PROGRAMME,
        reason="ACCOUNT_CLOSED", account={"bank": bank, "account": "6299991"},
    )  # fmt: skip


def _returned_and_pending(payments: House) -> tuple[int, int]:
    [total] = payments.totals()
    assert total.conserved
    return total.returned_count, total.pending_count
