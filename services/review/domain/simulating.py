"""What another policy would make of a household on record: judged twice, changing nothing.

Both judgements take the household as its newest opinion found it, by the rules of one day; so that
what differs is the policy's doing alone (57号 Art 13, 14, 19, 23).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.review.domain.assessing.judging import judge
from services.review.domain.evolve import evolve
from services.review.domain.means import household_of
from services.review.domain.state import NoCase, Open, State
from shared.facts.base import Fact
from shared.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Effect:
    """A household's allowance a month under either policy; None where it doesn't qualify."""

    before_fen: int | None
    after_fen: int | None


def as_assessed(facts: Iterable[Fact]) -> Open | None:
    """The case as its newest opinion found it; None where no opinion counts."""
    state: State = NoCase()
    found: Open | None = None
    for fact in facts:
        state = evolve(state, fact)
        if isinstance(state, Open) and (state.opinion is None or state.opinion is fact):
            found = state if state.opinion is fact else None
    return found


def effect_of(state: Open, before: Policy, after: Policy, on: date) -> Effect:
    """Raises what `judge` raises, and HouseholdErased."""
    return Effect(_allowance_fen(state, before, on), _allowance_fen(state, after, on))


def _allowance_fen(state: Open, policy: Policy, on: date) -> int | None:
    if state.opinion is None:
        raise ValueError("nobody has assessed this household")
    outcome = judge(policy, household_of(state, state.opinion.found_income_fen), on)
    return outcome.allowance_fen if outcome.eligible else None
