"""Why a decision, or what follows it, is not taken."""

from shared.refusal import Refusal


class InvestigatorConfirms(Refusal):
    """Who investigated, gave the opinion or posted the notice doesn't decide."""

    code = "INVESTIGATOR_CONFIRMS"


class ProxyStandsApart(Refusal):
    """Who applied in the household's place (57号 Art 6) neither investigates nor decides."""

    code = "PROXY_STANDS_APART"


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
