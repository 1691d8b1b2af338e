"""What is asked: a household as its case file shows it. The form of `yingbao assess`'s input.

Amounts are whole fen, never fractions; days are 2024-06-01. An unknown field is refused.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

# No control characters: ids are printed on terminals.
Id = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^(?![\s\S]*[\x00-\x1f\x7f-\x9f])")]
Fen = Annotated[int, Meta(ge=0, le=10**12)]
Years = Annotated[int, Meta(ge=0, le=150)]
MEMBERS_MAX, LINES_MAX = 60, 200  # of one household; more is another file by mistake


class Relation(StrEnum):
    """What a member is to the applicant."""

    APPLICANT = "APPLICANT"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    PARENT = "PARENT"
    GRANDPARENT = "GRANDPARENT"
    GRANDCHILD = "GRANDCHILD"
    SIBLING = "SIBLING"
    CHILD_SPOUSE = "CHILD_SPOUSE"
    OTHER = "OTHER"


class Status(StrEnum):
    """Where a member is, as far as the law asks."""

    AT_HOME = "AT_HOME"
    PRISON = "PRISON"
    REEDUCATION = "REEDUCATION"
    COMPULSORY_DETOX = "COMPULSORY_DETOX"
    DECLARED_MISSING = "DECLARED_MISSING"
    RELIGIOUS = "RELIGIOUS"
    CONSCRIPT = "CONSCRIPT"


class Student(StrEnum):
    """Full time and part time: up to a bachelor's degree; graduate: above it."""

    NONE = "NONE"
    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    GRADUATE = "GRADUATE"


class Labour(StrEnum):
    """Ability to work."""

    ABLE = "ABLE"
    PARTLY_LOST = "PARTLY_LOST"
    LOST = "LOST"


class DisabilityKind(StrEnum):
    """The seven kinds of the disability certificate (GB/T 26341)."""

    SIGHT = "SIGHT"
    HEARING = "HEARING"
    SPEECH = "SPEECH"
    PHYSICAL = "PHYSICAL"
    INTELLECTUAL = "INTELLECTUAL"
    PSYCHIATRIC = "PSYCHIATRIC"
    MULTIPLE = "MULTIPLE"


class Disability(Struct, frozen=True, forbid_unknown_fields=True):
    """As the certificate says; level 1 is the severest."""

    kind: DisabilityKind
    level: Annotated[int, Meta(ge=1, le=4)]


class IncomeKind(StrEnum):
    """A kind of income; whether it counts is policy `income.counts_…`."""

    WAGE = "WAGE"
    BUSINESS = "BUSINESS"
    PROPERTY = "PROPERTY"
    SUPPORT = "SUPPORT"
    SUPPORT_SIBLING_OR_ELDER = "SUPPORT_SIBLING_OR_ELDER"
    PENSION = "PENSION"
    UNEMPLOYMENT_BENEFIT = "UNEMPLOYMENT_BENEFIT"
    SURVIVOR_BENEFIT = "SURVIVOR_BENEFIT"
    COMPENSATION = "COMPENSATION"
    GIFT = "GIFT"
    INHERITANCE = "INHERITANCE"
    BASIC_PENSION_CENTRAL = "BASIC_PENSION_CENTRAL"
    BASIC_PENSION_LOCAL = "BASIC_PENSION_LOCAL"
    PENSION_ACCOUNT = "PENSION_ACCOUNT"
    OLD_AGE_ALLOWANCE = "OLD_AGE_ALLOWANCE"
    DISABILITY_SUBSIDY = "DISABILITY_SUBSIDY"
    SOCIAL_ASSISTANCE = "SOCIAL_ASSISTANCE"
    PREFERENTIAL_COMPENSATION = "PREFERENTIAL_COMPENSATION"
    BIRTH_PLANNING_AWARD = "BIRTH_PLANNING_AWARD"
    SCHOLARSHIP = "SCHOLARSHIP"
    BRAVERY_AWARD = "BRAVERY_AWARD"
    EXEMPT_LOCALLY = "EXEMPT_LOCALLY"
    NOTIONAL = "NOTIONAL"
    OTHER = "OTHER"


class Per(StrEnum):
    """What an amount is for; ONCE: one payment within the look-back period."""

    MONTH = "MONTH"
    YEAR = "YEAR"
    ONCE = "ONCE"


class Income(Struct, frozen=True, forbid_unknown_fields=True):
    """One income before costs. `costs_fen`: what it takes to earn it, for the same time."""

    kind: IncomeKind
    fen: Fen
    per: Per = Per.MONTH
    costs_fen: Fen = 0


class ExpenseKind(StrEnum):
    """What may be taken off the income; how much of it is policy `income.deducts_…`."""

    TAX = "TAX"
    SOCIAL_INSURANCE = "SOCIAL_INSURANCE"
    SUPPORT_PAID = "SUPPORT_PAID"
    DISABILITY = "DISABILITY"
    ILLNESS = "ILLNESS"


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


class AssetKind(StrEnum):
    """A kind of property; limits are policy `property.…`."""

    DEPOSIT = "DEPOSIT"
    SECURITIES = "SECURITIES"
    FUND = "FUND"
    INSURANCE = "INSURANCE"
    CLAIM = "CLAIM"
    INTERNET_FINANCE = "INTERNET_FINANCE"
    VEHICLE = "VEHICLE"
    HOME = "HOME"
    COMPANY = "COMPANY"
    OTHER = "OTHER"


class Asset(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing owned. Without an owner it is the household's."""

    kind: AssetKind
    value_fen: Fen = 0
    owner: Id | None = None
    necessary: bool = False
    disability_aid: bool = False


class Applies(StrEnum):
    """The whole family, or the applicant alone (57号 Art 8)."""

    FAMILY = "FAMILY"
    ALONE = "ALONE"


class Category(StrEnum):
    """Which standard holds."""

    URBAN = "URBAN"
    RURAL = "RURAL"


class PropertyFinding(StrEnum):
    """What the survey found, where the limits were judged elsewhere."""

    WITHIN = "WITHIN"
    ABOVE = "ABOVE"


class FamilyFinding(StrEnum):
    """What is already recognised of the family of someone who applies alone."""

    QUALIFIES = "QUALIFIES"
    VERGE = "VERGE"
    ABOVE = "ABOVE"


class Tier(StrEnum):
    """Where policy pays by tiers."""

    A = "A"
    B = "B"
    C = "C"


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
