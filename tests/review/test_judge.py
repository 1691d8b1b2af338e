"""The judge itself: content with the proper roads, and seeing each step that is left out or wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.facts import review as f
from shared.facts.base import Fact
from tests.review.hands import SETTINGS
from tests.review.judge import promises_broken
from tests.review.rules_of_bureau import Oversight
from tests.review.test_no_short_cut import CONFIRMING, DECLINING

Facts = list[Fact]
TOWNSHIP, BUREAU = "devolved", "before 18号"
"""What the township decides by 57号; what the bureau decides by 220号, as it first was."""


def played(law: str) -> Oversight:
    """A relative's case with everything in it: re-checked, objected to, complained of, shown."""
    case = Oversight()
    case.open(SETTINGS[law], relative=True)
    case.investigate(rich=True)
    case.dispute("o-1", None)
    case.investigate(rich=False)
    case.post("o-1", None)
    case.object("o-1")
    case.complain("o-1", None)
    case.investigate(rich=False)
    case.the_notice_runs()
    case.the_bureau_does_its_part()
    return case


def confirmed(law: str) -> Facts:
    """Up to its confirmation by h-1."""
    case = played(law)
    case.the_notice_runs()
    for command in CONFIRMING:
        case.give(command, "h-1")
    assert isinstance(case.facts[-1], f.EligibilityConfirmed)
    return case.facts


def declined(law: str) -> Facts:
    """Found too rich at last, which it was told; declined by h-1."""
    case = played(law)
    case.investigate(rich=True)
    case.the_bureau_does_its_part()
    for command in DECLINING:
        case.give(command, "h-1")
    assert isinstance(case.facts[-1], f.EligibilityDeclined)
    return case.facts


ROADS = {law: confirmed(law) for law in SETTINGS}
ENDS = {law: declined(law) for law in SETTINGS}


def without(facts: Facts, kind: type[Fact]) -> Facts:
    """The same, each fact of this kind left out."""
    return [fact for fact in facts if not isinstance(fact, kind)]


def changed(facts: Facts, kind: type[Fact], **values: Any) -> Facts:
    """The same, the last fact of this kind another."""
    at = max(i for i, fact in enumerate(facts) if isinstance(fact, kind))
    return [*facts[:at], replace(facts[at], **values), *facts[at + 1 :]]


def moved(facts: Facts, kind: type[Fact]) -> Facts:
    """The same, the last fact of this kind as late as it can be: just before the decision."""
    at = max(i for i, fact in enumerate(facts) if isinstance(fact, kind))
    return [*facts[:at], *facts[at + 1 : -1], facts[at], facts[-1]]


@pytest.mark.parametrize("law", SETTINGS)
def test_the_proper_roads_break_no_promise(law: str) -> None:
    """Otherwise the judge's silence would mean nothing."""
    assert [] == promises_broken(ROADS[law])
    assert [] == promises_broken(ENDS[law])


@pytest.mark.parametrize(
    ("law", "kind", "promise"),
    [
        (TOWNSHIP, f.HouseholdVisited, "visit by two"),
        (TOWNSHIP, f.VerificationReported, "verification report"),
        (TOWNSHIP, f.PreliminaryOpinionGiven, "opinion for it"),
        (TOWNSHIP, f.ObjectionAnswered, "every objection looked into and answered"),
        (TOWNSHIP, f.ComplaintAnswered, "every complaint answered by others"),
        (TOWNSHIP, f.BureauVisited, "the bureau there where due"),
        (TOWNSHIP, f.PublicNoticePosted, "notice that ran"),
        (TOWNSHIP, f.PublicNoticeClosed, "notice that ran"),
        (BUREAU, f.DemocraticAppraisalHeld, "appraisal where due"),
        (BUREAU, f.FileSentUp, "file before the bureau"),
        (BUREAU, f.PublicNoticeClosed, "notice that ran"),
        ("before the plan", f.DemocraticAppraisalHeld, "appraisal where due"),
        ("undevolved", f.FileSentUp, "file before the bureau"),
    ],
)
def test_the_judge_sees_each_step_that_is_left_out(
    law: str, kind: type[Fact], promise: str
) -> None:
    """Every fact of a kind taken out of the proper road."""
    assert promise in promises_broken(without(ROADS[law], kind))


def stood_in(facts: Facts) -> Facts:
    """One of the two visitors was only stood in for."""
    return changed(facts, f.HouseholdVisited, visitors=("o-1", "o-2"), recorded_by=("o-1", "o-2"))


def by_telephone(facts: Facts) -> Facts:
    """With no emergency declared."""
    visit = [fact for fact in facts if isinstance(fact, f.HouseholdVisited)][-1]
    assert visit.form is not None
    return changed(facts, f.HouseholdVisited, form=replace(visit.form, way="TELEPHONE"))


def with_late(facts: Facts, fact: Fact) -> Facts:
    """One more fact just before the decision."""
    return [*facts[:-1], fact, facts[-1]]


def disputed_late(facts: Facts) -> Facts:
    """Nobody checked again."""
    return moved(facts, f.VerificationDisputed)


def upheld_late(facts: Facts) -> Facts:
    """A complaint was well founded, and nobody went again."""
    return changed(facts, f.ComplaintAnswered, upheld=True)


def closed_early(facts: Facts) -> Facts:
    """After seven days, the day of posting counted."""
    posted = [fact for fact in facts if isinstance(fact, f.PublicNoticePosted)][-1]
    early = posted.posted_on + timedelta(days=7)
    return changed(facts, f.PublicNoticeClosed, closed_on=early)


WRONG: list[tuple[Callable[[Facts], Facts], set[str]]] = [
    (stood_in, {"visit by two"}),
    (by_telephone, {"visit in person"}),
    (disputed_late, {"verification report", "opinion that stands"}),
    (upheld_late, {"visited anew", "opinion that stands"}),
    (closed_early, {"notice that ran"}),
    (lambda facts: moved(facts, f.ObjectionRaised), {"every objection looked into and answered"}),
    (lambda facts: moved(facts, f.ComplaintReceived), {"the bureau there where due"}),
    (lambda facts: changed(facts, f.ComplaintAnswered, answered_by=("o-2",)),
     {"every complaint answered by others"}),
    (lambda facts: changed(facts, f.BureauVisited, visitors=("b-1",)),
     {"the bureau there where due"}),
    (lambda facts: changed(facts, f.BureauVisited, visitors=("b-1", "o-2")),
     {"the bureau there where due"}),
    (lambda facts: changed(facts, f.PreliminaryOpinionGiven, eligible=False), {"opinion for it"}),
    (lambda facts: changed(facts, f.EligibilityConfirmed, organ="BUREAU"),
     {"file before the bureau"}),
    (lambda facts: changed(facts, f.EligibilityConfirmed, allowance_fen=1), {"the amount shown"}),
    *((lambda facts, who=who: changed(facts, f.EligibilityConfirmed, confirmed_by=("h-9", who)),
       {"nobody twice"}) for who in ("o-1", "o-2", "b-1")),
]  # fmt: skip


@pytest.mark.parametrize(("make", "promises"), WRONG)
def test_the_judge_sees_what_is_wrong(make: Callable[[Facts], Facts], promises: set[str]) -> None:
    """That, and nothing else."""
    assert promises == set(promises_broken(make(ROADS[TOWNSHIP])))


def test_an_emergency_allows_to_telephone() -> None:
    """57号 Art 16: 可以采取电话、视频等非接触方式."""
    assert [] == promises_broken(by_telephone(ROADS["emergency"]), remote_allowed=True)


@pytest.mark.parametrize("law", [TOWNSHIP, BUREAU])
def test_the_judge_sees_a_mismatch_that_was_not_told(law: str) -> None:
    """57号 Art 18; 220号 Art 20: before it is held against the household."""
    assert ["mismatch told"] == promises_broken(without(ENDS[law], f.MismatchTold))


def test_under_the_old_rules_one_notice_is_too_little() -> None:
    """220号 Art 29."""
    second = [fact for fact in ROADS[BUREAU] if isinstance(fact, f.PublicNoticePosted)][-1]
    one = [fact for fact in ROADS[BUREAU] if fact != second]
    assert ["notice that ran"] == promises_broken(one)
