"""Why a step of the verification, or of an inquiry by letter, is not taken."""

from shared.refusal import Refusal


class VerificationPending(Refusal):
    """The bureau has been asked and hasn't answered yet."""

    code = "VERIFICATION_PENDING"


class VerificationNotRequested(Refusal):
    """The bureau verifies on the township's request only (57号 Art 17)."""

    code = "VERIFICATION_NOT_REQUESTED"


class VerificationAlreadyReported(Refusal):
    """One report answers one request."""

    code = "VERIFICATION_ALREADY_REPORTED"


class UnknownRegister(Refusal):
    """The rules of the case's acceptance name no such register (57号 Art 17; 220号 Art 19)."""

    code = "UNKNOWN_REGISTER"


class RecheckIncomplete(Refusal):
    """Asked again, the registers that differed are asked again too (57号 Art 18)."""

    code = "RECHECK_INCOMPLETE"


class RegistersUnanswered(Refusal):
    """Each register that was asked is answered exactly once, and no other."""

    code = "REGISTERS_UNANSWERED"


class AmountWithoutRecord(Refusal):
    """An amount is named of a register that holds nothing or couldn't be asked."""

    code = "AMOUNT_WITHOUT_RECORD"


class NoMismatch(Refusal):
    """No report that counts differs from the declaration."""

    code = "NO_MISMATCH"


class MismatchAlreadyTold(Refusal):
    """The applicant has been told of this report."""

    code = "MISMATCH_ALREADY_TOLD"


class MismatchNotTold(Refusal):
    """The applicant hears of it before an opinion against them (57号 Art 18)."""

    code = "MISMATCH_NOT_TOLD"


class TellInWriting(Refusal):
    """For what was accepted under 220号 the applicant is told in writing (220号 Art 20)."""

    code = "TELL_IN_WRITING"


class TellDayWrong(Refusal):
    """The day lies ahead, or before the report."""

    code = "TELL_DAY_WRONG"


class RecheckPending(Refusal):
    """The report is disputed with evidence: the registers are asked again first (57号 Art 18)."""

    code = "RECHECK_PENDING"


class TooFewNeighbours(Refusal):
    """Fewer were asked than the site's policy wants."""

    code = "TOO_FEW_NEIGHBOURS"


class ReplyDayWrong(Refusal):
    """An answer is expected for a day that is over."""

    code = "REPLY_DAY_WRONG"


class NoSuchLetter(Refusal):
    """The case has no letter of this number."""

    code = "NO_SUCH_LETTER"


class LetterAlreadyAnswered(Refusal):
    """The letter has its answer."""

    code = "LETTER_ALREADY_ANSWERED"
