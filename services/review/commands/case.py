"""A case begins and closes: what happens by itself."""

from dataclasses import dataclass

from shared.facts.intake import ApplicationAccepted


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Intake has accepted an application; happens by itself."""

    accepted: ApplicationAccepted

    @property
    def case(self) -> str:
        return self.accepted.case


@dataclass(frozen=True, slots=True)
class CloseCase:
    """The household took its application back; happens by itself."""

    case: str
