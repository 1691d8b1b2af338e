"""Rows of a delimited file: each is read alone, so that a stray quote spoils one row only."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from services.payments.refusals import BankFileEncoding, BankFileFormat, BankFileTruncated

ROWS_MAX = 100_000  # twice the households of a district; each row costs a fact
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,10})\.([0-9]{2})")
_BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_ENCODINGS = ("gb18030", "utf-8", "utf-16-le", "utf-16-be")


def plain_amount(fen: int) -> str:
    """Yuan with two decimals and no thousands: 123450 -> "1234.50"."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen_of(text: str) -> int | None:
    """Fen from exactly that form; None for any other."""
    match = _AMOUNT.fullmatch(text)
    return int(match[1]) * 100 + int(match[2]) if match else None


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def encode_rows(rows: Iterable[Sequence[str]], encoding: str, *, with_bom: bool) -> bytes:
    """The file's bytes, rows ended by CR LF."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return (_BOMS[encoding] if with_bom else b"") + text.getvalue().encode(encoding)


def decode_rows(content: bytes, marker: str, encoding: str) -> list[list[str] | None]:
    """The rows' cells; None for a row that isn't CSV. Blank rows at the end don't count.

    The file must begin with `marker`. Raises BankFileEncoding, BankFileFormat, BankFileTruncated.
    """
    body = content.removeprefix(_BOMS.get(encoding, b""))
    _require_marker(body, marker, encoding)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(body):
            raise _truncated() from error
        raise _encoding() from error
    text = text.rstrip("\r\n")
    if text.count("\n") >= ROWS_MAX:
        raise BankFileFormat(f"文件超过{ROWS_MAX}行，不是一个批次的回盘文件。")
    return [_cells(line.removesuffix("\r")) for line in text.split("\n")]


def _require_marker(body: bytes, marker: str, encoding: str) -> None:
    wanted = marker.encode(encoding)
    if body.startswith(wanted):
        return
    if wanted.startswith(body) or _BOMS.get(encoding, b"").startswith(body):
        raise _truncated()
    for other in _ENCODINGS:
        if body.removeprefix(_BOMS.get(other, b"")).startswith(marker.encode(other)):
            raise _encoding()
    raise BankFileFormat("文件不是该银行的回盘格式，请核对所选文件。")


def _truncated() -> BankFileTruncated:
    return BankFileTruncated("文件不完整（中途截断），请重新下载后再提交。")


def _encoding() -> BankFileEncoding:
    return BankFileEncoding("文件编码不对，请使用银行原始文件，不要另存为其他编码。")


def _cells(line: str) -> list[str] | None:
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error:
        return None
