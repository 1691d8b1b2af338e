"""Why what follows a confirmation, or the end of a procedure, is not taken."""

from shared.refusal import Refusal


class CertificateAlreadyIssued(Refusal):
    """The family has its certificate."""

    code = "CERTIFICATE_ALREADY_ISSUED"


class AnnouncementStands(Refusal):
    """The result hangs in the village already."""

    code = "ANNOUNCEMENT_STANDS"


class NoAnnouncement(Refusal):
    """Nothing hangs that could come down."""

    code = "NO_ANNOUNCEMENT"


class AnnouncementStays(Refusal):
    """It stays up as long as the family is paid (长期公示, 220号 Art 34)."""

    code = "ANNOUNCEMENT_STAYS"


class AgreementDayWrong(Refusal):
    """The agreement bears a day that is still to come."""

    code = "AGREEMENT_DAY_WRONG"


class AskedDayWrong(Refusal):
    """The household was asked before the case was accepted, or on a day still to come."""

    code = "ASKED_DAY_WRONG"


class NoTerminationYet(Refusal):
    """No rule of the day lets a procedure be ended (57号 Art 29: from 2021-07-01)."""

    code = "NO_TERMINATION_YET"


class NotAskedOften(Refusal):
    """The household wasn't asked on as many days as the policy wants (57号 Art 29)."""

    code = "NOT_ASKED_OFTEN"


class NotWarned(Refusal):
    """Nobody told the household what its refusal may lead to (57号 Art 29)."""

    code = "NOT_WARNED"
