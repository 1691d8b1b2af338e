"""The steps of the road from acceptance to decision, with the limit of each: a table to be checked.

Two procedures: 220号 for what was accepted to 2021-06-30, 57号 with 83号 from 2021-07-01. The
numbers, their articles and which procedure holds are policy data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.review.domain.counting import NOTICE_DAYS
from shared.policy.model import PolicyOn

OBJECTION: Final = "objection"
PROCEDURE: Final = "procedure.allowance"
DEVOLVED: Final = "devolution.devolved"
SECOND_NOTICE, AGAIN = "notice.second_before_decision", "notice.again_after_objection"
APPRAISAL: Final = "appraisal.when"
REASONS: Final = "limit.extension_reasons"


class Moment(StrEnum):
    """What a limit runs from."""

    ACCEPTED = "accepted"
    SURVEY_DONE = "survey_done"
    VERIFICATION_REQUESTED = "verification_requested"
    NOTICE_POSTED = "notice_posted"
    NOTICE_ENDED = "notice_ended"
    OBJECTION_RAISED = "objection_raised"
    NOTICE_POSTED_AGAIN = "notice_posted_again"
    FILE_RECEIVED = "file_received"
    SECOND_NOTICE_POSTED = "second_notice_posted"
    SECOND_NOTICE_ENDED = "second_notice_ended"
    DECIDED = "decided"
    DECISION_SERVED = "decision_served"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides which steps a case has: the rules of its acceptance, and how it lies.

    `reasons` are those for which the limit is extended, of policy REASONS.
    """

    rules: PolicyOn
    devolved: bool
    reasons: frozenset[str]

    @property
    def disputed(self) -> bool:
        """Somebody objected to the notice (公示有异议)."""
        return OBJECTION in self.reasons

    @property
    def extended(self) -> bool:
        """A special case (特殊情况, 57号 Art 22)."""
        return bool(self.reasons)


Test = Callable[[Circumstances], bool]


def _always(_: Circumstances) -> bool:
    return True


def _may_be_left_out(case: Circumstances) -> bool:
    """18号 第24项: without a dispute the appraisal may be left out."""
    return case.rules.choice(APPRAISAL) != "always" and not case.disputed


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `limit` is the policy parameter that says how long, counted from `since`.

    `basis` is the parameter whose article asks for the step, where that isn't the limit's own.
    `of_its_day`: the law of the day that it runs from holds, not that of acceptance.
    """

    name: str
    title: str
    since: Moment
    limit: str
    basis: str | None = None
    only: Test = _always
    optional: Test = lambda _: False
    of_its_day: bool = False


NOTICES: Final = {
    Moment.NOTICE_POSTED: Moment.NOTICE_ENDED,
    Moment.SECOND_NOTICE_POSTED: Moment.SECOND_NOTICE_ENDED,
}
"""With the day of posting a notice's last day is known, too."""

APPEAL: Final = (
    # 复议法 Art 20 (2017: Art 9), 行诉法 Art 46: from the day on which the decision is known
    Step("reconsideration", "申请行政复议", Moment.DECISION_SERVED,
         "appeal.reconsideration_calendar_days", of_its_day=True),
    Step("litigation", "直接提起行政诉讼", Moment.DECISION_SERVED,
         "appeal.litigation_months", of_its_day=True),
)  # fmt: skip

TRIAL_2012: Final = (
    # 220号 Art 18
    Step("survey_done", "完成家庭经济状况调查", Moment.ACCEPTED, "limit.survey_done_working_days"),
    # 220号 Art 21; 18号 第24项
    Step("appraisal", "民主评议", Moment.SURVEY_DONE, "limit.appraisal_working_days",
         optional=_may_be_left_out),
    # 220号 Art 25
    Step("notice", "审核结果公示", Moment.NOTICE_POSTED, NOTICE_DAYS),
    # 220号 Art 26
    Step("bureau_opinion", "县级提出审批意见", Moment.FILE_RECEIVED,
         "limit.bureau_opinion_working_days", only=lambda case: not case.devolved),
    # PLAN hands the bureau's part to the township: nothing is sent up, so that the five days of
    # 220号 Art 26 run from the end of the notice. Our reading, and marked so: no text says it.
    Step("opinion", "乡镇提出审批意见", Moment.NOTICE_ENDED,
         "limit.devolved_opinion_working_days", only=lambda case: case.devolved),
    # 220号 Art 29
    Step("second_notice", "拟批准公示", Moment.SECOND_NOTICE_POSTED, NOTICE_DAYS, SECOND_NOTICE,
         only=lambda case: case.rules.flag(SECOND_NOTICE)),
    Step("decide", "作出审批决定", Moment.SECOND_NOTICE_ENDED,
         "limit.decide_after_notice_working_days", only=lambda case: not case.disputed),
    Step("decide", "重新调查后作出审批决定", Moment.OBJECTION_RAISED,
         "limit.decide_after_objection_working_days", only=lambda case: case.disputed),
    Step("notice_again", "异议后重新公示", Moment.NOTICE_POSTED_AGAIN, NOTICE_DAYS, AGAIN,
         only=lambda case: case.disputed and case.rules.flag(AGAIN)),
    # 220号 Art 26: three days, not working days
    Step("refusal_notice", "不予批准的书面告知", Moment.DECIDED,
         "limit.refusal_notice_calendar_days"),
    *APPEAL,
)  # fmt: skip

MEASURES_2021: Final = (
    # 57号 Art 15
    Step("survey_start", "启动家庭经济状况调查", Moment.ACCEPTED,
         "limit.survey_start_working_days"),
    # 57号 Art 17
    Step("verification_start", "启动信息核对", Moment.VERIFICATION_REQUESTED,
         "limit.verification_start_working_days"),
    # 57号 Art 19; 83号 四(二)
    Step("notice", "初审意见公示", Moment.NOTICE_POSTED, NOTICE_DAYS),
    Step("notice_again", "异议后重新公示", Moment.NOTICE_POSTED_AGAIN, NOTICE_DAYS, AGAIN,
         only=lambda case: case.disputed and case.rules.flag(AGAIN)),
    # 57号 Art 20
    Step("bureau_opinion", "县级提出审核确认意见", Moment.FILE_RECEIVED,
         "limit.bureau_opinion_working_days", only=lambda case: not case.devolved),
    # 57号 Art 22; 83号 四(一)
    Step("decide", "完成审核确认", Moment.ACCEPTED, "limit.decide_undevolved_working_days",
         only=lambda case: not case.devolved and not case.extended),
    Step("decide", "完成审核确认", Moment.ACCEPTED, "limit.decide_devolved_working_days",
         only=lambda case: case.devolved and not case.extended),
    Step("decide", "完成审核确认（已延长）", Moment.ACCEPTED, "limit.decide_extended_working_days",
         REASONS,
         only=lambda case: case.extended),
    # 57号 Art 21
    Step("refusal_notice", "不予确认的书面告知", Moment.DECIDED,
         "limit.refusal_notice_working_days"),
    *APPEAL,
)  # fmt: skip

PROCEDURES: Final = {"trial_2012": TRIAL_2012, "measures_2021": MEASURES_2021}


def steps_of(case: Circumstances) -> list[Step]:
    """The steps that a case has, in their order; raises PolicyUnknown before the first procedure."""
    table = PROCEDURES[case.rules.choice(PROCEDURE)]
    return [step for step in table if step.only(case)]
