"""Why a finding of the survey is not taken."""

from shared.refusal import Refusal


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
