"""A household's means (家庭经济状况, 57号 Art 12-14): circumstances, incomes by kind, property.

Always sealed: it tells of health. Amounts are whole fen. An unknown field is refused.
"""

from typing import Annotated

from msgspec import Meta, Struct

from shared.facts.words import (
    Applies,
    AssetKind,
    DisabilityKind,
    ExpenseKind,
    FamilyFinding,
    IncomeKind,
    Labour,
    Per,
    PropertyFinding,
    Status,
    Student,
    Tier,
)

Fen = Annotated[int, Meta(ge=0, le=10**12)]
Years = Annotated[int, Meta(ge=0, le=150)]
MEMBERS_MAX, LINES_MAX = 60, 200  # of one household; more is another file by mistake


class Disability(Struct, frozen=True, forbid_unknown_fields=True):
    """As the certificate says; level 1 is the severest."""

    kind: DisabilityKind
    level: Annotated[int, Meta(ge=1, le=4)]


class Income(Struct, frozen=True, forbid_unknown_fields=True):
    """One income before costs. `costs_fen`: what it takes to earn it, for the same time."""

    kind: IncomeKind
    fen: Fen
    per: Per = Per.MONTH
    costs_fen: Fen = 0


class Expense(Struct, frozen=True, forbid_unknown_fields=True):
    """A member's own share, as the township recognised it."""

    kind: ExpenseKind
    fen: Fen
    per: Per = Per.MONTH


class Circumstances(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the law asks of one member, whoever they are (57号 Art 7, 8, 13, 34)."""

    lives_together: bool = True
    together_months: Annotated[int, Meta(ge=0, le=1800)] | None = None
    support_duty: bool | None = None
    cannot_live_independently: bool = False
    status: Status = Status.AT_HOME
    apart_years: Years = 0
    student: Student = Student.NONE
    labour: Labour = Labour.ABLE
    employed: bool = False
    hard_to_employ: bool = False
    disability: Disability | None = None
    serious_illness: bool = False
    registered_apart: bool = False
    designated: bool = False
    refusals_count: Annotated[int, Meta(ge=0, le=1000)] = 0
    incomes: Annotated[tuple[Income, ...], Meta(max_length=LINES_MAX)] = ()
    expenses: Annotated[tuple[Expense, ...], Meta(max_length=LINES_MAX)] = ()


class Thing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing owned, whoever owns it (57号 Art 14)."""

    kind: AssetKind
    value_fen: Fen = 0
    necessary: bool = False
    disability_aid: bool = False


class Family(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is recognised of the family as a whole; `tier` where policy pays by tiers."""

    applies: Applies = Applies.FAMILY
    in_hardship: bool = False
    family_finding: FamilyFinding | None = None
    property_finding: PropertyFinding | None = None
    tier: Tier | None = None


class MemberMeans(Circumstances, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of the member with this pseudonym."""

    person: str


class Asset(Thing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`owner` is a member's pseudonym; without one it is the household's."""

    owner: str | None = None


class Means(Family, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole household, every member once."""

    members: tuple[MemberMeans, ...]
    assets: tuple[Asset, ...] = ()
