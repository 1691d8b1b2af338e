"""The whole judgement of a household: members, income, property, then the amount."""

from dataclasses import dataclass
from datetime import date

from services.review.domain.assessing.alone import Family, way_alone
from services.review.domain.assessing.amount import Qualified, allowance
from services.review.domain.assessing.asked import Household, Member
from services.review.domain.assessing.changing import would_change
from services.review.domain.assessing.group import Group, group_of, reasons_for
from services.review.domain.assessing.household import standings
from services.review.domain.assessing.law import Law, with_assumed
from services.review.domain.assessing.outcome import Outcome, Reason, Standing
from shared.facts.words import Applies, FamilyFinding, Relation
from shared.policy.model import Policy

WHOLE, ALONE = "household.whole_family", "household.alone_verge_level_max"


@dataclass(frozen=True, slots=True)
class _Case:
    """The question with what is known before its means are judged."""

    law: Law
    asked: Household
    on: date
    standing: tuple[Standing, ...]

    @property
    def counted(self) -> tuple[Member, ...]:
        """The members who count."""
        pairs = zip(self.asked.members, self.standing, strict=True)
        return tuple(member for member, one in pairs if one.counted)

    @property
    def applicant(self) -> tuple[Member, Standing]:
        """The applicant, and whether they count."""
        pairs = zip(self.asked.members, self.standing, strict=True)
        return next(pair for pair in pairs if pair[0].relation is Relation.APPLICANT)

    @property
    def alone(self) -> bool:
        """A family of one person is a family, unless it is part of one already recognised."""
        if self.asked.applies is not Applies.ALONE:
            return False
        return self.counted != self.applicant[:1] or self.asked.family_finding is not None


def judge(policy: Policy, asked: Household, on: date) -> Outcome:
    """The answer for `asked` by the rules of the day `on`.

    Raises PolicyUnknown, ParameterRefused, SupportDutyUnstated, TierUnstated, Contradiction.
    """
    law = Law(with_assumed(policy, asked.parameters).at(on, asked.township))
    case = _Case(law, asked, on, standings(law, asked, on))
    family = group_of(law, asked, case.counted, on)
    group, told = (_alone if case.alone else _together)(case, family)
    return _outcome(case, group, told, _others(case, family))


def _together(case: _Case, family: Group) -> tuple[Group, tuple[Reason, ...]]:
    """57号 Art 4: a member applies for the household. 83号 1(1): all who count go in, or none."""
    law, (_, own) = case.law, case.applicant
    if not own.counted:
        sentence = "申请人不计入家庭，须由计入的成员申请"
        return family.barred(Reason("APPLICANT_EXCLUDED", own.reason.article, sentence)), ()
    chosen = set(case.asked.asked_for)
    if not chosen or {member.id for member in family.members} <= chosen or not law.flag(WHOLE):
        return family, ()
    sentence = "不能只纳入个别成员：符合条件的，计入的成员全部纳入"
    return family, (Reason("WHOLE_FAMILY", law.article(WHOLE), sentence),)


def _alone(case: _Case, family: Group) -> tuple[Group, tuple[Reason, ...]]:
    """57号 Art 8, 83号 1(1): first whether they may, then their own income and property.

    Of someone who may not, the answer shows the family.
    """
    law, (applicant, standing) = case.law, case.applicant
    finding = _finding(case.asked, family)
    if finding is FamilyFinding.QUALIFIES and standing.counted and law.flag(WHOLE):
        sentence = "家庭符合低保条件，应当全家申请，不能只纳入个别成员"
        return family.barred(Reason("WHOLE_FAMILY", law.article(WHOLE), sentence)), ()
    way = way_alone(law, applicant, _known(case, family), case.on)
    if not standing.counted and (way is None or way.code != "ALONE_RELIGIOUS"):
        sentence = "申请人不计入家庭成员，不能单独申请"
        return family.barred(Reason("APPLICANT_EXCLUDED", standing.reason.article, sentence)), ()
    if way is None:
        reason = Reason("NOT_ALONE", law.article(ALONE), "不属于可以单独申请的情形")
        return family.barred(reason), ()
    return group_of(law, case.asked, (applicant,), case.on, alone=True), (way,)


def _known(case: _Case, family: Group) -> Family:
    verge = _finding(case.asked, family) is FamilyFinding.VERGE
    return Family(verge, case.asked.in_hardship)


def _finding(asked: Household, family: Group) -> FamilyFinding:
    """What the family is: as recognised, else by the same tests."""
    if asked.family_finding is not None:
        return asked.family_finding
    if not family.against:
        return FamilyFinding.QUALIFIES
    return FamilyFinding.VERGE if family.verge else FamilyFinding.ABOVE


def _others(case: _Case, family: Group) -> tuple[Reason, ...]:
    """Who may apply alone where the family doesn't qualify."""
    if case.alone or (not family.against and case.asked.family_finding is None):
        return ()
    known, pairs = _known(case, family), zip(case.asked.members, case.standing, strict=True)
    found = [(one.counted, way_alone(case.law, member, known, case.on)) for member, one in pairs]
    return tuple(way for here, way in found if way and (here or way.code == "ALONE_RELIGIOUS"))


def _standing_shown(case: _Case, told: tuple[Reason, ...]) -> tuple[Standing, ...]:
    """Where someone may apply alone, nobody else counts."""
    if not case.alone or not told:
        return case.standing
    (way,) = told
    return tuple(
        Standing(way.member, True, way) if one.member == way.member else _beside(one.member, way)
        for one in case.standing
    )


def _beside(member: str, way: Reason) -> Standing:
    reason = Reason("APPLIES_WITHOUT", way.article, "申请人单独申请，不计入", member)
    return Standing(member, False, reason)


def _outcome(
    case: _Case, group: Group, told: tuple[Reason, ...], others: tuple[Reason, ...]
) -> Outcome:
    law, asked = case.law, case.asked
    who = Qualified(
        group.members, group.income.year_fen, group.standard_fen, case.alone, asked.tier
    )
    paid = None if group.against else allowance(law, who, case.on)
    standing, reasons = _standing_shown(case, told), group.against or (*reasons_for(law), *told)
    changes = would_change(law, group, others)
    return Outcome(
        on=case.on,
        eligible=paid is not None,
        verge=group.verge and not case.alone,
        allowance_fen=paid.fen if paid else 0,
        uplift_fen=paid.uplift_fen if paid else 0,
        standard_fen=group.standard_fen,
        income_fen=group.income_fen,
        members=standing,
        reasons=reasons,
        steps=(*group.steps, *(paid.steps if paid else ())),
        may_apply_alone=others,
        would_change=changes,
        rules=tuple(law.used[name] for name in sorted(law.used)),
        policy_digest=law.rules.policy.digest,
    )
