"""Why a question can't be answered at all. A household that doesn't qualify is an answer."""

from shared.refusal import Refusal


class NotAsked(Refusal):
    """The input is no question in the form of docs/assess.md."""

    code = "BAD_INPUT"


class UnknownField(NotAsked):
    """A field that the form doesn't have: better refused than passed over."""

    code = "UNKNOWN_FIELD"


class MissingField(NotAsked):
    """A field that the form demands."""

    code = "MISSING_FIELD"


class Contradiction(NotAsked):
    """Fields that can't hold together."""

    code = "CONTRADICTION"


class SupportDutyUnstated(Refusal):
    """57号 Art 7(4) asks for a duty by law, and the input doesn't say whether there is one."""

    code = "SUPPORT_DUTY_UNSTATED"


class TierUnstated(Refusal):
    """Policy pays by tiers and the input names none."""

    code = "TIER_UNSTATED"


class ParameterRefused(Refusal):
    """A parameter that no pack has, whose value isn't of its unit or can't be reckoned with."""

    code = "BAD_PARAMETER"


class FileUnread(NotAsked):
    """There is no such file, or it can't be read."""

    code = "FILE_UNREADABLE"


class BadDay(NotAsked):
    """A day that isn't written 2024-06-01."""

    code = "BAD_DAY"
