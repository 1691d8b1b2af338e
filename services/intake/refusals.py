"""Why intake doesn't take a command."""

from shared.refusal import Refusal


class AlreadyApplied(Refusal):
    """A member stands in another application that is open or in payment (57号 Art 4)."""

    code = "ALREADY_APPLIED"


class SamePersonTwice(Refusal):
    """The same person is written down twice in one household."""

    code = "SAME_PERSON_TWICE"


class HeadUnclear(Refusal):
    """A household has exactly one head, who applies."""

    code = "HEAD_UNCLEAR"


class AppliedInFuture(Refusal):
    """The day of application lies ahead."""

    code = "APPLIED_IN_FUTURE"


class AppliedLongAgo(Refusal):
    """No application that is still open is that old."""

    code = "APPLIED_LONG_AGO"


class PayeeNotMember(Refusal):
    """The money goes to an account of a member of the household (57号 Art 25)."""

    code = "PAYEE_NOT_MEMBER"


class NoSuchApplication(Refusal):
    """There is no application under this number."""

    code = "NO_SUCH_APPLICATION"


class NotPending(Refusal):
    """The application has been accepted, refused or withdrawn already."""

    code = "NOT_PENDING"


class NothingMissing(Refusal):
    """The materials are complete: accept."""

    code = "NOTHING_MISSING"


class AlreadyAsked(Refusal):
    """What is missing is told once only (57号 Art 10)."""

    code = "ALREADY_ASKED"


class MaterialsMissing(Refusal):
    """Not complete yet; the sentence lists what is missing."""

    code = "MATERIALS_MISSING"


class NothingSupplied(Refusal):
    """The supplement holds nothing that was missing."""

    code = "NOTHING_SUPPLIED"


class AlreadyDecided(Refusal):
    """Review has decided; what is in payment ends by termination, not by withdrawal."""

    code = "ALREADY_DECIDED"
