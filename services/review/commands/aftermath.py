"""What may be asked after a confirmation, and of a household that doesn't cooperate."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IssueCertificate:
    """The family gets its certificate or the notice of confirmation (57号 Art 21)."""

    case: str
    kind: str
    handed_to: str
    way: str


@dataclass(frozen=True, slots=True)
class PublishAnnouncement:
    """The result goes up in the village (公布, 57号 Art 24)."""

    case: str
    place: str


@dataclass(frozen=True, slots=True)
class TakeDownAnnouncement:
    """The announcement comes down."""

    case: str


@dataclass(frozen=True, slots=True)
class FileCardKeeping:
    """File with the bureau who keeps the family's bank card, by which agreement (57号 Art 26)."""

    case: str
    keeper_of: str
    keeper_name: str
    agreement_sha256: str
    agreed_on: date


@dataclass(frozen=True, slots=True)
class RecordNonCooperation:
    """The household was asked and refused without a good reason (57号 Art 29)."""

    case: str
    kind: str
    asked_on: date
    warned: bool
    text: str


@dataclass(frozen=True, slots=True)
class TerminateProcedure:
    """The head ends the procedure for want of cooperation (程序终止, 57号 Art 29)."""

    case: str
