"""QUERIES: what may be asked of the payments, by whom."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import msgspec

from services.payments.documents import bank_file
from services.payments.read_models import totals
from shared.competence import Role
from shared.queries import Query
from shared.service import Service


def month(service: Service, arguments: Mapping[str, Any]) -> Any:
    """Every township's month in lines and fen."""
    with service.database.read() as conn:
        rows = totals(conn, str(arguments["programme"]), str(arguments["month"]))
    return msgspec.to_builtins(rows)


def order(service: Service, arguments: Mapping[str, Any]) -> Any:
    """A batch as the file that its bank reads, in base64. Accounts stand in it whole."""
    return b64encode(bank_file(service, str(arguments["batch"]))).decode("ascii")


QUERIES = (
    Query("totals", frozenset({Role.CIVIL_AFFAIRS, Role.FINANCE, Role.INSPECTOR}),
          "PLAN 四", month),
    Query("bank_file", frozenset({Role.FINANCE}), "57号 Art 25", order),
)  # fmt: skip
