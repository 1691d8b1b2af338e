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


class RemoteNotAllowed(Refusal):
    """By telephone or video only while an emergency is declared (57号 Art 16)."""

    code = "REMOTE_NOT_ALLOWED"


class VisitorsNotSigned(Refusal):
    """Every investigator signs the form, and nobody else does (57号 Art 16(1))."""

    code = "VISITORS_NOT_SIGNED"


class MemberNotSigned(Refusal):
    """A member who is there signs, or the form says why none did (57号 Art 16(1))."""

    code = "MEMBER_NOT_SIGNED"


class PhotosMissing(Refusal):
    """Fewer photos than the site's policy asks for."""

    code = "PHOTOS_MISSING"


class EvidenceTwice(Refusal):
    """The same file is given twice."""

    code = "EVIDENCE_TWICE"


class EvidenceDayWrong(Refusal):
    """A file is said to be of a day that lies ahead."""

    code = "EVIDENCE_DAY_WRONG"


class MembersDiffer(Refusal):
    """The visit speaks of another number of members than the household has (83号 一(一))."""

    code = "MEMBERS_DIFFER"


class MeansIncomplete(Refusal):
    """Somebody of the household is left out, or stands there twice (83号 一(一))."""

    code = "MEANS_INCOMPLETE"


class HouseholdErased(Refusal):
    """The personal part can't be read any more: nobody's age or income is known."""

    code = "HOUSEHOLD_ERASED"
