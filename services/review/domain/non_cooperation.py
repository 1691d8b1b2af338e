"""Want of cooperation, and the end of a procedure for it (程序终止, 57号 Art 29)."""

from services.review.commands import RecordNonCooperation, TerminateProcedure
from services.review.domain.complaint import require_no_open_complaint
from services.review.domain.limits import limits_of
from services.review.domain.standing import require_apart
from services.review.domain.state import Open
from services.review.domain.steps import Moment
from services.review.refusals import AskedDayWrong, NotAskedOften, NoTerminationYet, NotWarned
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import NonCooperationRecorded, ProcedureTerminated, WhatWasSaid

REFUSED_VISIT, UNREACHABLE = "REFUSED_VISIT", "UNREACHABLE"
REFUSED = (REFUSED_VISIT, "REFUSED_VERIFICATION", "WITHHELD_MATERIAL", UNREACHABLE)
MADE_GOOD_BY_A_VISIT = frozenset({REFUSED_VISIT, UNREACHABLE})
ASKED_MIN, REFUSAL_NOTICE = "non_cooperation.asked_count_min", "refusal_notice"


def record_non_cooperation(state: Open, command: RecordNonCooperation, context: Context) -> Decided:
    """What was asked, on which day, and whether the household was told what may follow."""
    if not state.opened.accepted_on <= command.asked_on <= context.today:
        raise AskedDayWrong("要求配合的日期应在受理之后、今天或今天以前。")
    return [
        NonCooperationRecorded(
            case=command.case,
            kind=command.kind,
            asked_on=command.asked_on,
            warned=command.warned,
            recorded_by=context.people,
            recorded_on=context.today,
            personal=WhatWasSaid(command.text),
        )
    ]


def terminate_procedure(state: Open, command: TerminateProcedure, context: Context) -> Decided:
    """Asked on several days, warned, and still refusing: no judgement of the household's means.

    By the rules of today: 220号 knew no such end. Told in writing like a refusal, by our reading of 57号 Art 21 and 29.
    """
    require_apart(state, context)
    require_no_open_complaint(state)
    opened, asked = state.opened, {one.asked_on for one in state.refusals}
    rules = context.policy.at(context.today, opened.township)
    if not rules.knows(ASKED_MIN):
        raise NoTerminationYet("当日施行的规定没有终止审核确认程序的条款。")
    if len(asked) < max(rules.number(ASKED_MIN), 1):
        raise NotAskedOften(
            f"终止程序前应在不同日期至少{rules.number(ASKED_MIN)}次要求配合并如实记录。"
        )
    if not any(one.warned for one in state.refusals):
        raise NotWarned("尚未向该户告知拒不配合的后果，不能终止程序。")
    decided = {Moment.DECIDED: context.today}
    limits = limits_of(context, opened.accepted_on, opened.township, decided)
    return [
        ProcedureTerminated(
            case=command.case,
            terminated_by=context.people,
            terminated_on=context.today,
            reasons=tuple(dict.fromkeys(one.kind for one in state.refusals)),
            asked_count=len(asked),
            notice_due_on=limits.due(REFUSAL_NOTICE),
            rules=rules.versions(ASKED_MIN) | limits.versions(REFUSAL_NOTICE),
        )
    ]
