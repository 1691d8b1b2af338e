"""A workbook's bytes without the hour in which they were written."""

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook_bytes(workbook: Workbook, at: datetime) -> bytes:
    """The .xlsx as made at `at` (UTC, without a zone, from 1980 on)."""
    workbook.properties.created = at
    written, stamped = io.BytesIO(), io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stamped, "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == _CORE:  # the library notes the hour of saving there
                instant = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
                body = _MODIFIED.sub(rb"\g<1>" + instant, body)
            dated = zipfile.ZipInfo(entry.filename, at.timetuple()[:6])
            target.writestr(dated, body, zipfile.ZIP_DEFLATED)
    return stamped.getvalue()
