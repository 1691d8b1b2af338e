"""From a good household of a sheet to what is asked at intake's door.

Ids come from officer and content, so the same file twice adds nothing. What a sheet can't carry
(signed authorisation, honesty statement, property) lands on the one list of missing materials.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.intake.spreadsheet.model import SheetHousehold, content_key
from shared.identity import content_uuid


@dataclass(frozen=True, slots=True)
class Request:
    """A household's two commands: its application, then its list (57号 Art 4, 10)."""

    first_row: int
    rows: tuple[int, ...]
    payload: dict[str, Any]
    submit_id: str
    supplement_id: str


def requests(
    households: tuple[SheetHousehold, ...], township: str, officer: str, today: date
) -> list[Request]:
    """What to ask for these households, in the sheet's order."""
    return [_request(household, township, officer, today) for household in households]


def _request(household: SheetHousehold, township: str, officer: str, today: date) -> Request:
    key = (township, officer, content_key(household))
    return Request(
        first_row=household.first_row,
        rows=household.rows,
        payload=_payload(household, township, today),
        submit_id=str(content_uuid("sheet submits", *key)),
        supplement_id=str(content_uuid("sheet asks", *key)),
    )


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
