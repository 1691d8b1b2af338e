"""Why an opinion, a notice or an objection is not taken."""

from shared.refusal import Refusal


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


class OpinionOutdated(Refusal):
    """The month to be paid from has other rules, by which the opinion would be another."""

    code = "OPINION_OUTDATED"


class NoticeNotOpen(Refusal):
    """No notice is up, so that none can be objected to or closed."""

    code = "NOTICE_NOT_OPEN"


class NoticeRunning(Refusal):
    """The notice hasn't run its days (57号 Art 19: 7 days)."""

    code = "NOTICE_RUNNING"


class NoticeNotClosed(Refusal):
    """No notice of the opinion has run its days and been closed (57号 Art 19)."""

    code = "NOTICE_NOT_CLOSED"


class SecondNoticeDue(Refusal):
    """What is to be approved is shown once more before the decision (220号 Art 29)."""

    code = "SECOND_NOTICE_DUE"


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


class OpinionNotOfMeans(Refusal):
    """The opinion counts another income than the means on record come to."""

    code = "OPINION_NOT_OF_MEANS"


class PropertySinceOpinion(Refusal):
    """A visit or the registers have since found other property than the opinion knew of."""

    code = "PROPERTY_SINCE_OPINION"
