"""Review's own facts → rows. Replaying the log gives the same rows."""

from services.review.projections import notice
from services.review.projections.case import changes, closed, opened
from shared.decider import Projection
from shared.facts import review as f
from shared.facts.base import Fact

PROJECTIONS: dict[type[Fact], Projection] = {
    f.CaseOpened: opened,
    f.HouseholdVisited: notice.visited,
    f.VerificationRequested: changes(
        lambda x: {"verification_requested_on": x.requested_on, "verification_reported_on": None}
    ),
    f.VerificationReported: changes(lambda x: {"verification_reported_on": x.reported_on}),
    f.PreliminaryOpinionGiven: notice.opinion_given,
    f.PublicNoticePosted: notice.notice_posted,
    f.PublicNoticeClosed: notice.notice_closed,
    f.ObjectionRaised: notice.objection_raised,
    f.ObjectionAnswered: notice.objection_answered,
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
    f.WrittenNoticeServed: changes(lambda x: {"written_notice_served_on": x.served_on}),
    f.AllowanceTerminated: changes(lambda x: {"status": "TERMINATED", "stops_from": x.stops_from}),
    f.CaseClosed: closed,
}
