"""Why an appraisal, a complaint, an extension or the bureau's part is not taken."""

from shared.refusal import Refusal


class AppraisalDue(Refusal):
    """The procedure asks for a democratic appraisal before the opinion (220号 Art 21)."""

    code = "APPRAISAL_DUE"


class AppraisalDayWrong(Refusal):
    """An appraisal follows the survey whose result it looks at (220号 Art 21)."""

    code = "APPRAISAL_DAY_WRONG"


class AppraisalIncomplete(Refusal):
    """A step of the appraisal is missing (220号 Art 23)."""

    code = "APPRAISAL_INCOMPLETE"


class NoQuorum(Refusal):
    """Too few of those present are the village's representatives (220号 Art 22)."""

    code = "NO_QUORUM"


class VotesDoNotAddUp(Refusal):
    """Votes and recusals together aren't those present, or nobody voted."""

    code = "VOTES_DO_NOT_ADD_UP"


class AppraiserNotAppointed(Refusal):
    """Whom the record names as an officer holds no post there, or no case officer led it."""

    code = "APPRAISER_NOT_APPOINTED"


class RecorderNotPresent(Refusal):
    """Whoever records an appraisal was there."""

    code = "RECORDER_NOT_PRESENT"


class ReinvestigationDue(Refusal):
    """A new household visit is asked for before another opinion (220号 Art 24; 57号 Art 20)."""

    code = "REINVESTIGATION_DUE"


class ReporterUnnamed(Refusal):
    """A real-name report without a name."""

    code = "REPORTER_UNNAMED"


class ComplaintOpen(Refusal):
    """A complaint waits for its answer (57号 Art 20, 37)."""

    code = "COMPLAINT_OPEN"


class NoSuchComplaint(Refusal):
    """The case has no complaint of this number."""

    code = "NO_SUCH_COMPLAINT"


class ComplaintAlreadyAnswered(Refusal):
    """The complaint has its answer."""

    code = "COMPLAINT_ALREADY_ANSWERED"


class InvestigatorAnswers(Refusal):
    """Who investigated the case doesn't verify the complaint against it."""

    code = "INVESTIGATOR_ANSWERS"


class ReporterNotTold(Refusal):
    """Whoever reports under their name is told what came of it (57号 Art 37)."""

    code = "REPORTER_NOT_TOLD"


class ToldDayWrong(Refusal):
    """Told before the complaint came in, or on a day to come."""

    code = "TOLD_DAY_WRONG"


class BureauVisitDue(Refusal):
    """The bureau has to visit first: a relative, or a complaint (57号 Art 20)."""

    code = "BUREAU_VISIT_DUE"


class VisitorNotOfBureau(Refusal):
    """The bureau's visit is made by officers of the bureau."""

    code = "VISITOR_NOT_OF_BUREAU"


class InvestigatorVisits(Refusal):
    """Who investigated for the township doesn't visit for the bureau."""

    code = "INVESTIGATOR_VISITS"


class NotDevolved(Refusal):
    """The bureau decides: the power was not devolved when this was accepted; or, of an end,
    is not devolved today (57号 Art 2, 31, 32).
    """

    code = "NOT_DEVOLVED"


class DevolvedToTownship(Refusal):
    """The township decides: the power was devolved when this was accepted; or, of an end, is
    devolved today (PLAN; 57号 Art 2).
    """

    code = "DEVOLVED_TO_TOWNSHIP"


class FileNotSent(Refusal):
    """The bureau decides on a file that the township has sent (57号 Art 19, 20)."""

    code = "FILE_NOT_SENT"


class FileAlreadySent(Refusal):
    """The bureau has the file, or has given its opinion on it."""

    code = "FILE_ALREADY_SENT"


class NoOpinion(Refusal):
    """No opinion stands that could be sent up (57号 Art 19)."""

    code = "NO_OPINION"


class AlreadyExtended(Refusal):
    """The limit is extended once (57号 Art 22)."""

    code = "ALREADY_EXTENDED"


class LimitPassed(Refusal):
    """A limit that has passed isn't extended."""

    code = "LIMIT_PASSED"


class NoObjectionRaised(Refusal):
    """Nobody objected to the notice, so that it is no reason to extend."""

    code = "NO_OBJECTION_RAISED"


class NotElsewhere(Refusal):
    """At acceptance nobody lived or applied elsewhere, so that it is no reason to extend."""

    code = "NOT_ELSEWHERE"


class ConclusionAgainstVotes(Refusal):
    """An appraisal that concludes otherwise than those present voted (220号 Art 23)."""

    code = "CONCLUSION_AGAINST_VOTES"
