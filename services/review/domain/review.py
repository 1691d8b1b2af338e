"""One case from its opening to its end: which command goes to which step."""

from collections.abc import Callable, Mapping
from typing import Any

from services.review import commands as c
from services.review.domain.announcing import announce, take_down
from services.review.domain.appraisal import record_appraisal
from services.review.domain.bureau import (
    give_bureau_opinion,
    record_bureau_visit,
    send_file_up,
)
from services.review.domain.card import file_card_keeping
from services.review.domain.certificate import issue_certificate
from services.review.domain.complaint import answer_complaint, receive_complaint
from services.review.domain.decision import confirm, decline
from services.review.domain.ending import serve_notice, terminate
from services.review.domain.evolve import evolve
from services.review.domain.extension import extend_limit
from services.review.domain.inquiry import record_answer, record_inquiry, send_letter
from services.review.domain.means import record_means
from services.review.domain.mismatch import dispute_verification, tell_mismatch
from services.review.domain.missed import note_missed
from services.review.domain.non_cooperation import record_non_cooperation, terminate_procedure
from services.review.domain.notice import close_notice, post_notice
from services.review.domain.objection import answer_objection, raise_objection
from services.review.domain.opening import change_household, close_case, open_case
from services.review.domain.opinion import give_opinion
from services.review.domain.standing import require_not_proxy, under_review
from services.review.domain.state import NoCase, State, about
from services.review.domain.verification import (
    record_absence,
    report_verification,
    request_verification,
)
from services.review.domain.visit import record_visit
from shared.context import Context
from shared.deciding import Decided, Decider

Step = Callable[[Any, Any, Context], Decided]

UNDER_REVIEW: Mapping[type, Step] = {
    c.RecordHouseholdVisit: record_visit,
    c.RecordMeans: record_means,
    c.RequestVerification: request_verification,
    c.ReportVerification: report_verification,
    c.RecordVerificationAbsence: record_absence,
    c.TellMismatch: tell_mismatch,
    c.DisputeVerification: dispute_verification,
    c.RecordNeighbourInquiry: record_inquiry,
    c.SendEvidenceLetter: send_letter,
    c.RecordLetterAnswer: record_answer,
    c.GivePreliminaryOpinion: give_opinion,
    c.PostPublicNotice: post_notice,
    c.RaiseObjection: raise_objection,
    c.AnswerObjection: answer_objection,
    c.ClosePublicNotice: close_notice,
    c.RecordAppraisal: record_appraisal,
    c.RecordBureauVisit: record_bureau_visit,
    c.SendFileUp: send_file_up,
    c.GiveBureauOpinion: give_bureau_opinion,
    c.ExtendLimit: extend_limit,
    c.ConfirmByBureau: confirm,
    c.DeclineByBureau: decline,
    c.ConfirmEligibility: confirm,
    c.DeclineEligibility: decline,
    c.RecordNonCooperation: record_non_cooperation,
    c.TerminateProcedure: terminate_procedure,
}
"""Steps of a case that is open."""

AT_ANY_TIME: Mapping[type, Step] = {
    c.OpenCase: open_case,
    c.ChangeHousehold: change_household,
    c.CloseCase: close_case,
    c.ReceiveComplaint: receive_complaint,
    c.ReceiveComplaintByBureau: receive_complaint,
    c.AnswerComplaint: answer_complaint,
    c.AnswerComplaintByBureau: answer_complaint,
    c.ServeWrittenNotice: serve_notice,
    c.TerminateAllowance: terminate,
    c.TerminateByBureau: terminate,
    c.IssueCertificate: issue_certificate,
    c.PublishAnnouncement: announce,
    c.TakeDownAnnouncement: take_down,
    c.FileCardKeeping: file_card_keeping,
    c.NoteMissedDeadline: note_missed,
}
"""Steps that look for themselves where the case stands."""


def decide(state: State, command: c.Command, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    kind = type(command)
    if kind in UNDER_REVIEW:
        case = under_review(state)
        require_not_proxy(case, context)
        return UNDER_REVIEW[kind](case, command, context)
    if kind in AT_ANY_TIME:
        return AT_ANY_TIME[kind](state, command, context)
    raise AssertionError(f"unreachable: no step for {kind.__name__}")


CASE: Decider[State] = Decider(NoCase(), decide, evolve, about)
