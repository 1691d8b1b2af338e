"""Information verification (信息核对, 57号 Art 17, 18)."""

from services.review.commands import ReportVerification, RequestVerification
from services.review.domain.limits import limits_of
from services.review.domain.state import Open
from services.review.domain.steps import Moment
from services.review.refusals import (
    VerificationAlreadyReported,
    VerificationNotRequested,
    VerificationPending,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import VerificationReported, VerificationRequested

START = "verification_start"


def request_verification(state: Open, command: RequestVerification, context: Context) -> Decided:
    """The bureau starts within 3 working days; again after a report where that is disputed."""
    if isinstance(state.verification, VerificationRequested):
        raise VerificationPending("已提请信息核对，尚未反馈，无须重复提请。")
    today, opened = context.today, state.opened
    happened = {Moment.VERIFICATION_REQUESTED: today}
    start_by = limits_of(context, opened.accepted_on, opened.township, happened).due(START)
    return [VerificationRequested(command.case, context.people, today, start_by)]


def report_verification(state: Open, command: ReportVerification, context: Context) -> Decided:
    """One report for one request."""
    match state.verification:
        case None:
            raise VerificationNotRequested("乡镇（街道）尚未提请信息核对，不能反馈结果。")
        case VerificationReported():
            raise VerificationAlreadyReported("该次提请已反馈核对结果；需要复查的，请重新提请。")
        case VerificationRequested():
            return [
                VerificationReported(
                    case=command.case,
                    reported_by=context.people,
                    reported_on=context.today,
                    monthly_income_fen=command.monthly_income_fen,
                    property_fen=command.property_fen,
                    mismatches=tuple(dict.fromkeys(command.mismatches)),
                )
            ]
