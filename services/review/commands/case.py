"""A case begins and closes: what happens by itself."""

from dataclasses import dataclass

from shared.facts.intake import ApplicationAccepted, MemberDied


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Intake has accepted an application; happens by itself."""

    accepted: ApplicationAccepted

    @property
    def case(self) -> str:
        return self.accepted.case


@dataclass(frozen=True, slots=True)
class ChangeHousehold:
    """A member has died before the decision; happens by itself."""

    died: MemberDied

    @property
    def case(self) -> str:
        return self.died.case


@dataclass(frozen=True, slots=True)
class CloseCase:
    """The application is over, for a reason of intake's; happens by itself."""

    case: str
    reason: str = "WITHDRAWN"
