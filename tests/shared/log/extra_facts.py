"""A fact too many in a log whose owner has taken its keys away, and what every reading says of it."""

from typing import Any

import pytest

from shared.log.verification import Report, rows
from tests.shared.log.site_log import SiteLog, fact

Statement = tuple[str, tuple[Any, ...]]


def extra(position: object, stream: str = "case/5", version: int = 2) -> Statement:
    """One more fact of a stream, which whoever reads the stream would go by."""
    row = fact(9_999, stream, version, text="乙")
    return (
        "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (position, row.id, row.stream, row.version, row.name, row.at, row.officer,
         row.journey, row.household, row.township, row.village, row.body, row.leaf),
    )  # fmt: skip


def said_each_way(site: SiteLog, monkeypatch: pytest.MonkeyPatch) -> Report:
    """What is said page by page, which fact by fact and by two processes must be the same."""
    said = site.verify()
    assert said == site.verify(processes=2)
    with monkeypatch.context() as patch:
        patch.setattr(rows, "fact_tuples", lambda *_: None)
        assert said == site.verify()
    return said
