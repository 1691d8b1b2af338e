"""The words for a household's circumstances, incomes and property: each list is closed."""

from enum import StrEnum


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
    """The seven kinds of the disability certificate."""

    SIGHT = "SIGHT"
    HEARING = "HEARING"
    SPEECH = "SPEECH"
    PHYSICAL = "PHYSICAL"
    INTELLECTUAL = "INTELLECTUAL"
    PSYCHIATRIC = "PSYCHIATRIC"
    MULTIPLE = "MULTIPLE"


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


class ExpenseKind(StrEnum):
    """What may be taken off the income; how much of it is policy `income.deducts_…`."""

    TAX = "TAX"
    SOCIAL_INSURANCE = "SOCIAL_INSURANCE"
    SUPPORT_PAID = "SUPPORT_PAID"
    DISABILITY = "DISABILITY"
    ILLNESS = "ILLNESS"


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


class Kinship(StrEnum):
    """What a household's member is to an officer; which of them count is `relatives.circle`."""

    SPOUSE = "SPOUSE"
    PARENT = "PARENT"
    CHILD = "CHILD"
    SIBLING = "SIBLING"
    GRANDPARENT = "GRANDPARENT"
    GRANDCHILD = "GRANDCHILD"
    PARENT_IN_LAW = "PARENT_IN_LAW"
    CHILD_IN_LAW = "CHILD_IN_LAW"
    SIBLING_IN_LAW = "SIBLING_IN_LAW"
    UNCLE_AUNT = "UNCLE_AUNT"
    NEPHEW_NIECE = "NEPHEW_NIECE"


class RelatedPost(StrEnum):
    """Whose relatives are registered: who handles allowances, who sits in the village committee
    (57号 Art 11)."""

    ALLOWANCE_STAFF = "ALLOWANCE_STAFF"
    VILLAGE_COMMITTEE = "VILLAGE_COMMITTEE"


class AloneGround(StrEnum):
    """On what ground somebody applies alone (57号 Art 8; 83号 一(一); 220号 Art 10)."""

    ALONE_VERGE_SEVERE_DISABILITY = "ALONE_VERGE_SEVERE_DISABILITY"
    ALONE_VERGE_MENTAL_DISABILITY = "ALONE_VERGE_MENTAL_DISABILITY"
    ALONE_VERGE_SERIOUS_ILLNESS = "ALONE_VERGE_SERIOUS_ILLNESS"
    ALONE_RELIGIOUS = "ALONE_RELIGIOUS"
    ALONE_UNEMPLOYED_SEVERE_DISABILITY = "ALONE_UNEMPLOYED_SEVERE_DISABILITY"
    ALONE_REGISTERED_APART = "ALONE_REGISTERED_APART"
    ALONE_DESIGNATED = "ALONE_DESIGNATED"


class Condition(StrEnum):
    """What a household claims of a member that a certificate shows (57号 Art 8, 13)."""

    DISABILITY = "DISABILITY"
    SERIOUS_ILLNESS = "SERIOUS_ILLNESS"


class ProxyKind(StrEnum):
    """Who applies in the household's place (57号 Art 6; 649号 Art 11 names the committee)."""

    VILLAGE_COMMITTEE = "VILLAGE_COMMITTEE"
    OTHER_PERSON = "OTHER_PERSON"


class Withdrawal(StrEnum):
    """Why an application is over before a decision."""

    WITHDRAWN = "WITHDRAWN"
    SOLE_MEMBER_DIED = "SOLE_MEMBER_DIED"
    MOVED_AWAY = "MOVED_AWAY"


class InformingWay(StrEnum):
    """How a household was told of the policy (57号 Art 6)."""

    VISIT = "VISIT"
    COUNTER = "COUNTER"
    TELEPHONE = "TELEPHONE"
    LETTER = "LETTER"
    MEETING = "MEETING"
