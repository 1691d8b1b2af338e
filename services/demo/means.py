"""What the survey finds a household's income to be made of: wages, pensions, subsidies.

Made up, and held to what the household declared: the kinds say what of it counts (57号 Art 13).
"""

from collections.abc import Iterator
from typing import Any, Final

from services.demo.choice import Choices
from services.demo.fate import Fate, Outcome
from services.demo.members import DemoMember
from services.demo.people import DemoHousehold
from services.demo.turn import ELDERLY_FROM, Turn

_BY_KIND: Final = 250  # per mille; the others' incomes stay one sum
_PENSION_FEN, _SUBSIDY_FEN = 12_300, 6_000  # a month, of an elder and of a disabled head
_VEHICLE_FEN: Final = 4_000_000


def by_kind(choices: Choices, home: DemoHousehold, fate: Fate) -> bool:
    """Whether the kinds are recorded. Not where the household is surveyed twice, or owns a car by
    its own statement and nobody asks why.
    """
    if fate.turn in (Turn.ALONE, Turn.MEANS, Turn.VEHICLE):
        return True
    plain = fate.outcome is Outcome.CONFIRMED and not fate.objection and fate.turn is None
    chosen = choices.chance(_BY_KIND, "means", home.number)
    return plain and chosen and not home.assets.vehicles_count


def means_of(home: DemoHousehold, turn: Turn | None) -> dict[str, Any]:
    """The household's means in the form of `record_means`."""
    assets = home.assets
    owned = [{"kind": "DEPOSIT", "value_fen": assets.deposits_fen}] if assets.deposits_fen else []
    owned += [{"kind": "HOME", "necessary": True}] * assets.dwellings_count
    if turn is Turn.VEHICLE:
        owned.append({"kind": "VEHICLE", "value_fen": _VEHICLE_FEN})
    members = [
        {"member": place, **_circumstances(member)}
        for place, member in enumerate(home.members, start=1)
    ]
    members[0]["incomes"] = list(_incomes(home.head, home.monthly_income_fen))
    if turn is Turn.ALONE:
        members[0]["disability"] = {"kind": "PHYSICAL", "level": 1}
        return {"applies": "ALONE", "family_finding": "VERGE", "members": members, "assets": owned}
    return {"members": members, "assets": owned}


def excludes(home: DemoHousehold) -> bool:
    """Whether something of the recorded income doesn't count; the pension does from 2026 on."""
    head, income_fen = home.head, home.monthly_income_fen
    return bool(income_fen) and (head.age >= ELDERLY_FROM or head.disability_level is not None)


def _circumstances(member: DemoMember) -> dict[str, Any]:
    told: dict[str, Any] = {"serious_illness": member.seriously_ill}
    if member.disability_level is not None:
        told["disability"] = {"kind": "PHYSICAL", "level": member.disability_level}
    return told


def _incomes(head: DemoMember, income_fen: int) -> Iterator[dict[str, Any]]:
    """First what doesn't count, then a wage or what the children give; together the declared sum."""
    left = income_fen
    elderly = head.age >= ELDERLY_FROM
    subsidy = 0 if head.disability_level is None else _SUBSIDY_FEN
    for kind, fen in (("BASIC_PENSION_CENTRAL", _PENSION_FEN * elderly),
                      ("DISABILITY_SUBSIDY", subsidy)):  # fmt: skip
        if part := min(fen, left):
            yield {"kind": kind, "fen": part}
            left -= part
    if left:
        yield {"kind": "SUPPORT" if elderly else "WAGE", "fen": left}
