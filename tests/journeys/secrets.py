"""What a play's people would not want to be read, and a look for it."""

import json
from collections.abc import Iterator
from pathlib import Path

from services.demo.cast import Cast, cast
from services.demo.choice import Choices
from services.demo.paying import mended_account
from services.demo.schedule import schedule
from shared.calendar import WorkCalendar
from shared.policy.loader import load_policy


def secrets_of(households: int, seed: int, sheets: Path) -> Iterator[str]:
    """Names, ID numbers, accounts, telephones. Officers act in their names: those may be told."""
    company = _cast(households, seed, sheets)
    officers = "\n".join(officer.name for officer in company.staff.everyone())
    for player in company.everyone():
        yield from (player.home.account, player.home.phone, mended_account(player))
        for member in player.home.members:
            yield member.resident_id
            if member.name not in officers:
                yield member.name


def found_in(secrets: frozenset[str], content: bytes, encoding: str = "utf-8") -> list[str]:
    """Which of them stand in there, in plain or as JSON escapes them."""
    return sorted(
        secret
        for secret in secrets
        if secret.encode(encoding) in content or json.dumps(secret)[1:-1].encode() in content
    )


def _cast(households: int, seed: int, sheets: Path) -> Cast:
    days = schedule("2024-03", WorkCalendar())
    return cast(Choices(seed), households, days, load_policy(), sheets)
