"""Who counts as a member of the household: 57号 Art 7, before 2021-07-01 220号 Art 5."""

from datetime import date

from services.review.domain.assessing.asked import Household, Member
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Reason, Standing
from services.review.domain.assessing.refusals import Contradiction, SupportDutyUnstated
from shared.facts.words import Relation, Status, Student

PLACES = {
    Status.PRISON: ("household.counts_in_prison", "在监狱内服刑"),
    Status.REEDUCATION: ("household.counts_in_reeducation", "劳动教养"),
    Status.COMPULSORY_DETOX: ("household.counts_in_compulsory_detox", "强制隔离戒毒"),
    Status.DECLARED_MISSING: ("household.counts_declared_missing", "宣告失踪"),
    Status.CONSCRIPT: ("household.counts_conscript", "现役义务兵"),
}
RELIGIOUS_YEARS = "household.religious_years"
OTHER = "household.other"
LINKS = {
    Relation.CHILD_SPOUSE: Relation.CHILD,
    Relation.GRANDCHILD: Relation.CHILD,
    Relation.SIBLING: Relation.PARENT,
}
"""Through whom somebody may be spouse or child of a member, though not of the applicant."""
TITLES = {
    "household.applicant": "申请人",
    "household.spouse": "配偶",
    "household.minor_child": "未成年子女",
    "household.dependent_child": "不能独立生活的成年子女",
    "household.parent": "父母",
    OTHER: "其他有法定赡养、扶养、抚养义务的人员",
}


def standings(law: Law, asked: Household, on: date) -> tuple[Standing, ...]:
    """Each member, in the input's order. Raises SupportDutyUnstated, Contradiction."""
    applicant = next(m for m in asked.members if m.relation is Relation.APPLICANT)
    direct = {
        member.id: _standing(law, member, applicant, on)
        for member in asked.members
        if member.relation not in LINKS
    }
    linked = {m.relation for m in asked.members if m.id in direct and direct[m.id].counted}
    return tuple(
        direct.get(member.id) or _through(law, member, applicant, linked, on)
        for member in asked.members
    )


def age_of(member: Member, on: date) -> int:
    """Whole years on the day; raises Contradiction for someone born after it."""
    if member.born_on is None:
        return member.age or 0
    born = member.born_on
    if born > on:
        raise Contradiction(f"成员“{member.id}”在认定日之后出生。")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_minor(law: Law, member: Member, on: date) -> bool:
    """Under 18 (民法典 Art 17)."""
    return age_of(member, on) < law.number("household.minor_under_years")


def is_dependent(law: Law, member: Member) -> bool:
    """57号 Art 7(3): can't live independently; full-time students up to bachelor are such."""
    match member.student:
        case Student.FULL_TIME:
            return True
        case Student.PART_TIME:
            return member.cannot_live_independently or law.flag("household.part_time_student")
        case Student.NONE | Student.GRADUATE:
            return member.cannot_live_independently


def _standing(law: Law, member: Member, applicant: Member, on: date) -> Standing:
    gone = _gone(law, member)
    if gone:
        return Standing(member.id, False, gone)
    if member is applicant:
        return _by_clause(law, member, "household.applicant")
    return _by_clause(law, member, _clause(law, member, applicant, on))


def _through(
    law: Law, member: Member, applicant: Member, linked: set[Relation], on: date
) -> Standing:
    """57号 Art 7 speaks of spouse and children of the household, not only of the applicant."""
    if LINKS[member.relation] not in linked or _gone(law, member):
        return _standing(law, member, applicant, on)
    if member.relation is Relation.CHILD_SPOUSE:
        return _by_clause(law, member, "household.spouse")
    if is_minor(law, member, on):
        return _by_clause(law, member, "household.minor_child")
    if is_dependent(law, member):
        return _by_clause(law, member, "household.dependent_child")
    return _standing(law, member, applicant, on)


def _gone(law: Law, member: Member) -> Reason | None:
    """57号 Art 7, second paragraph: who is left out whatever the relation."""
    if member.status is Status.RELIGIOUS:
        years = law.number(RELIGIOUS_YEARS)
        if member.apart_years < years:
            return None
        sentence = f"脱离家庭独立生活满{years}年的宗教教职人员，不计入"
        return Reason("EXCLUDED_RELIGIOUS", law.article(RELIGIOUS_YEARS), sentence, member.id)
    if member.status not in PLACES:
        return None
    name, title = PLACES[member.status]
    if law.flag(name):
        return None
    return Reason(f"EXCLUDED_{member.status}", law.article(name), f"{title}，不计入", member.id)


def _clause(law: Law, member: Member, applicant: Member, on: date) -> str:
    """The parameter of the limb of 57号 Art 7 that speaks of the member.

    Parent and child are members of each other: a dependent applicant's parents count by the limb
    on dependent children, read from their side.
    """
    match member.relation:
        case Relation.SPOUSE:
            return "household.spouse"
        case Relation.CHILD | Relation.PARENT:
            child = member if member.relation is Relation.CHILD else applicant
            if is_minor(law, child, on):
                return "household.minor_child"
            if is_dependent(law, child):
                return "household.dependent_child"
            return "household.parent" if member.relation is Relation.PARENT else OTHER
        case _:
            return OTHER


def _by_clause(law: Law, member: Member, name: str) -> Standing:
    way, article, title = law.choice(name), law.article(name), TITLES[name]
    if way == "always":
        return Standing(member.id, True, Reason("COUNTED", article, f"{title}，计入", member.id))
    if way == "never":
        return Standing(member.id, False, Reason("NOT_LISTED", article, "不在所列成员", member.id))
    if not _long_resident(law, member):
        sentence = f"{title}，未长期共同居住，不计入"
        return Standing(member.id, False, Reason("NOT_LONG_RESIDENT", article, sentence, member.id))
    if not _has_duty(member):
        sentence = "没有法定赡养、扶养、抚养义务关系，不计入"
        return Standing(member.id, False, Reason("NO_SUPPORT_DUTY", article, sentence, member.id))
    return Standing(
        member.id, True, Reason("COUNTED", article, f"{title}，长期共同居住，计入", member.id)
    )


def _long_resident(law: Law, member: Member) -> bool:
    """Living together, and for long; where no months are given the residence is taken as long."""
    least = law.number("household.long_residence_months")
    months = member.together_months
    return member.lives_together and (months is None or months >= least)


def _has_duty(member: Member) -> bool:
    """A duty by law; between parent and child there is one (民法典 Art 1067)."""
    if member.support_duty is not None:
        return member.support_duty
    if member.relation in (Relation.PARENT, Relation.CHILD):
        return True
    raise SupportDutyUnstated(
        f"成员“{member.id}”是否有法定赡养、扶养、抚养义务关系未写明（support_duty）。"
    )
