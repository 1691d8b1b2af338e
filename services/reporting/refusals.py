"""Why reporting doesn't take a command, or a checkpoint."""

from shared.refusal import Refusal


class MonthAhead(Refusal):
    """The month hasn't begun: it has no table yet."""

    code = "MONTH_AHEAD"


class NothingToFreeze(Refusal):
    """No unit is known that could stand in the table."""

    code = "NOTHING_TO_FREEZE"


class NothingChanged(Refusal):
    """The table is frozen with exactly these rows already."""

    code = "NOTHING_CHANGED"


class RecordIncomplete(Refusal):
    """Facts are parked: a table signed now would leave them out."""

    code = "RECORD_INCOMPLETE"


class CheckpointUnsigned(Refusal):
    """A note that isn't this log's, or not signed by its key, proves nothing about the copy."""

    code = "CHECKPOINT_UNSIGNED"
