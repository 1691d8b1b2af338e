"""COMMANDS: review's table of competence. Who may, how far, by which article, decided by what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.review import commands as c
from services.review import schemas as s
from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE
from services.review.domain.state import Open, State
from services.review.domain.tasks import Task
from services.review.read_models import task_on_record
from services.review.read_models.visitors import (
    Whose,
    bureau_on_record,
    close_to_staff,
    visitors_on_record,
)
from shared.competence import Competence, Role, Scope
from shared.context import Context
from shared.decider import UnitOfWork
from shared.facts.base import Fact
from shared.facts.review import (
    BureauVisited,
    CertificateIssued,
    ComplaintReceived,
    EvidenceRequested,
    FileSentUp,
    LimitExtended,
    ObjectionRaised,
    PreliminaryOpinionGiven,
    PublicNoticePosted,
)

OFFICER = frozenset({Role.CASE_OFFICER})
OFFICER_OR_AIDE = frozenset({Role.CASE_OFFICER, Role.VILLAGE_AIDE})
HEAD = frozenset({Role.TOWNSHIP_HEAD})
BUREAU = frozenset({Role.CIVIL_AFFAIRS})
BY_ITSELF = frozenset({Role.SYSTEM})
OWN = Scope.OWN_TOWNSHIP


def its_case(command: Any, _context: Context) -> str:
    """The stream of the case that the command names."""
    return f"case/{command.case}"


def who_visited(
    uow: UnitOfWork,
    command: c.RecordHouseholdVisit | c.RecordNeighbourInquiry,
    state: State,
    _context: Context,
) -> VisitorsOnRecord | None:
    """The visitors' posts on the day, and their ties to the household; None without a case."""
    return _were_there(uow, state, command.visitors, command.visited_on)


def _were_there(
    uow: UnitOfWork, state: State, officers: Sequence[str], day: date
) -> VisitorsOnRecord | None:
    if not isinstance(state, Open):
        return None
    about = state.about
    return visitors_on_record(uow.conn, officers, about.township or "", _whose(state), day)


def _whose(state: Open) -> Whose:
    return Whose(state.about.persons, state.proxy)


def its_task(
    uow: UnitOfWork, command: c.NoteMissedDeadline, _state: State, _context: Context
) -> Task | None:
    """As it stands in this transaction."""
    return task_on_record(uow.conn, command.case, command.step, command.item)


def who_appraised(
    uow: UnitOfWork, command: c.RecordAppraisal, state: State, _context: Context
) -> VisitorsOnRecord | None:
    """The posts of the officers who were there, and their ties to the household."""
    return _were_there(uow, state, command.officers, command.held_on)


def who_came(
    uow: UnitOfWork, command: c.RecordBureauVisit, state: State, _context: Context
) -> BureauOnRecord | None:
    """Who was of the bureau on the day of its visit, and their ties to the household."""
    if not isinstance(state, Open):
        return None
    return bureau_on_record(uow.conn, command.visitors, _whose(state), command.visited_on)


def whose_it_is(uow: UnitOfWork, _command: Any, state: State, context: Context) -> bool:
    """Whether the household is close to somebody in charge, filed after its acceptance, too."""
    return isinstance(state, Open) and close_to_staff(uow.conn, state.about.persons, context.today)


def found(facts: Sequence[Fact]) -> Mapping[str, Any]:
    """What an officer needs of the answer: the numbers that the step has made."""
    [fact] = facts
    return {name: _plain(getattr(fact, name)) for name in TOLD.get(type(fact), ())}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


TOLD: Mapping[type[Fact], tuple[str, ...]] = {
    BureauVisited: ("due_for",),
    CertificateIssued: ("number",),
    ComplaintReceived: ("complaint",),
    EvidenceRequested: ("letter",),
    FileSentUp: ("opinion_by",),
    LimitExtended: ("decide_by",),
    ObjectionRaised: ("objection",),
    PreliminaryOpinionGiven: ("eligible", "allowance_fen"),
    PublicNoticePosted: ("last_day_on", "next_step_on"),
}
"""Of each fact, what its answer tells."""

COMMANDS = (
    Competence(c.OpenCase, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 15, 22; 83号 四(一)", CASE, its_case),
    Competence(c.ChangeHousehold, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 7, 16, 19; 83号 一(三)", CASE, its_case),
    Competence(c.CloseCase, None, BY_ITSELF, Scope.DISTRICT, "57号 Art 4", CASE, its_case),
    Competence(c.RecordHouseholdVisit, s.RecordHouseholdVisitSchema, OFFICER, OWN,
               "57号 Art 11, 16", CASE, its_case, gather=who_visited),
    Competence(c.RecordMeans, s.RecordMeansSchema, OFFICER, OWN,
               "57号 Art 7, 12-14, 16; 83号 一(二)", CASE, its_case),
    Competence(c.RequestVerification, s.RequestVerificationSchema, OFFICER, OWN,
               "57号 Art 15, 17", CASE, its_case),
    Competence(c.ReportVerification, s.ReportVerificationSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 17", CASE, its_case, retry=True),
    Competence(c.RecordVerificationAbsence, s.RecordVerificationAbsenceSchema, BUREAU,
               Scope.DISTRICT, "57号 Art 17", CASE, its_case),
    Competence(c.TellMismatch, s.TellMismatchSchema, OFFICER, OWN,
               "57号 Art 18; 220号 Art 20", CASE, its_case),
    Competence(c.DisputeVerification, s.DisputeVerificationSchema, OFFICER, OWN,
               "57号 Art 18; 220号 Art 20", CASE, its_case),
    Competence(c.RecordNeighbourInquiry, s.RecordNeighbourInquirySchema, OFFICER, OWN,
               "57号 Art 11, 16", CASE, its_case, gather=who_visited),
    Competence(c.SendEvidenceLetter, s.SendEvidenceLetterSchema, OFFICER, OWN,
               "57号 Art 16", CASE, its_case, details=found),
    Competence(c.RecordLetterAnswer, s.RecordLetterAnswerSchema, OFFICER, OWN,
               "57号 Art 16", CASE, its_case),
    Competence(c.GivePreliminaryOpinion, s.GivePreliminaryOpinionSchema, OFFICER, OWN,
               "57号 Art 19; 649号 Art 9, 12", CASE, its_case, details=found),
    Competence(c.PostPublicNotice, s.PostPublicNoticeSchema, OFFICER, OWN,
               "57号 Art 19; 83号 四(二)", CASE, its_case, details=found),
    Competence(c.RaiseObjection, s.RaiseObjectionSchema, OFFICER_OR_AIDE, OWN,
               "57号 Art 19", CASE, its_case, details=found, retry=True),
    Competence(c.AnswerObjection, s.AnswerObjectionSchema, OFFICER, OWN,
               "57号 Art 19", CASE, its_case),
    Competence(c.ClosePublicNotice, s.ClosePublicNoticeSchema, OFFICER, OWN,
               "57号 Art 19", CASE, its_case),
    Competence(c.RecordAppraisal, s.RecordAppraisalSchema, OFFICER, OWN,
               "220号 Art 21-23; 57号 Art 11, 19", CASE, its_case, gather=who_appraised),
    Competence(c.ReceiveComplaint, s.ReceiveComplaintSchema, OFFICER, OWN,
               "57号 Art 20, 36, 37", CASE, its_case, details=found, retry=True),
    Competence(c.ReceiveComplaintByBureau, s.ReceiveComplaintByBureauSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 20, 36, 37", CASE, its_case, details=found, retry=True),
    Competence(c.AnswerComplaint, s.AnswerComplaintSchema, OFFICER, OWN,
               "57号 Art 37", CASE, its_case),
    Competence(c.AnswerComplaintByBureau, s.AnswerComplaintByBureauSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 37", CASE, its_case),
    Competence(c.RecordBureauVisit, s.RecordBureauVisitSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 16, 20; 220号 Art 26", CASE, its_case, gather=who_came, details=found),
    Competence(c.ExtendLimit, s.ExtendLimitSchema, HEAD, OWN,
               "57号 Art 22; 83号 四(一)", CASE, its_case, details=found),
    Competence(c.SendFileUp, s.SendFileUpSchema, OFFICER, OWN,
               "57号 Art 19", CASE, its_case, details=found),
    Competence(c.GiveBureauOpinion, s.GiveBureauOpinionSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 20; 220号 Art 26", CASE, its_case,
               gather=whose_it_is),
    Competence(c.ConfirmByBureau, s.ConfirmByBureauSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 2, 20, 21", CASE, its_case,
               gather=whose_it_is),
    Competence(c.DeclineByBureau, s.DeclineByBureauSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 2, 20, 21", CASE, its_case,
               gather=whose_it_is),
    Competence(c.ConfirmEligibility, s.ConfirmEligibilitySchema, HEAD, OWN,
               "PLAN 行政正职; 57号 Art 2, 21; 83号 四(一)", CASE, its_case,
               gather=whose_it_is),
    Competence(c.DeclineEligibility, s.DeclineEligibilitySchema, HEAD, OWN,
               "PLAN 行政正职; 57号 Art 2, 21", CASE, its_case,
               gather=whose_it_is),
    Competence(c.ServeWrittenNotice, s.ServeWrittenNoticeSchema, OFFICER, OWN,
               "57号 Art 21, 29, 38; 649号 Art 65", CASE, its_case),
    Competence(c.TerminateAllowance, s.TerminateAllowanceSchema, HEAD, OWN,
               "PLAN 动态管理; 57号 Art 2, 31, 32", CASE, its_case),
    Competence(c.TerminateByBureau, s.TerminateByBureauSchema, BUREAU, Scope.DISTRICT,
               "57号 Art 2, 31, 32", CASE, its_case),
    Competence(c.IssueCertificate, s.IssueCertificateSchema, OFFICER, OWN,
               "57号 Art 21", CASE, its_case, details=found),
    Competence(c.PublishAnnouncement, s.PublishAnnouncementSchema, OFFICER, OWN,
               "57号 Art 24", CASE, its_case),
    Competence(c.TakeDownAnnouncement, s.TakeDownAnnouncementSchema, OFFICER, OWN,
               "57号 Art 24; 220号 Art 34", CASE, its_case),
    Competence(c.FileCardKeeping, s.FileCardKeepingSchema, OFFICER, OWN,
               "57号 Art 26", CASE, its_case),
    Competence(c.RecordNonCooperation, s.RecordNonCooperationSchema, OFFICER, OWN,
               "57号 Art 29", CASE, its_case),
    Competence(c.TerminateProcedure, s.TerminateProcedureSchema, HEAD, OWN,
               "57号 Art 2, 29", CASE, its_case),
    Competence(c.NoteMissedDeadline, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 15, 17, 21, 22, 36; 83号 四(一); 复议法 2023 Art 23", CASE, its_case,
               gather=its_task),
)  # fmt: skip
