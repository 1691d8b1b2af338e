"""Facts of the gateway: units, appointments, delegations, filed relatives, published policy."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact


@fact("gateway.unit_registered")
@dataclass(frozen=True, slots=True)
class UnitRegistered(Fact):
    """A township-level unit or department, under the code valid from a day to a day."""

    unit: str
    title: str
    kind: str
    from_on: date
    to_on: date | None = None


@fact("gateway.officer_appointed")
@dataclass(frozen=True, slots=True)
class OfficerAppointed(Fact):
    """An officer holds a post in an organisation from a day to a day (both included).

    `township` and `village` bound the scope; `person` is the officer's own pseudonym, so that
    nobody decides for themselves.
    """

    appointment: str
    officer: str
    officer_name: str
    post: str
    role: str
    organisation: str
    township: str | None
    village: str | None
    person: str | None
    from_on: date
    to_on: date | None = None


@fact("gateway.appointment_ended")
@dataclass(frozen=True, slots=True)
class AppointmentEnded(Fact):
    """The appointment's last day."""

    appointment: str
    last_on: date


@fact("gateway.delegation_recorded")
@dataclass(frozen=True, slots=True)
class DelegationRecorded(Fact):
    """An officer stands in for another from a day to a day; the other still answers for it."""

    delegation: str
    delegator: str
    delegate: str
    from_on: date
    to_on: date
    reason: str


@fact("gateway.close_relative_filed")
@dataclass(frozen=True, slots=True)
class CloseRelativeFiled(Fact):
    """A close relative of an officer (57号 Art 11; 民法典 1045), as a pseudonym."""

    officer: str
    person: str
    kinship: str


@fact("gateway.policy_published")
@dataclass(frozen=True, slots=True)
class PolicyPublished(Fact):
    """The bureau has published a policy pack (PLAN 四): numbers of the law, each from its day.

    `text` is the YAML as published, `digest` its SHA-256 in hex; `effective_from` the first day of
    any of its values; `parameters` names those that get another value. `reason` says why, where a
    value begins before the day of publication.
    """

    pack: str
    title: str
    digest: str
    text: str
    published_on: date
    published_by: str
    effective_from: date
    parameters: tuple[str, ...]
    reason: str | None = None
