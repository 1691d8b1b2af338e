"""What is asked: a household as its case file shows it. The form of `yingbao assess`'s input.

Amounts are whole fen, never fractions; days are 2024-06-01. An unknown field is refused.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from shared.facts.means import (
    LINES_MAX,
    MEMBERS_MAX,
    Circumstances,
    Disability,
    Expense,
    Family,
    Income,
    Thing,
    Years,
)
from shared.facts.words import Category, Relation

__all__ = ["Asset", "Disability", "Expense", "Household", "Income", "Member"]

# No control characters: ids are printed on terminals.
Id = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^(?![\s\S]*[\x00-\x1f\x7f-\x9f])")]

# As packs write them: local codes of the committee and the farms have a letter, 411603L01.
Township = Annotated[str, Meta(pattern="^[0-9]{6}[0-9A-Z]{0,6}$", max_length=12)]


class Member(Circumstances, frozen=True, forbid_unknown_fields=True):
    """A person of the household, counted or not. Age in whole years, or the day of birth."""

    id: Id
    relation: Relation
    age: Years | None = None
    born_on: date | None = None


class Asset(Thing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing owned. Without an owner it is the household's."""

    owner: Id | None = None


class Household(Family, frozen=True, forbid_unknown_fields=True):
    """The whole question. `parameters`: name → value as a pack writes it, in place of the law's."""

    category: Category
    members: Annotated[tuple[Member, ...], Meta(min_length=1, max_length=MEMBERS_MAX)]
    on: date | None = None
    township: Township | None = None
    asked_for: Annotated[tuple[Id, ...], Meta(max_length=MEMBERS_MAX)] = ()
    assets: Annotated[tuple[Asset, ...], Meta(max_length=LINES_MAX)] = ()
    parameters: dict[str, str] = field(default_factory=dict)
