"""From a good household of a sheet to what is asked at intake's door.

Ids come from the content, so the same file twice adds nothing. What a sheet can't carry
(signed authorisation, honesty statement, property) lands on the one list of missing materials.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.intake.spreadsheet.model import SheetHousehold, content_key
from shared.identity import content_uuid


@dataclass(frozen=True, slots=True)
class Request:
    """A household's application as it is put to the door (57号 Art 4)."""

    first_row: int
    rows: tuple[int, ...]
    content: str
    payload: dict[str, Any]


def requests(households: tuple[SheetHousehold, ...], township: str, today: date) -> list[Request]:
    """What to ask for these households, in the sheet's order."""
    return [
        Request(h.first_row, h.rows, content_key(h), _payload(h, township, today))
        for h in households
    ]


def submit_id(request: Request, *more: str) -> str:
    """The command's id: the content's, in its township; `more` tells a further attempt apart."""
    return str(content_uuid("sheet", request.payload["township"], request.content, *more))


def ask_id(case: str) -> str:
    """The id of the command that tells the one list of what is missing."""
    return str(content_uuid("sheet asks", case))


def _payload(household: SheetHousehold, township: str, today: date) -> dict[str, Any]:
    head = household.head
    account = {
        "holder_name": head.name,
        "holder_resident_id": head.resident_id,
        "bank": household.bank,
        "account": household.account,
    }
    payload = {
        "township": township,
        "village": household.village,
        "programme": household.programme,
        "category": household.category,
        "members": [
            {"name": m.name, "relation": m.relation, "resident_id": m.resident_id}
            for m in household.members
        ],
        "applied_on": (household.applied_on or today).isoformat(),
        "source": "SHEET",
        "monthly_income_fen": household.month_income_fen,
        "account": account if household.bank and household.account else None,
        "phone": household.phone or None,
    }
    return {name: value for name, value in payload.items() if value is not None}
