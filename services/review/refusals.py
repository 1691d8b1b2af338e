"""Why review doesn't take a command."""

from shared.refusal import Refusal


class NoSuchCase(Refusal):
    """No accepted application stands under this number."""

    code = "NO_SUCH_CASE"


class CaseIsClosed(Refusal):
    """The household took its application back; nothing more is done."""

    code = "CASE_CLOSED"


class AlreadyDecided(Refusal):
    """The case has been confirmed or declined."""

    code = "ALREADY_DECIDED"


class VisitAlone(Refusal):
    """Fewer went than the law asks for (57号 Art 16: not fewer than two)."""

    code = "VISIT_ALONE"


class VisitorTwice(Refusal):
    """The same officer is written down twice."""

    code = "VISITOR_TWICE"


class RecorderNotVisitor(Refusal):
    """Whoever records a visit was there."""

    code = "RECORDER_NOT_VISITOR"


class VisitorNotAppointed(Refusal):
    """A visitor held no post in the township that day that investigates (57号 Art 16)."""

    code = "VISITOR_NOT_APPOINTED"


class VisitorIsRelative(Refusal):
    """A visitor belongs to the household, or is a filed close relative of it (57号 Art 11)."""

    code = "CLOSE_RELATIVE"


class VisitDayWrong(Refusal):
    """The visit lies ahead, or before the application was accepted."""

    code = "VISIT_DAY_WRONG"


class MembersDiffer(Refusal):
    """The visit speaks of another number of members than the household has (83号 一(一))."""

    code = "MEMBERS_DIFFER"


class VerificationPending(Refusal):
    """The bureau has been asked and hasn't answered yet."""

    code = "VERIFICATION_PENDING"


class VerificationNotRequested(Refusal):
    """The bureau verifies on the township's request only (57号 Art 17)."""

    code = "VERIFICATION_NOT_REQUESTED"


class VerificationAlreadyReported(Refusal):
    """One report answers one request."""

    code = "VERIFICATION_ALREADY_REPORTED"


class NotVisited(Refusal):
    """No opinion without a household visit (57号 Art 19)."""

    code = "NOT_VISITED"


class NotVerified(Refusal):
    """No opinion without a verification report (57号 Art 19)."""

    code = "NOT_VERIFIED"


class OpinionBelowFindings(Refusal):
    """The opinion counts less income than either the visit or the registers found."""

    code = "OPINION_BELOW_FINDINGS"


class OpinionAboveFindings(Refusal):
    """The opinion counts more income than either the visit or the registers found."""

    code = "OPINION_ABOVE_FINDINGS"


class NoEligibleOpinion(Refusal):
    """No opinion stands that the household qualifies."""

    code = "NO_ELIGIBLE_OPINION"


class NoticeStands(Refusal):
    """The opinion is up already, or has been."""

    code = "NOTICE_STANDS"


class NoticeNotOpen(Refusal):
    """No notice is up, so that none can be objected to or closed."""

    code = "NOTICE_NOT_OPEN"


class NoticeRunning(Refusal):
    """The notice hasn't run its days (57号 Art 19: 7 days)."""

    code = "NOTICE_RUNNING"


class NoticeNotClosed(Refusal):
    """No notice of the opinion has run its days and been closed (57号 Art 19)."""

    code = "NOTICE_NOT_CLOSED"


class ObjectionOpen(Refusal):
    """An objection waits for its answer (57号 Art 19)."""

    code = "OBJECTION_OPEN"


class NoSuchObjection(Refusal):
    """The case has no objection of this number."""

    code = "NO_SUCH_OBJECTION"


class ObjectionAlreadyAnswered(Refusal):
    """The objection has its answer."""

    code = "OBJECTION_ALREADY_ANSWERED"


class NotReinvestigated(Refusal):
    """An objection is answered after a new visit (57号 Art 19)."""

    code = "NOT_REINVESTIGATED"


class InvestigatorConfirms(Refusal):
    """Who investigated, gave the opinion or posted the notice doesn't decide."""

    code = "INVESTIGATOR_CONFIRMS"


class PayeeUnknown(Refusal):
    """Nobody's account is known that the money could go to (57号 Art 25)."""

    code = "PAYEE_UNKNOWN"


class NoGroundToDecline(Refusal):
    """A reason that the case doesn't bear out, or the opinion's reasons left out."""

    code = "NO_GROUND_TO_DECLINE"


class NotDeclined(Refusal):
    """Only a case that was declined has a written notice of reasons."""

    code = "NOT_DECLINED"


class AlreadyServed(Refusal):
    """The written notice has been served."""

    code = "ALREADY_SERVED"


class NotConfirmed(Refusal):
    """Only what was confirmed can be stopped."""

    code = "NOT_CONFIRMED"


class AlreadyTerminated(Refusal):
    """The allowance has been stopped already."""

    code = "ALREADY_TERMINATED"
