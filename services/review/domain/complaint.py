"""Complaints and real-name reports (投诉、举报, 57号 Art 20, 36, 37; 220号 Art 35, 36)."""

from typing import Final

from services.review.commands import (
    AnswerComplaint,
    AnswerComplaintByBureau,
    ReceiveComplaint,
    ReceiveComplaintByBureau,
)
from services.review.domain.standing import require_not_proxy
from services.review.domain.state import Confirmed, NoCase, Open, State
from services.review.refusals import (
    BureauVisitDue,
    ComplaintAlreadyAnswered,
    ComplaintOpen,
    InvestigatorAnswers,
    NoSuchCase,
    NoSuchComplaint,
    ReporterNotTold,
    ReporterUnnamed,
    ToldDayWrong,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import Complainant, ComplaintAnswered, ComplaintReceived

BUREAU_VISIT: Final = "BUREAU_VISIT"
WAYS: Final = (BUREAU_VISIT, "HOUSEHOLD_VISIT", "REGISTERS", "ENQUIRY")


def receive_complaint(
    state: State, command: ReceiveComplaint | ReceiveComplaintByBureau, context: Context
) -> Decided:
    """Taken down wherever the case stands; one that is open is then visited by the bureau."""
    if isinstance(state, NoCase):
        raise NoSuchCase("没有这个审核事项，请核对编号；刚受理的申请请稍后再试。")
    if command.real_name and command.name is None:
        raise ReporterUnnamed("实名举报应填写举报人姓名。")
    return [
        ComplaintReceived(
            case=command.case,
            complaint=state.complaints.count + 1,
            received_by=context.people,
            received_on=context.today,
            real_name=command.real_name,
            late=not isinstance(state, Open),
            personal=Complainant(command.name, command.phone, command.text),
        )
    ]


def answer_complaint(
    state: State, command: AnswerComplaint | AnswerComplaintByBureau, context: Context
) -> Decided:
    """Verified one by one, never by the household's proxy, and while the case is open by somebody
    who didn't investigate; a real name is told the result.
    """
    received = _waiting(state, command.complaint)
    if isinstance(state, Open | Confirmed):
        require_not_proxy(state, context)
    if isinstance(state, Open):
        _require_verified_by_others(state, command, context)
    if received.real_name and command.told_reporter_on is None:
        raise ReporterNotTold("实名举报应当向举报人反馈核查处理结果，请填写反馈日期。")
    told = command.told_reporter_on
    if told is not None and not received.received_on <= told <= context.today:
        raise ToldDayWrong("反馈日期应在收到举报之后、不晚于今天。")
    return [
        ComplaintAnswered(
            case=command.case,
            complaint=command.complaint,
            answered_by=context.people,
            answered_on=context.today,
            way=command.way,
            upheld=command.upheld,
            told_reporter_on=told,
        )
    ]


def require_no_open_complaint(state: Open) -> None:
    """No decision while a complaint waits to be verified (57号 Art 20, 37)."""
    if state.complaints.waiting:
        raise ComplaintOpen("尚有投诉举报未核查答复，不能作出决定。")


def _waiting(state: State, number: int) -> ComplaintReceived:
    if isinstance(state, NoCase):
        raise NoSuchCase("没有这个审核事项，请核对编号。")
    found = [one for one in state.complaints.waiting if one.complaint == number]
    if found:
        return found[0]
    if number <= state.complaints.count:
        raise ComplaintAlreadyAnswered("该投诉举报已经答复。")
    raise NoSuchComplaint("没有这个编号的投诉举报，请核对。")


def _require_verified_by_others(
    state: Open, command: AnswerComplaint | AnswerComplaintByBureau, context: Context
) -> None:
    if not state.investigators.isdisjoint(context.ids):
        raise InvestigatorAnswers("您（或您代理的人）参与过本户的调查或初审，应由他人核查答复。")
    if command.way == BUREAU_VISIT and state.oversight.bureau_visit is None:
        raise BureauVisitDue("收到投诉举报后民政局尚未入户调查，不能以此答复。")
