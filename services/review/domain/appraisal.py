"""The democratic appraisal (民主评议, 220号 Art 21-24; 18号 第24项; 57号 Art 19)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from services.review.commands import RecordAppraisal
from services.review.domain.investigators import VisitorsOnRecord, require_no_proxy
from services.review.domain.limits import limits_of, rules_of
from services.review.domain.overseeing import DISPUTED
from services.review.domain.state import Open
from services.review.domain.steps import APPRAISAL, Moment
from services.review.refusals import (
    AppraisalDayWrong,
    AppraisalDue,
    AppraisalIncomplete,
    AppraiserNotAppointed,
    ConclusionAgainstVotes,
    NoQuorum,
    NotVisited,
    RecorderNotPresent,
    VisitorIsRelative,
    VotesDoNotAddUp,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import Appraisers, DemocraticAppraisalHeld
from shared.policy.model import PolicyOn

STEPS: Final = ("POLICY_TOLD", "FACTS_PRESENTED", "DISCUSSED", "CONCLUDED", "SIGNED")
TITLES: Final = dict(
    zip(STEPS, ("宣讲政策", "介绍情况", "现场评议", "形成结论", "签字确认"), strict=True)
)
TRUE, UNTRUE = "TRUE", "UNTRUE"
CONCLUSIONS: Final = (TRUE, UNTRUE, DISPUTED)
SHARE, STEPS_ASKED = "appraisal.representatives_share_min", "appraisal.steps"
INSTEAD: Final = "instead_of_new_survey"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the law of the day of acceptance asks of an appraisal; no share where it names none."""

    when: str
    share: Fraction | None
    steps: tuple[str, ...]
    versions: dict[str, str]


def record_appraisal(state: Open, command: RecordAppraisal, context: Context) -> Decided:
    """Held after the survey, with the steps and the quorum of the law; its due day is shown."""
    rules = _asked(rules_of(context, state.opened.accepted_on, state.opened.township))
    visited_on = _survey_done_on(state, command, context)
    _require_officers(command, context)
    _require_votes(command)
    _require_quorum(command, rules)
    _require_steps(command, rules)
    opened, done = state.opened, {Moment.SURVEY_DONE: visited_on}
    limits = limits_of(context, opened.accepted_on, opened.township, done)
    return [
        DemocraticAppraisalHeld(
            case=command.case,
            held_on=command.held_on,
            recorded_by=context.people,
            officers=command.officers,
            present_count=len(command.names),
            representatives_count=command.representatives_count,
            recused_count=command.recused_count,
            for_count=command.for_count,
            against_count=command.against_count,
            abstained_count=command.abstained_count,
            steps=tuple(step for step in STEPS if step in command.steps),
            conclusion=command.conclusion,
            answers_objections=rules.when == INSTEAD and command.conclusion != DISPUTED,
            due_on=limits.due("appraisal"),
            rules=rules.versions | limits.versions("appraisal"),
            personal=Appraisers(command.names),
        )
    ]


def require_appraised(state: Open, context: Context) -> None:
    """Always before an opinion (220号 Art 21); from 18号 on only where somebody objected.

    Under 57号 Art 19 it is one of the two answers to an objection and never asked for by itself.
    An objection sets aside the appraisal that the notice showed (220号 Art 25).
    """
    if state.oversight.appraisal is not None:
        return
    rules = rules_of(context, state.opened.accepted_on, state.opened.township)
    when = rules.choice(APPRAISAL) if rules.knows(APPRAISAL) else INSTEAD
    if when == "always" or (when == "when_disputed" and state.objections_count):
        raise AppraisalDue("本申请应当先开展民主评议，再提出初审意见（220号第二十一条）。")


def _asked(rules: PolicyOn) -> _Rules:
    known = [name for name in (APPRAISAL, SHARE, STEPS_ASKED) if rules.knows(name)]
    return _Rules(
        when=rules.choice(APPRAISAL),
        share=rules.fraction(SHARE) if SHARE in known else None,
        steps=rules.several(STEPS_ASKED) if STEPS_ASKED in known else (),
        versions=rules.versions(*known),
    )


def _survey_done_on(state: Open, command: RecordAppraisal, context: Context) -> date:
    if state.visit is None:
        raise NotVisited("尚未入户调查，不能开展民主评议。")
    if not state.visit.visited_on <= command.held_on <= context.today:
        raise AppraisalDayWrong("评议日期应在入户调查之后、不晚于今天。")
    return state.visit.visited_on


def _require_officers(command: RecordAppraisal, context: Context) -> None:
    """A case officer leads, whoever records was there, and no relative of the household votes."""
    on_record: VisitorsOnRecord = context.gathered
    there = set(command.officers)
    if context.actor.officer not in there:
        raise RecorderNotPresent("民主评议记录应由到会人员填写，您不在到会人员之列。")
    if there - on_record.case_officers - on_record.aides or on_record.case_officers.isdisjoint(
        there
    ):
        raise AppraiserNotAppointed(
            "到会工作人员当日应为本乡镇（街道）经办人或村（社区）协理员，且至少有一名经办人。"
        )
    if not on_record.relatives.isdisjoint(there):
        raise VisitorIsRelative(
            "到会工作人员中有该家庭成员本人或已备案的近亲属，应当回避，不得参加评议。"
        )
    require_no_proxy(on_record.proxies, there)


def _require_votes(command: RecordAppraisal) -> None:
    voted = command.for_count + command.against_count + command.abstained_count
    if not voted or voted + command.recused_count != len(command.names):
        raise VotesDoNotAddUp(
            f"到会 {len(command.names)} 人，应等于赞成、反对、弃权与回避人数之和，且须有人表决。"
        )
    more = command.for_count - command.against_count
    if (command.conclusion == TRUE and more <= 0) or (command.conclusion == UNTRUE and more >= 0):
        raise ConclusionAgainstVotes(
            "评议结论与表决结果不符：属实须赞成多于反对，不属实须反对多于赞成。"
        )


def _require_quorum(command: RecordAppraisal, rules: _Rules) -> None:
    present, representatives = len(command.names), command.representatives_count
    if representatives > present:
        raise NoQuorum("村（居）民代表人数多于到会人数，请核对。")
    if rules.share is not None and representatives < rules.share * present:
        raise NoQuorum(
            f"到会 {present} 人中村（居）民代表 {representatives} 人，"
            f"不足{rules.share.denominator}分之{rules.share.numerator}，评议无效。"
        )


def _require_steps(command: RecordAppraisal, rules: _Rules) -> None:
    missing = [TITLES[step] for step in rules.steps if step not in command.steps]
    if missing:
        raise AppraisalIncomplete(f"民主评议缺少程序：{'、'.join(missing)}。")
