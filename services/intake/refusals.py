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


class ApplicantNotMember(Refusal):
    """Who applies is one of the household's members (57号 Art 4)."""

    code = "APPLICANT_NOT_MEMBER"


class ApplicantNotHead(Refusal):
    """Under 220号 Art 9 the head applies, or somebody in the head's name."""

    code = "APPLICANT_NOT_HEAD"


class ProxyNotAuthorised(Refusal):
    """Nobody applies for a household without its authorisation (57号 Art 6: 委托手续)."""

    code = "PROXY_NOT_AUTHORISED"


class ProxyUnknown(Refusal):
    """Another person who applies in the household's place is named with an ID number."""

    code = "PROXY_UNKNOWN"


class AloneWithoutGround(Refusal):
    """Who applies alone says on what ground; a family says none (57号 Art 8)."""

    code = "ALONE_GROUND"


class RelativeNotMember(Refusal):
    """A declared tie is that of a member."""

    code = "RELATIVE_NOT_MEMBER"


class NoSuchOfficer(Refusal):
    """A declared tie names an officer whom nobody appointed."""

    code = "NO_SUCH_OFFICER"


class PromiseNotAllowed(Refusal):
    """Policy lets no written promise stand for this material (83号 一(二))."""

    code = "PROMISE_NOT_ALLOWED"


class RegisteredElsewhere(Refusal):
    """The household applies where it is registered (57号 Art 4, 5)."""

    code = "REGISTERED_ELSEWHERE"


class HappenedInFuture(Refusal):
    """What is reported has not happened yet."""

    code = "HAPPENED_IN_FUTURE"


class MembersRemain(Refusal):
    """Others of the household live: the application goes on without the one who died."""

    code = "MEMBERS_REMAIN"


class NoMemberRemains(Refusal):
    """The only member has died: the application is over."""

    code = "NO_MEMBER_REMAINS"


class NotAMember(Refusal):
    """The person doesn't belong to the household, or no longer."""

    code = "NOT_A_MEMBER"


class ApplicantDied(Refusal):
    """Another member applies from now on; the household says who (57号 Art 4)."""

    code = "APPLICANT_DIED"


class PayeeDied(Refusal):
    """The account was the dead member's; another one is needed (57号 Art 25)."""

    code = "PAYEE_DIED"
