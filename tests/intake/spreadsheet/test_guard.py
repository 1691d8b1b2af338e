"""What is no township's sheet is refused by name, before it can do harm."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.spreadsheet import guard
from services.intake.spreadsheet.read import read_sheet
from services.intake.spreadsheet.row_count import COUNTED_FROM_BYTES, ROWS_MAX
from shared.refusal import Refusal
from tests.intake.spreadsheet.sheets import (
    SHEET_PART,
    TITLES,
    TODAY,
    book,
    codes,
    couple,
    grid,
    line,
    part_of,
    with_part,
    with_shared_strings,
)

GOOD = with_shared_strings(book(grid(couple(1))))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refused(content: bytes) -> Refusal:
    """The refusal of the whole file."""
    with pytest.raises(Refusal) as caught:
        read_sheet(content, TODAY)
    return caught.value


def zipped(*parts: tuple[str, bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "NOT_A_SPREADSHEET"),
        (b"%PDF-1.7\n...", "NOT_A_SPREADSHEET"),
        ("姓名,身份证号码\n".encode("gbk"), "NOT_A_SPREADSHEET"),
        (b"<html><table></table></html>", "NOT_A_SPREADSHEET"),
        (zipped(("word/document.xml", b"<document/>")), "NOT_A_SPREADSHEET"),
        (zipped(("notes.txt", b"x")), "NOT_A_SPREADSHEET"),
        (OLE + b"\0" * 500 + "Workbook".encode("utf-16-le"), "OLD_XLS"),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "SHEET_ENCRYPTED"),
        (OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "NOT_A_SPREADSHEET"),
        (GOOD[: len(GOOD) // 2], "SHEET_DAMAGED"),
        (b"PK\x03\x04", "SHEET_DAMAGED"),
        (b"PK\x03\x04" + b"\0" * guard.FILE_BYTES_MAX, "SHEET_TOO_LARGE"),
    ],
)
def test_what_is_no_sheet_is_refused_by_name(content: bytes, code: str) -> None:
    """Each kind has its own code and a Chinese sentence."""
    refusal = refused(content)
    assert refusal.code == code
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refusal.sentence)


def test_a_renamed_pdf_is_told_that_it_is_one() -> None:
    """The officer learns what the file is and what to do."""
    assert "PDF" in refused(b"%PDF-1.4 x").sentence


@pytest.mark.parametrize(
    "body",
    [
        b"<worksheet><sheetData><row><c>",
        b"not xml",
        b"",
        b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c t='s'><v>999999</v></c></row></sheetData></worksheet>",
        b'<?xml version="1.0" encoding="nonesuch"?><worksheet/>\xff',
        b"<worksheet><sheetData>&unknown;</sheetData></worksheet>",
        b"<worksheet>" + b"".join(b"<a%d/>" % number for number in range(2_000)) + b"</worksheet>",
    ],
)
def test_a_broken_worksheet_is_damaged(body: bytes) -> None:
    """Broken XML, impossible rows and texts that aren't there are one refusal."""
    assert refused(with_part(GOOD, SHEET_PART, body)).code == "SHEET_DAMAGED"


@pytest.mark.parametrize(
    "part", [SHEET_PART, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_a_dtd_is_refused_in_every_part_that_is_read(part: str) -> None:
    """Entities can't multiply, and nothing outside is fetched."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    refusal = refused(with_part(GOOD, part, bomb))
    assert refusal.code == "SHEET_DAMAGED"
    assert "DTD" in refusal.sentence


def test_a_relation_that_points_outside_is_not_followed() -> None:
    """A worksheet elsewhere is no worksheet."""
    part = "xl/_rels/workbook.xml.rels"
    outside = part_of(GOOD, part).replace(b'Id="rId1"', b'Id="rId1" TargetMode="External"')
    assert refused(with_part(GOOD, part, outside)).code == "SHEET_DAMAGED"


def test_a_zip_with_a_password_is_encrypted() -> None:
    """The flag in the directory is enough; nothing is tried."""
    at = GOOD.rindex(b"PK\x01\x02")
    flagged = GOOD[: at + 8] + b"\x01" + GOOD[at + 9 :]
    assert refused(flagged).code == "SHEET_ENCRYPTED"


@pytest.mark.parametrize("part", [SHEET_PART, "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_bomb_is_refused_without_being_inflated(part: str) -> None:
    """150 MB of nothing, packed a thousandfold: memory stays where it was."""
    bomb = with_part(GOOD, part, b" " * (150 * 2**20))
    tracemalloc.start()
    refusal = refused(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.code == "SHEET_TOO_LARGE"
    assert peak < 8 * 2**20


def test_a_zip_of_ten_thousand_entries_is_refused() -> None:
    """Counted before a record is built for each."""
    crowd = zipped(*((f"{number}", b"") for number in range(10_000)))
    assert refused(crowd).code == "SHEET_TOO_LARGE"


def test_a_part_that_lies_about_its_size_is_damaged() -> None:
    """Reading stops at the declared size, so a lie costs nothing and shows in the checksum."""
    content = with_part(GOOD, SHEET_PART, part_of(GOOD, SHEET_PART) + b" " * 5_000_000)
    at = content.rindex(b"PK\x01\x02")
    lying = content[: at + 24] + (3_000).to_bytes(4, "little") + content[at + 28 :]
    assert refused(lying).code == "SHEET_DAMAGED"


def test_two_hundred_thousand_rows_are_refused_whatever_the_dimension_claims() -> None:
    """Counted while streaming; the claim of two rows is not believed."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (number, number, number * 7919)
        for number in range(2, 200_002)
    )
    titles = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in TITLES)
    head = f'<worksheet><dimension ref="A1:N2"/><sheetData><row r="1">{titles}</row>'
    body = head.encode() + rows + b"</sheetData></worksheet>"
    refusal = refused(with_part(GOOD, SHEET_PART, body))
    assert refusal.code == "SHEET_TOO_MANY_ROWS"
    assert f"{ROWS_MAX:,}" in refusal.sentence
    assert len(body) > COUNTED_FROM_BYTES


def test_rows_are_counted_before_the_workbooks_texts_are_kept() -> None:
    """An endless sheet is refused for its rows, whatever stands in the table of texts."""
    row = '<row><c t="s"><v>0</v></c><c><v>{0}</v></c><c><v>{0}</v></c><c><v>{0}</v></c></row>'
    rows = "".join(row.format(number * 7919) for number in range(ROWS_MAX + 1))
    body = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    assert len(body) > COUNTED_FROM_BYTES
    content = with_part(GOOD, "xl/sharedStrings.xml", b"<sst><si>")
    assert refused(with_part(content, SHEET_PART, body)).code == "SHEET_TOO_MANY_ROWS"
    assert refused(content).code == "SHEET_DAMAGED"


def test_rows_that_hold_nothing_are_not_counted() -> None:
    """Formatted far down, as sheets are that were once longer."""
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d"><v> </v></c></row>' % (number, number, number)
        for number in range(9, 2 * ROWS_MAX)
    )
    body = part_of(GOOD, SHEET_PART).replace(b"</sheetData>", empty + b"</sheetData>")
    assert len(body) > COUNTED_FROM_BYTES
    reading = read_sheet(with_part(GOOD, SHEET_PART, body), TODAY)
    assert reading.households == read_sheet(GOOD, TODAY).households


def test_ranges_merged_over_and_over_are_refused() -> None:
    """Lending one value to the whole sheet a thousand times is no sheet."""
    merges = b'<mergeCell ref="A1:XFD1048576"/>' * 200_000
    body = part_of(GOOD, SHEET_PART).replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>"
    )
    rows = book(grid([line(1 + number % 900) for number in range(600)]))
    sheet = part_of(rows, SHEET_PART).replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + merges[:3_200] + b"</mergeCells>"
    )
    assert refused(with_part(rows, SHEET_PART, sheet)).code == "SHEET_TOO_LARGE"
    assert refused(with_part(GOOD, SHEET_PART, body)).code == "SHEET_TOO_LARGE"


def test_macros_objects_and_links_stay_shut() -> None:
    """An officer's file may hold them; they are never opened."""
    content = GOOD
    for part in (
        "xl/vbaProject.bin",
        "xl/embeddings/oleObject1.bin",
        "xl/externalLinks/externalLink1.xml",
    ):
        content = with_part(content, part, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>")
    assert codes(read_sheet(content, TODAY)) == []


@given(st.binary(max_size=2_000), st.sampled_from([b"", b"PK\x03\x04", OLE, b"<?xml"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_refusal_and_nothing_else(body: bytes, start: bytes) -> None:
    """No bytes whatsoever are an accident."""
    with pytest.raises(Refusal):
        read_sheet(start + body, TODAY)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_good_file_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever was altered on the way: a reading or a Refusal."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_part_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    """The same inside a sound zip, where no checksum helps."""
    part = data.draw(
        st.sampled_from(
            [SHEET_PART, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"]
        )
    )
    body = bytearray(part_of(GOOD, part))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.one_of(st.binary(max_size=3), st.sampled_from([b"9" * 30, b"e", b'"', b"&#65;"]))
        )
    read_or_refused(with_part(GOOD, part, bytes(body)))


def read_or_refused(content: bytes) -> None:
    """Anything else that is raised fails the test."""
    try:
        reading = read_sheet(content, TODAY)
    except Refusal as refusal:
        assert refusal.code != Refusal.code
    else:
        assert reading.rows_read >= 0
