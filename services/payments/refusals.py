"""Why payments doesn't take a command, or a file."""

from shared.refusal import Denied, Refusal


class NoEntitlement(Refusal):
    """The household has never been confirmed for this programme (57号 Art 28)."""

    code = "NO_ENTITLEMENT"


class HolderUnclear(Refusal):
    """Whose account it is can't be told from what was given and what is on record."""

    code = "HOLDER_UNCLEAR"


class PayeeNotMember(Refusal):
    """The money goes to an account of a member of the household (57号 Art 25)."""

    code = "PAYEE_NOT_MEMBER"


class NoSuchRoster(Refusal):
    """No roster of this township, programme and month has been drawn."""

    code = "NO_SUCH_ROSTER"


class MonthTooFar(Refusal):
    """A roster is drawn for the next month at the latest."""

    code = "MONTH_TOO_FAR"


class RosterEmpty(Refusal):
    """Nobody in the township is to be paid in that month."""

    code = "ROSTER_EMPTY"


class LineExists(Refusal):
    """All who would be listed stand on another township's roster of the month already."""

    code = "LINE_EXISTS"


class RosterAlreadyDrawn(Refusal):
    """The roster exists; it is drawn again only after the bureau returned it."""

    code = "ROSTER_ALREADY_DRAWN"


class RosterAtOtherStep(Refusal):
    """The roster stands at another step; the sentence says at which."""

    code = "ROSTER_AT_OTHER_STEP"


class DutiesNotApart(Refusal):
    """The officer, or whom they stand in for, has another of draw, review, release here."""

    code = "DUTIES_NOT_APART"


class TotalsDiffer(Refusal):
    """The declared count or sum is not that of the roster or of the request."""

    code = "TOTALS_DIFFER"


class LinesDiffer(Refusal):
    """The lines as stored are not those that were drawn."""

    code = "LINES_DIFFER"


class BankUnknown(Refusal):
    """The bank isn't one that pays out here; the sentence names those that do."""

    code = "BANK_UNKNOWN"


class NothingToPay(Refusal):
    """No released line of that bank waits for a payment."""

    code = "NOTHING_TO_PAY"


class NoSuchBatch(Refusal):
    """There is no batch under this number."""

    code = "NO_SUCH_BATCH"


class OtherBank(Denied):
    """The officer sits at another bank than the batch's."""

    code = "OTHER_BANK"


class BankFileDiffers(Refusal):
    """Another file of this batch has been handed to the bank already."""

    code = "BANK_FILE_DIFFERS"


class BankFileFormat(Refusal):
    """The file isn't in the format of the batch's bank."""

    code = "BANK_FILE_FORMAT"


class BankFileEncoding(Refusal):
    """The file is in another encoding than its format wants."""

    code = "BANK_FILE_ENCODING"


class BankFileTruncated(Refusal):
    """The file ends in the middle, or its totals are not those of its lines."""

    code = "BANK_FILE_TRUNCATED"


class BankFileEmpty(Refusal):
    """The file answers for no payment at all."""

    code = "BANK_FILE_EMPTY"


class BankFileOtherBatch(Refusal):
    """The file says that it answers another batch."""

    code = "BANK_FILE_OTHER_BATCH"


class FileAlreadyTaken(Refusal):
    """The same file has been taken already; nothing is counted twice."""

    code = "FILE_ALREADY_TAKEN"


class PayeeUnreadable(Refusal):
    """Account data of some lines can't be read here (their keys are gone)."""

    code = "PAYEE_UNREADABLE"
