"""Write a workbook so that equal contents are equal bytes, whatever the hour."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook

_CORE: Final = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def save_fixed(workbook: Workbook, path: Path, at: datetime) -> None:
    """Save `workbook` as made and changed at `at` (UTC, from 1980 on); the folder must exist."""
    workbook.properties.created = at
    written = io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == _CORE:  # openpyxl puts the present instant there
                body = _MODIFIED.sub(rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode(), body)
            stamped = zipfile.ZipInfo(entry.filename, at.timetuple()[:6])
            target.writestr(stamped, body, zipfile.ZIP_DEFLATED)
