"""What is asked: a household as its case file shows it. The form of `yingbao assess`'s input.

Amounts are whole fen, never fractions; days are 2024-06-01. An unknown field is refused.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct, field

from shared.facts.words import (
    Applies,
    AssetKind,
    Category,
    DisabilityKind,
    ExpenseKind,
    FamilyFinding,
    IncomeKind,
    Labour,
    Per,
    PropertyFinding,
    Relation,
    Status,
    Student,
    Tier,
)

# No control characters: ids are printed on terminals.
Id = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^(?![\s\S]*[\x00-\x1f\x7f-\x9f])")]
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


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """A person of the household, counted or not. Age in whole years, or the day of birth."""

    id: Id
    relation: Relation
    age: Years | None = None
    born_on: date | None = None
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


class Asset(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing owned. Without an owner it is the household's."""

    kind: AssetKind
    value_fen: Fen = 0
    owner: Id | None = None
    necessary: bool = False
    disability_aid: bool = False


class Household(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole question. `parameters`: name → value as a pack writes it, in place of the law's."""

    category: Category
    members: Annotated[tuple[Member, ...], Meta(min_length=1, max_length=MEMBERS_MAX)]
    on: date | None = None
    township: Annotated[str, Meta(pattern="^[0-9]{6,12}$", max_length=12)] | None = None
    applies: Applies = Applies.FAMILY
    asked_for: Annotated[tuple[Id, ...], Meta(max_length=MEMBERS_MAX)] = ()
    in_hardship: bool = False
    family_finding: FamilyFinding | None = None
    property_finding: PropertyFinding | None = None
    assets: Annotated[tuple[Asset, ...], Meta(max_length=LINES_MAX)] = ()
    tier: Tier | None = None
    parameters: dict[str, str] = field(default_factory=dict)
