"""Facts of review (审核确认): from an accepted application to a decision, and its end."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact
from shared.facts.intake import Household
from shared.facts.people import Member, Payee

Rules = dict[str, str]  # parameter → version that the decision used


@fact("review.case_opened")
@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    """An accepted application arrived; its limits by the rules of the day of acceptance.

    A limit is None where the calendar of that year isn't known yet.
    """

    case: str
    household: str
    programme: str
    category: str
    township: str
    village: str
    applicant: str
    members: tuple[Member, ...]
    declared_income_fen: int
    declared_property_fen: int
    accepted_on: date
    survey_start_by: date | None
    decide_by: date | None
    rules: Rules
    calendar: str
    personal: Household | None


@fact("review.household_visited")
@dataclass(frozen=True, slots=True)
class HouseholdVisited(Fact):
    """A visit by two or more (57号 Art 16(1)); what they found, per month, in fen."""

    case: str
    visitors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    visited_on: date
    signed_by_member: bool
    members_count: int
    monthly_income_fen: int
    property_fen: int


@fact("review.verification_requested")
@dataclass(frozen=True, slots=True)
class VerificationRequested(Fact):
    """The township asks the bureau to verify (57号 Art 17); `start_by` is the bureau's limit."""

    case: str
    requested_by: tuple[str, ...]
    requested_on: date
    start_by: date | None


@fact("review.verification_reported")
@dataclass(frozen=True, slots=True)
class VerificationReported(Fact):
    """What the registers say; `mismatches` are codes of items that differ from the declaration."""

    case: str
    reported_by: tuple[str, ...]
    reported_on: date
    monthly_income_fen: int
    property_fen: int
    mismatches: tuple[str, ...]


@fact("review.preliminary_opinion_given")
@dataclass(frozen=True, slots=True)
class PreliminaryOpinionGiven(Fact):
    """The township's opinion (57号 Art 19) with the arithmetic behind it.

    `notice_continues`: it follows an answered objection and the notice that is up still counts;
    otherwise a notice that is up counts no longer.
    """

    case: str
    given_by: tuple[str, ...]
    given_on: date
    eligible: bool
    members_count: int
    monthly_income_fen: int
    standard_fen: int
    allowance_fen: int
    reasons: tuple[str, ...]
    notice_continues: bool
    rules: Rules


@dataclass(frozen=True, slots=True)
class ShownName:
    """The sealed part of a notice: the one name that it shows."""

    applicant_name: str


@fact("review.public_notice_posted")
@dataclass(frozen=True, slots=True)
class PublicNoticePosted(Fact):
    """Posted in the village (57号 Art 19; 83号 四(二)): last day, and first day of the next step."""

    case: str
    notice: int
    place: str
    posted_by: tuple[str, ...]
    posted_on: date
    last_day_on: date
    next_step_on: date
    members_count: int
    allowance_fen: int
    rules: Rules
    calendar: str
    personal: ShownName | None


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objects and what they say; sealed."""

    name: str | None
    phone: str | None
    text: str


@fact("review.objection_raised")
@dataclass(frozen=True, slots=True)
class ObjectionRaised(Fact):
    """Somebody objects to what the notice shows (57号 Art 19)."""

    case: str
    objection: int
    raised_on: date
    personal: Objector | None


@fact("review.objection_answered")
@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Fact):
    """After a new investigation the objection is upheld or not; a new opinion follows."""

    case: str
    objection: int
    answered_by: tuple[str, ...]
    answered_on: date
    upheld: bool


@fact("review.public_notice_closed")
@dataclass(frozen=True, slots=True)
class PublicNoticeClosed(Fact):
    """The notice has run its days with no objection open."""

    case: str
    notice: int
    closed_on: date


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


@fact("review.case_closed")
@dataclass(frozen=True, slots=True)
class CaseClosed(Fact):
    """Closed without a decision. `late`: the withdrawal came after one, which still stands."""

    case: str
    reason: str
    closed_on: date
    late: bool


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
