"""QUERIES: what may be asked of the record, by whom."""

from collections.abc import Mapping
from typing import Any

import msgspec

from services.reporting.mirror import timeline
from services.reporting.read_models import monthly_table
from shared.competence import Role
from shared.queries import Query
from shared.service import Service

ENTRIES_MAX = 1_000
FILTERS = ("household", "case", "person", "officer", "township", "fact")
BUREAUS = frozenset({Role.CIVIL_AFFAIRS, Role.FINANCE, Role.INSPECTOR})


def entries(service: Service, arguments: Mapping[str, Any]) -> Any:
    """A page of the timeline: `after` is the place of the last entry of the page before."""
    filters = {name: str(arguments[name]) for name in FILTERS if name in arguments}
    after = arguments.get("after")
    place = None if after is None else (str(after[0]), str(after[1]), int(after[2]))
    limit = min(int(arguments.get("limit", ENTRIES_MAX)), ENTRIES_MAX)
    with service.database.read() as conn:
        return [
            msgspec.to_builtins(entry)
            for entry in timeline(conn, **filters, limit=limit, after=place)  # type: ignore[arg-type]
        ]


def table(service: Service, arguments: Mapping[str, Any]) -> Any:
    """The month's table by township."""
    with service.database.read() as conn:
        rows = monthly_table(conn, str(arguments["programme"]), str(arguments["month"]))
    return msgspec.to_builtins(rows)


QUERIES = (
    Query("timeline", frozenset({Role.CIVIL_AFFAIRS, Role.INSPECTOR}), "PLAN 二(一) 有责可查",
          entries),
    Query("monthly_table", BUREAUS, "57号 Art 35", table),
)  # fmt: skip
