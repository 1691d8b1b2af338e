"""Why a case takes no command."""

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
