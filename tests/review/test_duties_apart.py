"""Who had a hand in the survey, the opinion or its review doesn't decide: each fact, each way.

A long case is played; then somebody new is written into one of its facts, and tries to decide.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.refusals import InvestigatorConfirms
from shared.context import Behind
from shared.facts import review as f
from shared.facts.base import REGISTRY, Fact
from shared.testing.decisions import Given, context
from tests.review.samples import (
    ANSWERED,
    ASKED,
    CASE,
    COMPLAINED,
    COMPLAINT_ANSWERED,
    INCOME_FEN,
    MEANS,
    OBJECTED,
    OPEN,
    OPINION,
    POSTED,
    REPORTED,
    REVISITED,
    VISITED,
    act,
    bureau_visit,
    refused,
    road,
)
from tests.review.test_appraisal import appraisal
from tests.review.test_extension import extending
from tests.review.test_inquiry import ANSWER, asked
from tests.review.test_inquiry import SENT as LETTER_SENT
from tests.review.test_mismatch import ASKED_AGAIN, DISPUTED, FOUND, REPORTED_AGAIN, TOLD

LONG = road(
    OPEN, asked(), LETTER_SENT, act(ANSWER, "2024-03-06"), VISITED, ASKED, REPORTED,
    act(c.RequestVerification(CASE), "2024-03-05"),
    act(c.RecordVerificationAbsence(CASE, "PLATFORM_DOWN"), "2024-03-05", "b-1"),
    *FOUND[2:], TOLD, DISPUTED, ASKED_AGAIN, REPORTED_AGAIN,
    MEANS, refused("WITHHELD_MATERIAL", "2024-03-06"), OPINION, POSTED, OBJECTED, appraisal(),
    REVISITED, ANSWERED, act(c.GivePreliminaryOpinion(CASE, INCOME_FEN), "2024-03-12"),
    act(c.PostPublicNotice(CASE, "公示栏"), "2024-03-12"), extending("objection", "2024-03-12"),
    COMPLAINED, bureau_visit("2024-03-13"), COMPLAINT_ANSWERED,
    act(c.ClosePublicNotice(CASE), "2024-03-20"),
).facts  # fmt: skip
UP = f.FileSentUp(CASE, ("o-1",), date(2024, 3, 20), date(2024, 4, 3), {})
AGREED = f.BureauOpinionGiven(CASE, ("b-9",), date(2024, 3, 20), True)
SENT_UP = (replace(LONG[0], organ="BUREAU"), *LONG[1:], UP, AGREED)
CONFIRMED = f.EligibilityConfirmed(
    CASE, "hh-1", "SUBSISTENCE_ALLOWANCE", "RURAL", ("h-8",), date(2024, 3, 21), 3, 76_500,
    "2024-04", "TOWNSHIP", "AUTHORISED", {}, None,
)  # fmt: skip
DECISIONS = {
    c.ConfirmEligibility(CASE): LONG,
    c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)): LONG,
    c.TerminateProcedure(CASE): LONG,
    c.ConfirmByBureau(CASE): SENT_UP,
    c.DeclineByBureau(CASE, ("INCOME_NOT_BELOW_STANDARD",)): SENT_UP,
    c.GiveBureauOpinion(CASE, True): SENT_UP[:-1],
    c.TerminateAllowance(CASE, "INCOME_OVER"): (*LONG, CONFIRMED),
    c.TerminateByBureau(CASE, "INCOME_OVER"): (*SENT_UP, CONFIRMED),
}
FINDS_NOTHING: set[tuple[type[Fact], str]] = {
    (f.VerificationRequested, "requested_by"),  # asks the bureau
    (f.ComplaintReceived, "received_by"),  # takes down what others say
    (f.LimitExtended, "extended_by"),  # the head's own power (57号 Art 22)
    (f.BureauOpinionGiven, "given_by"),  # the organ that decides says how (57号 Art 20)
}
"""Who is named in these may decide."""
DECIDED: set[type[Fact]] = {
    f.EligibilityConfirmed, f.EligibilityDeclined, f.ProcedureTerminated, f.AllowanceTerminated,
    f.CertificateIssued, f.ResultAnnounced, f.AnnouncementTakenDown, f.CardKeepingFiled,
}  # fmt: skip
"""The decision itself, and what comes after it."""


def people_fields(kind: type[Any]) -> Iterator[str]:
    """Where a fact names officers."""
    for one in fields(kind):
        named = one.name.endswith("_by") or one.name in ("visitors", "officers")
        if named and one.type == tuple[str, ...]:
            yield one.name


PLACES = sorted(
    {(type(fact).name, one) for fact in SENT_UP for one in people_fields(type(fact))},
)
HANDS = [
    pytest.param(kind, one, command, id=f"{kind}-{one}-{type(command).__name__}")
    for kind, one in PLACES
    for command, past in DECISIONS.items()
    if (REGISTRY[kind], one) not in FINDS_NOTHING and kind in {fact.name for fact in past}
]


def with_somebody(past: tuple[Fact, ...], kind: str, place: str) -> Given:
    """The same past, in which `x` is named there, too."""
    return Given(
        tuple(
            replace(fact, **{place: (*getattr(fact, place), "x")}) if fact.name == kind else fact
            for fact in past
        )
    )


@pytest.mark.parametrize(("officer", "acting_for"), [("x", None), ("x", "h-1"), ("h-1", "x")])
@pytest.mark.parametrize(("kind", "place", "command"), HANDS)
def test_who_had_a_hand_in_it_does_not_decide(
    kind: str, place: str, command: Any, officer: str, acting_for: str | None
) -> None:
    """In person, standing in for a head, or with a head who stands in for them."""
    surroundings = context("2024-03-21", officer, acting_for)
    given = with_somebody(DECISIONS[command], kind, place)

    given.when(DECIDER, command, surroundings).then_refused(InvestigatorConfirms)


@pytest.mark.parametrize(("kind", "place", "command"), HANDS)
def test_a_second_id_makes_nobody_somebody_else(kind: str, place: str, command: Any) -> None:
    """What a person did under one id they did."""
    under_another = context("2024-03-21", "y", behind=Behind(frozenset({"x", "y"})))
    given = with_somebody(DECISIONS[command], kind, place)

    given.when(DECIDER, command, under_another).then_refused(InvestigatorConfirms)


@pytest.mark.parametrize(("kind", "place"), sorted((k.name, p) for k, p in FINDS_NOTHING))
@pytest.mark.parametrize("command", DECISIONS, ids=lambda command: type(command).__name__)
def test_who_found_nothing_may_decide(kind: str, place: str, command: Any) -> None:
    """They are not kept away for that; what is refused is refused for something else."""
    given = with_somebody(DECISIONS[command], kind, place)
    outcome = given.when(DECIDER, command, context("2024-03-21", "x"))

    assert not isinstance(outcome.refusal, InvestigatorConfirms)


@pytest.mark.parametrize("command", [c.ConfirmEligibility(CASE), c.ConfirmByBureau(CASE)])
def test_the_long_case_can_be_confirmed(command: Any) -> None:
    """By somebody else: so that the refusals above say what they seem to say."""
    outcome = Given(DECISIONS[command]).when(DECIDER, command, context("2024-03-21", "x"))

    assert outcome.refusal is None


def test_every_fact_that_names_officers_is_walked() -> None:
    """Before the decision; a new kind of fact has to be played here."""
    kinds = [kind for name, kind in REGISTRY.items() if name.startswith("review.")]
    naming = {(kind.name, one) for kind in kinds for one in people_fields(kind)}
    after = {(kind.name, one) for kind in DECIDED for one in people_fields(kind)}

    assert sorted(naming - after) == PLACES
