"""Facts of review: the decision, what follows it, and the end of an allowance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, Rules, fact, upcast
from shared.facts.people import Payee


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """The sealed part of a confirmation: who is paid, into which account."""

    applicant_name: str
    payee: Payee


@fact("review.eligibility_confirmed", v=2)
@dataclass(frozen=True, slots=True)
class EligibilityConfirmed(Fact):
    """Confirmed by the first responsible person; paid from the month after (57号 Art 21).

    `organ` is TOWNSHIP or BUREAU. `legal_form` says in whose name a township decides: AUTHORISED
    (its own) or ENTRUSTED; a bureau has the power of its OWN (57号 Art 2).
    """

    case: str
    household: str
    programme: str
    category: str
    confirmed_by: tuple[str, ...]
    confirmed_on: date
    members_count: int
    allowance_fen: int
    from_month: str
    organ: str
    legal_form: str
    rules: Rules
    personal: Beneficiary | None


@upcast("review.eligibility_confirmed", 1)
def _confirmed_by_a_township(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "organ": "TOWNSHIP"}


@fact("review.eligibility_declined", v=2)
@dataclass(frozen=True, slots=True)
class EligibilityDeclined(Fact):
    """Not confirmed, with reasons; written notice is due by `notice_due_on` (57号 Art 21).

    `organ` is TOWNSHIP or BUREAU.
    """

    case: str
    declined_by: tuple[str, ...]
    declined_on: date
    reasons: tuple[str, ...]
    organ: str
    notice_due_on: date | None
    rules: Rules


@upcast("review.eligibility_declined", 1)
def _declined_by_a_township(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "organ": "TOWNSHIP"}


@fact("review.written_notice_served", v=2)
@dataclass(frozen=True, slots=True)
class WrittenNoticeServed(Fact):
    """The household holds the reasons in writing, with the roads of appeal (649号 Art 65).

    `respondent` is TOWNSHIP or BUREAU, whoever answers for the decision; `bodies` are the codes of
    where to apply for reconsideration, by `reconsider_until`; the court is open by `sue_until`, or
    `sue_after_days` after a reconsideration. A day is None while its calendar isn't known; what
    version 1 didn't say is None or empty.
    """

    case: str
    served_on: date
    way: str
    reasons: tuple[str, ...]
    respondent: str | None
    bodies: tuple[str, ...]
    reconsideration_days: int
    reconsider_until: date | None
    litigation_months: int
    sue_until: date | None
    sue_after_days: int | None
    rules: Rules


@upcast("review.written_notice_served", 1)
def _told_periods_only(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 told the two periods and nothing else."""
    unsaid = {"respondent": None, "reconsider_until": None, "sue_until": None}
    return data | unsaid | {"reasons": [], "bodies": [], "sue_after_days": None}


@fact("review.allowance_terminated")
@dataclass(frozen=True, slots=True)
class AllowanceTerminated(Fact):
    """Stopped for a legal reason (57号 Art 31, 32); nothing is paid from `stops_from` on."""

    case: str
    household: str
    programme: str
    reason: str
    decided_by: tuple[str, ...]
    decided_on: date
    stops_from: str
