"""Facts of review: the decision, what follows it, and the end of an allowance."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, Rules, fact
from shared.facts.people import Payee


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """The sealed part of a confirmation: who is paid, into which account."""

    applicant_name: str
    payee: Payee


@fact("review.eligibility_confirmed")
@dataclass(frozen=True, slots=True)
class EligibilityConfirmed(Fact):
    """Confirmed by the first responsible person; paid from the month after (57号 Art 21).

    `legal_form` says in whose name: AUTHORISED (the township's own) or ENTRUSTED.
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
    legal_form: str
    rules: Rules
    personal: Beneficiary | None


@fact("review.eligibility_declined")
@dataclass(frozen=True, slots=True)
class EligibilityDeclined(Fact):
    """Not confirmed, with reasons; written notice is due by `notice_due_on` (57号 Art 21)."""

    case: str
    declined_by: tuple[str, ...]
    declined_on: date
    reasons: tuple[str, ...]
    notice_due_on: date | None
    rules: Rules


@fact("review.written_notice_served")
@dataclass(frozen=True, slots=True)
class WrittenNoticeServed(Fact):
    """The household holds the reasons in writing, with the roads of appeal and their days."""

    case: str
    served_on: date
    way: str
    reconsideration_days: int
    litigation_months: int
    rules: Rules


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
