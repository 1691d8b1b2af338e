"""What payments hands out: the roster sheet and the bank's file."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from services.payments.documents import bank_file, roster_sheet
from services.payments.documents.roster_sheet import COLUMNS
from services.payments.refusals import NoSuchBatch, NoSuchRoster, PayeeUnreadable
from tests.payments.bank import comes_back, pay
from tests.payments.world import POSTAL_BANK, PROGRAMME, T1, House, id_number, roster


def cells(content: bytes) -> list[list[Any]]:
    """The sheet's rows, without empty ends."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[c for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]


def columns(content: bytes) -> list[dict[str, Any]]:
    """The rows below the header down to the sum, by the header's titles."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    _, header, *rows = sheet.iter_rows(values_only=True)
    found: list[dict[Any, Any]] = [dict(zip(header, row, strict=True)) for row in rows]
    last = [row["月份"] for row in found].index("合计")
    return found[: last + 1]


def correct(payments: House, **holder: str) -> None:
    """Household 1 brings another account."""
    payments.do(
        "t1-a", "correct_payee", household="hh-1", programme=PROGRAMME,
        reason="ACCOUNT_CLOSED", account={"bank": "邮储银行", "account": "629999777", **holder},
    )  # fmt: skip


def sheet_of(payments: House) -> bytes:
    return roster_sheet(payments.service, T1, PROGRAMME, "2024-04")


def test_a_roster_sheet_lists_every_household_with_totals(payments: House) -> None:
    """By village with subtotals, the sum in figures and capitals, and who signed."""
    payments.open(1, fen=30_050)
    payments.open(2, village="西湖村")
    payments.open(3)
    payments.draw()
    payments.approve()

    rows = cells(sheet_of(payments))

    assert ["新站镇2024-04最低生活保障金发放花名册"] == rows[0]
    assert [title for title, _ in COLUMNS] == rows[1]
    assert ["hh-1", "hh-3", "hh-2"] == [row[5] for row in rows[2:] if isinstance(row[0], int)]
    assert [1, 2, 3] == [row[0] for row in rows[2:] if isinstance(row[0], int)]
    totals = {row[0]: row[1:] for row in rows if str(row[0]).endswith("计")}
    assert {
        "东湖村小计": ["2户", 4, 600.5], "西湖村小计": ["1户", 2, 300], "合计": ["3户", 6, 900.5]
    } == totals  # fmt: skip
    assert ["大写：玖佰元伍角整"] in rows
    assert ["制表人：t1-a某", "报送人：t1-head某", "审核人：bureau-1某"] == [
        r[0] for r in rows[-3:]
    ]


def test_a_sheet_names_the_head_beside_who_is_paid(payments: House) -> None:
    """户主姓名 after the village, 领款人 further on; totals stand below what they count."""
    payments.open(1)
    payments.draw()

    [line, subtotal, total] = columns(sheet_of(payments))

    assert ["序号", "月份", "乡镇（街道）", "村（社区）", "户主姓名", "户编号"] == list(line)[:6]
    assert ("东湖村", "户主1", "hh-1", "某户1") == (
        line["村（社区）"], line["户主姓名"], line["户编号"], line["领款人"],
    )  # fmt: skip
    assert [("东湖村小计", "1户", 2, 300), ("合计", "1户", 2, 300)] == [
        (row["月份"], row["乡镇（街道）"], row["保障人口"], row["发放金额（元）"])
        for row in (subtotal, total)
    ]


def test_the_head_stays_when_another_is_paid(payments: House) -> None:
    """A correction changes the account and its holder, not whose household it is."""
    payments.open(1)
    payments.draw()
    correct(payments, holder_name="某户一", holder_resident_id=id_number(1))

    line = columns(sheet_of(payments))[0]

    assert ("户主1", "某户一", "邮储银行") == (
        line["户主姓名"], line["领款人"], line["开户银行"]
    )  # fmt: skip


def test_a_roster_sheet_masks_numbers(payments: House) -> None:
    """Neither the whole ID number nor the whole account leaves the house in it."""
    payments.open(1)
    payments.draw()

    text = str(cells(sheet_of(payments)))

    assert id_number(1) not in text
    assert "6299990000000001" not in text
    assert "9999**********0011" in text
    assert "************0001" in text


def test_a_roster_sheet_is_the_same_bytes_each_time(payments: House) -> None:
    """Whatever the hour."""
    payments.open(1)
    payments.draw()
    first = sheet_of(payments)
    payments.at("2024-06-01")

    assert first == sheet_of(payments)


def test_a_sheet_shows_how_each_line_fares(payments: House) -> None:
    """Returned lines are seen as such, with the account that was tried."""
    payments.open(1)
    payments.release()
    pay(payments, payments.batch(), comes_back)
    correct(payments)

    row = cells(sheet_of(payments))[2]

    assert "已退票" == row[-1]
    assert "淮阳农商银行" in row


def test_a_sheet_of_the_second_round_shows_its_own_officers(payments: House) -> None:
    """Who signed the returned one is not shown as having signed this one."""
    payments.open(1)
    payments.draw()
    payments.do("t1-a", "submit_roster", **roster())
    payments.do("bureau-1", "return_roster", **roster(), reason="请核对")
    payments.draw(officer="t1-b")

    rows = cells(sheet_of(payments))

    assert ["制表人：t1-b某"] == [row[0] for row in rows if "人：" in str(row[0])]


def test_a_formula_in_a_village_stays_text(payments: House) -> None:
    """Whoever opens the sheet runs nothing."""
    payments.open(1, village='=HYPERLINK("x")')
    payments.draw()

    sheet = load_workbook(io.BytesIO(sheet_of(payments))).worksheets[0]

    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert '=HYPERLINK("x")' == sheet["D3"].value


def test_a_sheet_says_where_an_account_is_missing(payments: House) -> None:
    """Its key is gone: neither head nor account is shown, the money and its sums still are."""
    payments.open(1)
    payments.draw()
    _erase(payments)

    line, *_, total = columns(sheet_of(payments))

    assert (None, None, None, 300, "收款账户待补") == (
        line["户主姓名"], line["领款人"], line["银行账号"], line["发放金额（元）"], line["备注"],
    )  # fmt: skip
    assert 300 == total["发放金额（元）"]


def test_an_account_named_again_is_shown_and_paid_after_the_key_is_gone(payments: House) -> None:
    """The head's erased name stays away; the money finds its account."""
    payments.open(1)
    payments.release()
    _erase(payments)
    correct(payments, holder_name="某户一", holder_resident_id=id_number(1))

    line = columns(sheet_of(payments))[0]

    assert (None, "某户一", None) == (line["户主姓名"], line["领款人"], line["备注"])
    assert 1 == pay(payments, payments.batch(POSTAL_BANK)).details["settled_count"]


def test_a_file_with_an_account_that_cant_be_read_is_not_written(payments: House) -> None:
    """The bank is not sent half a batch."""
    payments.open(1)
    payments.release()
    made = payments.batch()
    _erase(payments)

    with pytest.raises(PayeeUnreadable):
        bank_file(payments.service, made.details["batch"])


def test_what_does_not_exist_is_refused(payments: House) -> None:
    """By name."""
    with pytest.raises(NoSuchRoster):
        sheet_of(payments)
    with pytest.raises(NoSuchBatch):
        bank_file(payments.service, "batch-x")


def _erase(payments: House) -> None:
    payments.service.database.write(lambda conn: payments.service.keyring.destroy(conn, "hh-1"))
