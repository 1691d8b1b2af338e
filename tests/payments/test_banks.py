"""Bank files: what is written can be read, and what is damaged is refused by name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from services.demo import district
from services.payments.banks.layout import BankFormat
from services.payments.banks.postal import POSTAL
from services.payments.banks.records import BankOutcome, OrderHeader, OrderLine
from services.payments.banks.registry import BANKS, bank_named, bank_of
from services.payments.banks.rows import guarded
from services.payments.banks.rural_commercial import RURAL_COMMERCIAL
from services.payments.domain.result import Malformed, ResultLine
from services.payments.refusals import (
    BankFileEncoding,
    BankFileFormat,
    BankFileTruncated,
    BankUnknown,
)
from tests.payments.world import id_number

FORMATS = (RURAL_COMMERCIAL, POSTAL)
NAMED = (BankFileEncoding, BankFileFormat, BankFileTruncated)
DAY = date(2024, 4, 8)
OUTCOMES = (
    BankOutcome(1, "YB01", 30_000, None, "S-1", DAY),
    BankOutcome(2, "YB02", 45_050, "ACCOUNT_CLOSED", "S-2", DAY),
    BankOutcome(3, "YB03", 5, None, "S-3", DAY),
)
formats = pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.code)

outcomes = st.lists(
    st.builds(
        BankOutcome,
        sequence=st.integers(1, 10**6),
        reference=st.from_regex(r"[0-9A-Za-z]{1,32}", fullmatch=True),
        amount_fen=st.integers(0, 10**12),
        reason=st.sampled_from([None, "NAME_MISMATCH", "ACCOUNT_CLOSED", "OTHER"]),
        bank_serial=st.from_regex(r"[0-9A-Za-z-]{1,40}", fullmatch=True),
        on=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    ),
    max_size=5,
)
names = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=8
)


def rows_of(format_: BankFormat, content: bytes) -> list[str]:
    return content.decode(format_.encoding).lstrip("\ufeff").splitlines()


def as_file(format_: BankFormat, rows: list[str], encoding: str | None = None) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode(encoding or format_.encoding)


@formats
@law(found=outcomes)
def test_a_result_reads_as_it_was_written(format_: BankFormat, found: list[BankOutcome]) -> None:
    """Every line with its row, amount, day and reason."""
    result = format_.read_result(format_.write_result("batch-1", found))

    assert "batch-1" == result.batch
    assert result.lines == tuple(
        ResultLine(row, o.reference, o.amount_fen, o.reason, o.bank_serial, o.on)
        for row, o in enumerate(found, start=2)
    )


@formats
@law(name=names, amounts=st.lists(st.integers(1, 10**9), min_size=1, max_size=4))
def test_an_order_reads_as_it_was_written(
    format_: BankFormat, name: str, amounts: list[int]
) -> None:
    """Any name survives the encoding (also one outside GBK); none becomes a formula."""
    header = OrderHeader("batch-1", "淮阳区财政局", DAY, len(amounts), sum(amounts))
    lines = tuple(
        OrderLine(n, f"62{n}", name, id_number(n), fen, "农村低保金 2024-04", f"YB{n}")
        for n, fen in enumerate(amounts, start=1)
    )

    content = format_.write(header, lines)

    read = tuple(replace(line, name=guarded(name)) for line in lines)
    assert (header, read) == format_.read_order(content)


def test_the_rural_banks_file_is_gbk() -> None:
    """Byte for byte, as its system reads it."""
    header = OrderHeader("batch-1", "淮阳区财政局", DAY, 1, 30_050)
    line = OrderLine(1, "62", "张某", "999999", 30_050, "农村低保金 2024-04", "YB1")

    assert (
        "代发文件,batch-1,淮阳区财政局,20240408,CNY,1,300.50\r\n"
        "1,62,张某,01,999999,300.50,农村低保金 2024-04,YB1\r\n"
    ).encode("gbk") == RURAL_COMMERCIAL.write(header, [line])


def test_the_postal_banks_file_is_utf_8_with_a_mark() -> None:
    """Its own columns, days and signs."""
    header = OrderHeader("batch-1", "淮阳区财政局", DAY, 1, 30_050)
    line = OrderLine(1, "62", "张某", "999999", 30_050, "农村低保金 2024-04", "YB1")

    assert (
        "批量代发,batch-1,淮阳区财政局,2024-04-08,CNY,1,300.50\r\n"
        "YB1,1,张某,0,999999,62,300.50,农村低保金 2024-04\r\n"
    ).encode("utf-8-sig") == POSTAL.write(header, [line])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    """Whoever opens the file in a spreadsheet runs nothing."""
    assert "'" + text == guarded(text)
    assert "张某" == guarded("张某")


@formats
def test_a_file_cut_anywhere_is_refused(format_: BankFormat) -> None:
    """At every byte before its last line is whole, as cut off: nothing of it is taken."""
    content = format_.write_result("batch-1", OUTCOMES)
    whole = len(content) - len(b"\r\n")

    for end in range(whole):
        with pytest.raises(BankFileTruncated):
            format_.read_result(content[:end])
    assert format_.read_result(content) == format_.read_result(content[:whole])


@pytest.mark.parametrize(
    ("format_", "encoding"),
    [
        (RURAL_COMMERCIAL, "utf-8"),
        (RURAL_COMMERCIAL, "utf-8-sig"),
        (RURAL_COMMERCIAL, "utf-16"),
        (POSTAL, "gbk"),
        (POSTAL, "utf-16"),
        (POSTAL, "utf-16-be"),
    ],
)
def test_another_encoding_is_refused(format_: BankFormat, encoding: str) -> None:
    """A file that was saved again by somebody, in an encoding that this bank doesn't use."""
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))

    with pytest.raises(BankFileEncoding):
        format_.read_result(as_file(format_, rows, encoding))


def test_the_postal_file_may_lack_its_mark() -> None:
    """Some programs drop it; the text is the same."""
    content = POSTAL.write_result("batch-1", OUTCOMES)

    assert POSTAL.read_result(content) == POSTAL.read_result(content.removeprefix(b"\xef\xbb\xbf"))


@formats
@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"PK\x03\x04", b"a,b\r\n1,2\r\n", "别的文件,1\r\n".encode()]
)
def test_another_kind_of_file_is_refused(format_: BankFormat, content: bytes) -> None:
    """A PDF, a workbook, some other table."""
    with pytest.raises(BankFileFormat):
        format_.read_result(content)


def test_the_other_banks_file_is_refused() -> None:
    """In either direction."""
    with pytest.raises(BankFileFormat):
        RURAL_COMMERCIAL.read_result(POSTAL.write_result("b", OUTCOMES))
    with pytest.raises(BankFileFormat):
        POSTAL.read_result(RURAL_COMMERCIAL.write_result("b", OUTCOMES))


@formats
def test_broken_bytes_in_the_middle_are_a_wrong_encoding(format_: BankFormat) -> None:
    """They can't be read in any honest way."""
    content = format_.write_result("batch-1", OUTCOMES).replace(b"YB02", b"YB\xff\xff")

    with pytest.raises(BankFileEncoding):
        format_.read_result(content)


@formats
@pytest.mark.parametrize(("old", "new"), [("450.50", "450.51"), ("YB01", "")])
def test_totals_must_be_those_of_the_lines(format_: BankFormat, old: str, new: str) -> None:
    """An amount changed, or a line gone, by whomever."""
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))
    changed = [
        rows[0],
        *(r.replace(old, new, 1) for r in rows[1:-1] if new or old not in r),
        rows[-1],
    ]

    with pytest.raises(BankFileTruncated):
        format_.read_result(as_file(format_, changed))


@formats
@pytest.mark.parametrize("tail", ["x", "1", "1,2,3,4,5", "-1,2.00,0,0.00", "1,2.0,0,0.00"])
def test_a_damaged_trailer_is_refused(format_: BankFormat, tail: str) -> None:
    """Totals that can't be read check nothing."""
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))

    with pytest.raises(BankFileTruncated):
        format_.read_result(as_file(format_, [*rows[:-1], f"{format_.trailer_marker},{tail}"]))


@formats
def test_a_file_of_endless_rows_is_refused(format_: BankFormat) -> None:
    """Each refused row would be a fact for ever."""
    rows = rows_of(format_, format_.write_result("batch-1", []))
    trailer = f"{format_.trailer_marker},100000,0.00,0,0.00"

    with pytest.raises(BankFileFormat):
        format_.read_result(as_file(format_, [rows[0], *[""] * 100_000, trailer]))


@formats
def test_a_damaged_header_is_refused(format_: BankFormat) -> None:
    """Without it nobody knows which batch is meant."""
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))

    with pytest.raises(BankFileFormat):
        format_.read_result(as_file(format_, [rows[0] + ",x", *rows[1:]]))


@formats
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("YB01", "YB 01"),
        ("YB01", '"YB01'),
        ("300.00", "300"),
        ("300.00", "3e2"),
        ("300.00", "-300.00"),
        ("S-1", "S_1"),
        ("S-1", "=S1"),
        (",", ";"),
        ("20240408", "20240431"),
        ("20240408", "202448"),
        ("2024-04-08", "2024-4-8"),
        ("2024-04-08", "2024-04-31"),
        ("成功", "也许"),
        ("S,", "?,"),
    ],
)
def test_a_malformed_line_spoils_itself_alone(format_: BankFormat, old: str, new: str) -> None:
    """Its neighbours are read; a stray quote swallows none of them."""
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))
    if old not in rows[1]:
        old, new = "YB01", ""
    rows[1] = rows[1].replace(old, new)

    lines = format_.read_result(as_file(format_, rows)).lines

    assert Malformed(2) == lines[0]
    assert ["YB02", "YB03"] == [x.reference for x in lines[1:] if isinstance(x, ResultLine)]


@formats
def test_a_success_with_a_reason_is_malformed(format_: BankFormat) -> None:
    """It says two things at once, so it is believed in neither."""
    content = format_.write_result("batch-1", OUTCOMES[1:2])
    text = content.decode(format_.encoding).replace(format_.returned + ",", format_.settled + ",")
    totals = f"{format_.trailer_marker},1,450.50,0,0.00"
    rows = [*text.splitlines()[:-1], totals]

    assert (Malformed(2),) == format_.read_result(as_file(format_, rows)).lines


@formats
def test_a_reason_nobody_knows_is_still_a_return(format_: BankFormat) -> None:
    """The money came back; why is for people to find out."""
    code = {reason: code for code, reason in format_.reasons.items()}["ACCOUNT_CLOSED"]
    rows = rows_of(format_, format_.write_result("batch-1", OUTCOMES))
    rows[2] = rows[2].replace(code, "X77")

    line = format_.read_result(as_file(format_, rows)).lines[1]

    assert isinstance(line, ResultLine)
    assert "OTHER" == line.reason


@formats
@law(data=st.data())
def test_whatever_arrives_is_read_or_refused_by_name(
    format_: BankFormat, data: st.DataObject
) -> None:
    """Bytes put in, taken out, exchanged anywhere: no other accident, and no sum exceeded."""
    content = bytearray(format_.write_result("batch-1", OUTCOMES))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        result = format_.read_result(bytes(content))
    except NAMED:
        return
    assert len(result.lines) + 2 <= bytes(content).count(b"\n") + 1


@formats
@pytest.mark.parametrize("damage", ["count", "line", "sequence", "header"])
def test_the_bank_refuses_a_damaged_order(format_: BankFormat, damage: str) -> None:
    """The trial's bank is as strict as we are."""
    header = OrderHeader("batch-1", "区财政局", DAY, 1, 30_000)
    line = OrderLine(1, "62", "张某", "999999", 30_000, "农村低保金", "YB1")
    rows = rows_of(format_, format_.write(header, [line]))
    rows = {
        "count": [rows[0].replace("CNY,1,", "CNY,2,"), rows[1]],
        "line": [rows[0], rows[1] + ",x"],
        "sequence": [rows[0], rows[1].replace("300.00", "300")],
        "header": [rows[0] + ",x", rows[1]],
    }[damage]

    with pytest.raises((BankFileTruncated, BankFileFormat)):
        format_.read_order(as_file(format_, rows))


def test_every_bank_of_the_demo_is_known() -> None:
    """By code and by name."""
    for bank in district.BANKS:
        assert bank_named(bank.code) is bank_named(bank.name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中国邮政储蓄银行", "POSTAL"), ("邮储", "POSTAL"), ("河南农商银行淮阳支行", "RURAL"),
        ("淮阳县农村信用合作社", "RURAL"), ("淮阳农村商业银行", "RURAL"),
    ],
)  # fmt: skip
def test_banks_are_known_by_the_names_people_write(text: str, code: str) -> None:
    """Officers write them in many ways."""
    assert code == bank_named(text).code


def test_an_unknown_bank_is_refused_by_naming_those_that_pay_here() -> None:
    """Refusals are kept, so what was typed in place of a bank isn't repeated."""
    assert bank_of("某某银行") is None
    with pytest.raises(BankUnknown) as told:
        bank_named("某某银行")
    assert "某某" not in told.value.sentence
    assert all(bank.name in told.value.sentence for bank in BANKS)
    assert len(BANKS) == len({bank.code for bank in BANKS})
