"""Who may apply alone: 57号 Art 8 and 83号 1(1), 1(4); before 2021-07-01 220号 Art 10."""

from dataclasses import dataclass
from datetime import date

from services.review.domain.assessing.asked import Member
from services.review.domain.assessing.household import is_minor
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Reason
from shared.facts.words import DisabilityKind, Labour, Status

MENTAL = {DisabilityKind.INTELLECTUAL, DisabilityKind.PSYCHIATRIC}


@dataclass(frozen=True, slots=True)
class Family:
    """What the family of someone who would apply alone is."""

    verge: bool
    in_hardship: bool


def way_alone(law: Law, member: Member, family: Family, on: date) -> Reason | None:
    """The first case that fits, or None."""
    for name, code, sentence in _cases(law, member, family, on):
        return Reason(code, law.article(name), sentence, member.id)
    return None


def _cases(law: Law, member: Member, family: Family, on: date) -> list[tuple[str, str, str]]:
    """Every case that fits: the parameter that allows it, a code, a sentence."""
    fits = {
        "household.alone_verge_level_max": family.verge
        and _level_within(law, member, "household.alone_verge_level_max"),
        "household.alone_verge_mental_level_max": family.verge
        and member.disability is not None
        and member.disability.kind in MENTAL
        and _level_within(law, member, "household.alone_verge_mental_level_max"),
        "household.alone_verge_serious_illness": family.verge
        and member.serious_illness
        and law.flag("household.alone_verge_serious_illness"),
        "household.alone_religious_years": member.status is Status.RELIGIOUS
        and member.apart_years >= law.number("household.alone_religious_years"),
        "household.alone_unemployed_severe": is_unemployed_severe(law, member, on)
        and law.flag("household.alone_unemployed_severe"),
        "household.alone_registered_apart": family.in_hardship
        and member.registered_apart
        and member.labour is Labour.LOST
        and _severe_adult(law, member, on)
        and law.flag("household.alone_registered_apart"),
        "household.alone_designated": member.designated and law.flag("household.alone_designated"),
    }
    return [(name, *TITLES[name]) for name, fit in fits.items() if fit]


TITLES = {
    "household.alone_verge_level_max": (
        "ALONE_VERGE_SEVERE_DISABILITY",
        "低保边缘家庭中的重度残疾人，可以单独申请",
    ),
    "household.alone_verge_mental_level_max": (
        "ALONE_VERGE_MENTAL_DISABILITY",
        "低保边缘家庭中的智力、精神残疾人，可以单独申请",
    ),
    "household.alone_verge_serious_illness": (
        "ALONE_VERGE_SERIOUS_ILLNESS",
        "低保边缘家庭中的重特大疾病患者，可以单独申请",
    ),
    "household.alone_religious_years": (
        "ALONE_RELIGIOUS",
        "脱离家庭、在宗教场所居住满规定年数的宗教教职人员，可以单独申请",
    ),
    "household.alone_unemployed_severe": (
        "ALONE_UNEMPLOYED_SEVERE_DISABILITY",
        "成年无业重度残疾人，可以参照单人户申请",
    ),
    "household.alone_registered_apart": (
        "ALONE_REGISTERED_APART",
        "困难家庭中丧失劳动能力且单独立户的成年重度残疾人，可以单独申请",
    ),
    "household.alone_designated": (
        "ALONE_DESIGNATED",
        "县级以上民政部门规定的其他特殊困难人员，可以单独申请",
    ),
}


def is_severe(law: Law, member: Member) -> bool:
    """Severely disabled: level 1 or 2 of any kind."""
    return _level_within(law, member, "household.severe_level_max")


def is_unemployed_severe(law: Law, member: Member, on: date) -> bool:
    """成年无业重度残疾人 (83号 1(1))."""
    return not member.employed and _severe_adult(law, member, on)


def _severe_adult(law: Law, member: Member, on: date) -> bool:
    return is_severe(law, member) and not is_minor(law, member, on)


def _level_within(law: Law, member: Member, name: str) -> bool:
    return member.disability is not None and member.disability.level <= law.number(name)
