"""What may be asked of the gateway about people, units and policy."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """A township-level unit or department, under the code valid from a day to a day."""

    unit: str
    title: str
    kind: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class AppointOfficer:
    """Give an officer a post. `resident_id` is kept as a pseudonym only; who acts on households or
    money has to give it.
    """

    officer: str
    officer_name: str
    post: str
    role: str
    organisation: str
    from_on: date
    to_on: date | None = None
    township: str | None = None
    village: str | None = None
    resident_id: str | None = None


@dataclass(frozen=True, slots=True)
class AppointFirstAdministrator:
    """Whoever sets the site up appoints the first administrator; once, on an empty log."""

    officer: str
    officer_name: str
    organisation: str
    from_on: date


@dataclass(frozen=True, slots=True)
class EndAppointment:
    """The post's last day."""

    officer: str
    appointment: str
    last_on: date


@dataclass(frozen=True, slots=True)
class RecordDelegation:
    """An officer stands in for another from a day to a day."""

    delegator: str
    delegate: str
    from_on: date
    to_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FileCloseRelative:
    """File a close relative of an officer (57号 Art 11)."""

    officer: str
    resident_id: str
    kinship: str


@dataclass(frozen=True, slots=True)
class PublishPolicy:
    """Publish a policy pack (YAML), in force on the dates of its values; see shared/policy/packs.

    `reason`: why values begin before today, where some do.
    """

    text: str
    reason: str | None = None


PolicyCommand: TypeAlias = PublishPolicy
UnitCommand: TypeAlias = RegisterUnit
OfficerCommand: TypeAlias = (
    AppointOfficer
    | AppointFirstAdministrator
    | EndAppointment
    | RecordDelegation
    | FileCloseRelative
)
