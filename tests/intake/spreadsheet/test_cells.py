"""Every form in which officers and Excel write a value gives the value, or a reason."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.spreadsheet import wording
from services.intake.spreadsheet.amounts import income_fen
from services.intake.spreadsheet.cells import person_name
from services.intake.spreadsheet.dates import application_date
from services.intake.spreadsheet.grid import Dated, Fault, Number
from services.intake.spreadsheet.identity_cells import account_number, phone_number, resident_id
from services.intake.spreadsheet.problems import CellRefused
from tests.intake.spreadsheet.sheets import TODAY, id_number

ID = id_number(11)
X_ID = next(number for number in map(id_number, range(1, 999)) if number.endswith("X"))
CARD = "6217000010000000003"


def code_of(make: Any, *args: Any, **more: Any) -> str:
    """The code with which `make` refuses."""
    with pytest.raises(CellRefused) as caught:
        make(*args, **more)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.fix.reason)
    return caught.value.fix.code


def wide(text: str) -> str:
    """Full-width digits and letters."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (ID, ID),
        (wide(ID), ID),
        (f"'{ID}", ID),
        (f"\u200b {ID[:6]} {ID[6:14]}\u00a0{ID[14:]}\ufeff", ID),
        (f"{ID[:6]}-{ID[6:]}", ID),
        (f"{ID}.0", ID),
        (X_ID.lower(), X_ID),
        (X_ID[:-1] + "×", X_ID),
        (X_ID[:-1] + "Х", X_ID),
    ],
)
def test_an_id_is_read_in_every_dress(raw: str, number: str) -> None:
    """Width, spaces, apostrophes and strange X are dress."""
    assert resident_id(raw, TODAY).number == number


def test_an_id_of_fifteen_digits_is_read_from_text_and_number() -> None:
    """Fifteen digits are what Excel keeps."""
    old = "999999800101011"
    assert resident_id(old, TODAY).number == resident_id(Number(old), TODAY).number
    assert len(resident_id(Number("9.99999800101011E14"), TODAY).number) == 18


@pytest.mark.parametrize(
    "raw",
    [
        Number(ID[:15] + "000"),
        Number("9.99999198001010E+17"),
        Number("9.9999919800101005e+17"),
        Number(f"{ID[:15]}000.0"),
        ID[:15] + "000",
        "9.99999E+17",
        "9.99999198001010E+17",
        wide("9.99999E+17"),
    ],
)
def test_an_id_that_excel_shortened_says_so(raw: str) -> None:
    """Not a wrong check digit: the officer must type it again, as text."""
    assert code_of(resident_id, raw, TODAY) == "ID_DAMAGED"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "ID_MISSING"),
        (ID[:-1] + ("1" if ID[-1] != "1" else "2"), "ID_CHECK_DIGIT"),
        ("999999198013320112", "ID_CHECK_DIGIT"),
        ("123", "ID_FORMAT"),
        (Number("44000.5"), "ID_FORMAT"),
        (Fault("#N/A"), "CELL_ERROR"),
        (Fault("="), "CELL_FORMULA"),
        ("9" * 501, "CELL_TOO_LONG"),
        ("1-E5", "ID_FORMAT"),
    ],
)
def test_a_bad_id_has_its_own_code(raw: str, code: str) -> None:
    """Missing, mistyped, of the wrong form, an error, a formula."""
    assert code_of(resident_id, raw, TODAY) == code


@pytest.mark.parametrize("born", ["19800230", "20240316"])
def test_an_impossible_birthday_is_refused(born: str) -> None:
    """The check digit holds, the date doesn't, or lies after today."""
    assert code_of(resident_id, id_number(1, born), TODAY) == "ID_DATE"


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("1200", 120_000),
        ("1,200.50元", 120_050),
        ("１２００元", 120_000),
        ("￥1,200", 120_000),
        ("¥1200.5", 120_050),
        (" 1 200 元 ", 120_000),
        ("1200元/月", 120_000),
        ("0", 0),
        (Number("1200"), 120_000),
        (Number("1200.0"), 120_000),
        (Number("1.2E3"), 120_000),
        (Number("1200.1000000000001"), 120_010),
        ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("", None),
        ("/", None),
        ("—", None),
    ],
)
def test_an_amount_is_read_in_fen(raw: str, fen: int | None) -> None:
    """Units, thousands, widths and binary noise are dress; nothing is nothing."""
    assert income_fen(raw) == fen


@pytest.mark.parametrize(
    ("raw", "fen"),
    [("1.44", 1_440_000), (Number("1.44"), 1_440_000), ("1.44万元", 1_440_000), ("0", 0)],
)
def test_an_amount_under_a_title_in_ten_thousands(raw: str, fen: int) -> None:
    """万元 in the title multiplies once, also where the cell says it again."""
    assert income_fen(raw, yuan=10_000) == fen


@pytest.mark.parametrize(
    "raw",
    [
        "1e3",
        "NaN",
        "-5",
        Number("-5"),
        "1.234",
        Number("1.234"),
        "无",
        "约1200",
        "1200+300",
        "0012",
    ],
)
def test_what_is_no_amount_is_refused(raw: str) -> None:
    """Nothing is guessed about money."""
    assert code_of(income_fen, raw) == "INCOME_BAD"


@pytest.mark.parametrize(
    "raw",
    [
        "2024-03-01",
        "2024-3-1",
        "2024/3/1",
        "2024.3.1",
        "2024.03.01",
        "20240301",
        "2024年3月1日",
        "２０２４年３月１日",
        "2024 年 3 月 1 日",
        "2024-03-01 00:00:00",
        "2024-03-01T00:00:00",
        Number("20240301"),
        Number("45352"),
        Dated("45352"),
        Dated("45352.75"),
        "45352",
    ],
)
def test_a_date_is_read_in_every_form(raw: str) -> None:
    """All of them are the first of March."""
    assert application_date(raw, TODAY, epoch_1904=False) == date(2024, 3, 1)


def test_a_serial_of_the_1904_calendar_is_the_same_day() -> None:
    """Workbooks from old Macs count from 1904."""
    assert application_date(Number("43890"), TODAY, epoch_1904=True) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("3月1日", "DATE_WITHOUT_YEAR"),
        ("3-1", "DATE_WITHOUT_YEAR"),
        ("2024年3月", "DATE_WITHOUT_DAY"),
        ("2024-03", "DATE_WITHOUT_DAY"),
        ("2024-02-30", "DATE_BAD"),
        ("去年春天", "DATE_BAD"),
        ("2024-03-16", "DATE_RANGE"),
        ("1989-03-16", "DATE_RANGE"),
        (Number("3"), "DATE_BAD"),
        ("0000-01-01", "DATE_BAD"),
    ],
)
def test_a_date_that_cannot_stand_says_why(raw: str, code: str) -> None:
    """No year, no day, no such day, not yet."""
    assert code_of(application_date, raw, TODAY, epoch_1904=False) == code


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("王 小 明", "王小明"),
        ("王\u3000明", "王明"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("𠮷田", "𠮷田"),
        ("Anna Wang", "Anna Wang"),
        ("王明\u200b", "王明"),
    ],
)
def test_a_name_is_read_without_its_padding(raw: str, name: str) -> None:
    """Spaces that only stretch a name are not the name."""
    assert person_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "NAME_MISSING"),
        ("王", "NAME_BAD"),
        ("王明1", "NAME_BAD"),
        ("王明(户主)", "NAME_BAD"),
        ("=王明", "NAME_BAD"),
        ("王" * 31, "NAME_BAD"),
    ],
)
def test_a_name_that_is_none_is_refused(raw: str, code: str) -> None:
    """Digits, brackets and formulas are no name."""
    assert code_of(person_name, raw) == code


@pytest.mark.parametrize(
    ("raw", "account"),
    [
        (CARD, CARD),
        (wide(CARD), CARD),
        (f"{CARD[:4]} {CARD[4:8]} {CARD[8:]}", CARD),
        ("410200000000001", "410200000000001"),
        (Number("410200000000001"), "410200000000001"),
        (Number("4.10200000000001E14"), "410200000000001"),
        ("", ""),
        ("/", ""),
        ("无", ""),
    ],
)
def test_an_account_is_read(raw: str, account: str) -> None:
    """A card with its spaces, a passbook as text or as a short number."""
    assert account_number(raw) == account


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (Number("6217000010000000000"), "ACCOUNT_DAMAGED"),
        (Number("6.21700001E+18"), "ACCOUNT_DAMAGED"),
        ("6.217E+18", "ACCOUNT_DAMAGED"),
        ("6217000010000000000", "ACCOUNT_DAMAGED"),
        (f"{CARD[:-1]}8", "ACCOUNT_CHECK_DIGIT"),
        ("12345678901", "ACCOUNT_BAD"),
        ("1" * 20, "ACCOUNT_BAD"),
        ("41020000000000A", "ACCOUNT_BAD"),
    ],
)
def test_a_bad_account_has_its_own_code(raw: str, code: str) -> None:
    """Damaged, mistyped, too short, too long."""
    assert code_of(account_number, raw) == code


@pytest.mark.parametrize(
    ("raw", "phone", "odd"),
    [
        ("138 0000 0000", "13800000000", False),
        (Number("13800000000"), "13800000000", False),
        (Number("1.38E10"), "13800000000", False),
        ("+86-13800000000", "13800000000", False),
        ("0394-2780001", "03942780001", False),
        ("13800000000/13900000000", "13800000000", False),
        ("", "", False),
        ("无", "", False),
        ("12345", "", True),
    ],
)
def test_a_telephone_number_is_read_or_found_odd(raw: str, phone: str, odd: bool) -> None:
    """It is never a reason to hold a household back."""
    assert phone_number(raw) == (phone, odd)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("户主 本人 户主(本人) 申请人", "HEAD"),
        ("妻 妻子 丈夫 夫 配偶 之妻 爱人", "SPOUSE"),
        ("子 女 儿子 女儿 长子 次女 三女 之子 养女 继子 独生子 小女儿 长女", "CHILD"),
        ("父亲 母亲 父 母 之母 继母", "PARENT"),
        ("祖父 奶奶 外婆 外祖父 爷爷", "GRANDPARENT"),
        ("孙子 孙女 外孙 外孙女 长孙 曾孙 孙", "GRANDCHILD"),
        ("哥哥 弟 姐姐 妹 二弟 兄", "SIBLING"),
        ("儿媳 女婿 长媳 儿媳妇", "CHILD_IN_LAW"),
        ("岳母 岳父 公公 婆婆", "PARENT_IN_LAW"),
        ("侄子 外甥女 叔叔 孙媳 其他 嫂子 堂弟", "OTHER"),
    ],
)
def test_kinship_is_read_from_the_words_for_it(words: str, code: str) -> None:
    """The wording of registers and of speech."""
    assert {wording.relation(word) for word in words.split()} == {code}


@pytest.mark.parametrize(
    ("make", "raw", "code"),
    [
        (wording.relation, "", "RELATION_MISSING"),
        (wording.relation, "邻居", "RELATION_UNKNOWN"),
        (wording.relation, "媳妇", "RELATION_UNKNOWN"),
        (wording.category, "家庭户", "CATEGORY_UNKNOWN"),
        (wording.programme, "特困", "PROGRAMME_NOT_YET"),
        (wording.programme, "低保边缘", "PROGRAMME_NOT_YET"),
        (wording.programme, "奖学金", "PROGRAMME_UNKNOWN"),
    ],
)
def test_other_words_are_not_guessed(make: Any, raw: str, code: str) -> None:
    """媳妇 may be a wife or a daughter-in-law: the officer says which."""
    assert code_of(make, raw) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("农业 农村 农业户口 农村居民 农业家庭户口 农", "RURAL"),
        ("非农业 非农 城镇 城市 居民 城镇居民 非农业户口 居民户口", "URBAN"),
    ],
)
def test_registration_is_rural_or_urban(words: str, code: str) -> None:
    """The words before and after the reform of registration."""
    assert {wording.category(word) for word in words.split()} == {code}


def test_the_allowance_has_several_names() -> None:
    """All mean the one programme that is taken."""
    names = "低保 农村低保 城市低保 最低生活保障 城镇低保 农村居民最低生活保障"
    assert {wording.programme(name) for name in names.split()} == {"SUBSISTENCE_ALLOWANCE"}


@given(st.text(max_size=40), st.sampled_from([str, Number, Dated, Fault]))
def test_no_text_makes_a_cell_raise_anything_else(text: str, kind: type[str]) -> None:
    """A cell gives a value or CellRefused, whatever stands in it."""
    if issubclass(kind, Number):
        text = "".join(sign for sign in text if sign in "0123456789") or "0"
    value = kind(text)
    for make in (
        lambda: resident_id(value, TODAY),
        lambda: account_number(value),
        lambda: income_fen(value, yuan=10_000),
        lambda: application_date(value, TODAY, epoch_1904=False),
        lambda: person_name(value),
        lambda: phone_number(value),
        lambda: wording.relation(value),
    ):
        try:
            make()
        except CellRefused as refused:
            assert refused.fix.reason
