"""Facts of review: the opinion, its notice, and what is objected to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, Rules, fact, upcast


@dataclass(frozen=True, slots=True)
class ReckoningStep:
    """One step of the arithmetic: what it gives, in fen: a month's, or what is owned."""

    code: str
    article: str
    fen: int


@fact("review.preliminary_opinion_given", 2)
@dataclass(frozen=True, slots=True)
class PreliminaryOpinionGiven(Fact):
    """The township's opinion (57号 Art 19) with the arithmetic behind it, per month.

    `found_income_fen` is what came in, `monthly_income_fen` what of it counts; `members_count` who
    counts. `uplift_fen` is part of the allowance. `may_apply_alone`: pseudonyms (57号 Art 8).
    `notice_continues`: it follows an answered objection and the notice that is up still counts;
    otherwise a notice that is up counts no longer.
    """

    case: str
    given_by: tuple[str, ...]
    given_on: date
    eligible: bool
    verge: bool
    members_count: int
    found_income_fen: int
    monthly_income_fen: int
    standard_fen: int
    allowance_fen: int
    uplift_fen: int
    reasons: tuple[str, ...]
    steps: tuple[ReckoningStep, ...]
    may_apply_alone: tuple[str, ...]
    notice_continues: bool
    rules: Rules


@upcast("review.preliminary_opinion_given", 1)
def _opinion_of_one_sum(data: dict[str, Any]) -> dict[str, Any]:
    """The first opinions knew one income, that counted whole, and no uplift."""
    found = {"found_income_fen": data["monthly_income_fen"], "uplift_fen": 0, "steps": []}
    return data | found | {"verge": False, "may_apply_alone": []}


@dataclass(frozen=True, slots=True)
class ShownName:
    """The sealed part of a notice: the one name that it shows."""

    applicant_name: str


@fact("review.public_notice_posted", v=2)
@dataclass(frozen=True, slots=True)
class PublicNoticePosted(Fact):
    """Posted in the village (57号 Art 19; 83号 四(二)): last day, and first day of the next step.

    `stage` is OPINION, or DECISION for the one before it under 220号 Art 29.
    """

    case: str
    notice: int
    stage: str
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


@fact("review.public_notice_closed", v=2)
@dataclass(frozen=True, slots=True)
class PublicNoticeClosed(Fact):
    """The notice has run its days with no objection open."""

    case: str
    notice: int
    stage: str
    closed_on: date


@upcast("review.public_notice_posted", 1)
@upcast("review.public_notice_closed", 1)
def _notice_of_an_opinion(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "stage": "OPINION"}


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


@fact("review.objection_answered", v=2)
@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Fact):
    """Upheld or not after a new VISIT or an APPRAISAL (57号 Art 19); a new opinion follows."""

    case: str
    objection: int
    answered_by: tuple[str, ...]
    answered_on: date
    reexamined: str
    upheld: bool


@upcast("review.objection_answered", 1)
def _answered_after_a_visit(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "reexamined": "VISIT"}
