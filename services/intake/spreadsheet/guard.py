"""Whether a stranger's file may be opened at all, decided before anything is inflated.

Every limit stands here. The sizes that a zip declares are a true bound: reading stops at them.
"""

import io
import struct
import zipfile
from typing import Final

from services.intake.spreadsheet.refusals import (
    NotASpreadsheet,
    OldXls,
    SheetDamaged,
    SheetEncrypted,
    SheetTooLarge,
)

FILE_BYTES_MAX: Final = 32 * 2**20
ENTRIES_MAX: Final = 2_000  # a workbook of fifty sheets with pictures has some hundred
INFLATED_BYTES_MAX: Final = 512 * 2**20  # streamed, never held
RATIO_MAX: Final = 200  # sheets reach 10 to 60; deflate can reach 1032
RATIO_FROM_BYTES: Final = 2**20  # below this, no ratio hurts

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_CENTRAL: Final = b"PK\x01\x02"  # every entry of a zip's directory starts with it
_DEFLATE_OR_STORED: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KNOWN: Final = (
    (b"%PDF", "PDF文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf", "7z压缩包"),
    (b"<", "网页"),
)
# What the zipfile module raises on bytes that are no sound zip.
ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    struct.error,
)


def open_zip(content: bytes) -> zipfile.ZipFile:
    """The zip inside `content`, within every limit. Raises SheetRefused of five kinds."""
    if len(content) > FILE_BYTES_MAX:
        raise SheetTooLarge(f"超过{FILE_BYTES_MAX // 2**20}MB")
    if not content.startswith(_ZIP):
        raise _not_a_zip(content)
    # Counted in the bytes, because opening builds a record for every entry.
    if content.count(_CENTRAL) > ENTRIES_MAX:
        raise SheetTooLarge("压缩包内的文件过多")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_FAULTS as fault:
        raise SheetDamaged("压缩包不完整") from fault
    _check_entries(archive.infolist())
    return archive


def _not_a_zip(content: bytes) -> NotASpreadsheet | OldXls | SheetEncrypted:
    """The refusal that says what the file is instead."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return SheetEncrypted()
        if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
            return OldXls()
        return NotASpreadsheet("旧的Office文档")
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return NotASpreadsheet("空文件")
    kind = next((name for magic, name in _KNOWN if start.startswith(magic)), "")
    return NotASpreadsheet(kind)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > INFLATED_BYTES_MAX:
        raise SheetTooLarge("解压后过大")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise SheetEncrypted
        if entry.compress_type not in _DEFLATE_OR_STORED:
            raise SheetDamaged("压缩方式不是Excel所用")
        inflated = entry.file_size
        if inflated > RATIO_FROM_BYTES and inflated > RATIO_MAX * entry.compress_size:
            raise SheetTooLarge("压缩比异常")
