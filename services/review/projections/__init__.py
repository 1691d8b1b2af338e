"""Review's own facts → rows. Replaying the log gives the same rows."""

from services.review.domain.task_changes import CHANGES
from services.review.projections import notice, oversight, verification
from services.review.projections.case import changes, closed, opened
from services.review.projections.task import tasks_changed
from services.review.projections.updating import together
from shared.decider import Projection
from shared.facts import review as f
from shared.facts.base import Fact

ROWS: dict[type[Fact], Projection] = {
    f.CaseOpened: opened,
    f.HouseholdChanged: notice.household_changed,
    f.HouseholdVisited: notice.visited,
    f.VerificationRequested: verification.requested,
    f.VerificationReported: verification.reported,
    f.VerificationAbsent: verification.absent,
    f.MismatchTold: verification.told,
    f.VerificationDisputed: verification.disputed,
    f.PreliminaryOpinionGiven: notice.opinion_given,
    f.PublicNoticePosted: notice.notice_posted,
    f.PublicNoticeClosed: notice.notice_closed,
    f.ObjectionRaised: notice.objection_raised,
    f.ObjectionAnswered: notice.objection_answered,
    f.DemocraticAppraisalHeld: oversight.appraised,
    f.ComplaintReceived: oversight.complaint_received,
    f.ComplaintAnswered: oversight.complaint_answered,
    f.BureauVisited: oversight.bureau_visited,
    f.FileSentUp: changes(lambda x: {"file_sent_on": x.sent_on}),
    f.BureauOpinionGiven: oversight.bureau_opined,
    f.LimitExtended: changes(lambda x: {"decide_by": x.decide_by, "extended_for": x.reason}),
    f.EligibilityConfirmed: changes(
        lambda x: {
            "status": "CONFIRMED",
            "decided_on": x.confirmed_on,
            "from_month": x.from_month,
        }
    ),
    f.EligibilityDeclined: changes(
        lambda x: {
            "status": "DECLINED",
            "decided_on": x.declined_on,
            "written_notice_due_on": x.notice_due_on,
        }
    ),
    f.NonCooperationRecorded: changes(lambda x: {"refused_on": x.asked_on}),
    f.ProcedureTerminated: changes(
        lambda x: {
            "status": "PROCEDURE_TERMINATED",
            "decided_on": x.terminated_on,
            "written_notice_due_on": x.notice_due_on,
        }
    ),
    f.WrittenNoticeServed: changes(
        lambda x: {
            "written_notice_served_on": x.served_on,
            "reconsider_until": x.reconsider_until,
        }
    ),
    f.CertificateIssued: changes(
        lambda x: {"certificate_number": x.number, "certificate_issued_on": x.issued_on}
    ),
    f.ResultAnnounced: changes(
        lambda x: {"announced_on": x.announced_on, "announcement_taken_down_on": None}
    ),
    f.AnnouncementTakenDown: changes(lambda x: {"announcement_taken_down_on": x.taken_down_on}),
    f.CardKeepingFiled: changes(
        lambda x: {"card_keeper_of": x.keeper_of, "card_keeping_filed_on": x.filed_on}
    ),
    f.AllowanceTerminated: changes(lambda x: {"status": "TERMINATED", "stops_from": x.stops_from}),
    f.CaseClosed: closed,
}

PROJECTIONS: dict[type[Fact], Projection] = {
    **ROWS,
    **{kind: together(ROWS.get(kind), tasks_changed) for kind in CHANGES},
}
