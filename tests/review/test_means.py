"""A household's means: recorded member by member, and what the opinion makes of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review import commands as c
from services.review.domain.assessing.refusals import Contradiction
from services.review.domain.means import gross_fen
from services.review.domain.review import CASE as DECIDER
from services.review.refusals import (
    HouseholdErased,
    MeansIncomplete,
    NoSuchCase,
    NotVisited,
    OpinionNotOfMeans,
)
from shared.facts.means import Disability, Income, Means, MemberMeans
from shared.facts.review import CaseOpened
from shared.facts.words import (
    AssetKind,
    DisabilityKind,
    IncomeKind,
    Per,
    PropertyFinding,
    Status,
)
from shared.testing.decisions import Given
from tests.review.samples import (
    ASKED,
    CASE,
    INCOME_FEN,
    MEANS,
    OBJECTED,
    OPEN,
    OPINION,
    REPORTED,
    SURVEYED,
    TOLD,
    UP,
    VISITED,
    WITH_MEANS,
    Step,
    act,
    answers,
    fact_of,
    road,
    taking,
    visit,
)


def income(kind: str, fen: int, **more: Any) -> Income:
    """One income of a kind."""
    return Income(IncomeKind(kind), fen, **more)


def means(
    *incomes: Income, assets: tuple[c.TheirAsset, ...] = (), by: str = "o-1", **first: Any
) -> Step:
    """The first of three members has these incomes and circumstances, the others none."""
    household = c.HouseholdMeans(
        members=(
            c.TheirMeans(member=1, incomes=incomes, **first),
            c.TheirMeans(member=2),
            c.TheirMeans(member=3),
        ),
        assets=assets,
    )
    return act(c.RecordMeans(CASE, household), "2024-03-06", by)


def surveyed(visit_fen: int, registers_fen: int, property_fen: int = 0) -> tuple[Step, ...]:
    """A survey that found these sums."""
    report = c.ReportVerification(CASE, registers_fen, property_fen, answers())
    visited = visit("2024-03-04", monthly_income_fen=visit_fen, property_fen=property_fen)
    told = (TOLD,) if registers_fen > INCOME_FEN or property_fen else ()
    return OPEN, visited, ASKED, act(report, "2024-03-05", "b-1"), *told


def opinion(fen: int) -> Step:
    """An opinion on this sum of incomes."""
    return act(c.GivePreliminaryOpinion(CASE, fen), "2024-03-06")


def test_means_are_kept_under_seal_by_pseudonym() -> None:
    """The request counts members as the application lists them; the record names nobody."""
    recorded = fact_of(SURVEYED, means(income("WAGE", 60_000), employed=True))

    assert (60_000, 0, ("o-1",)) == (
        recorded.monthly_income_fen, recorded.property_fen, recorded.recorded_by
    )  # fmt: skip
    first = MemberMeans(person="p-1", incomes=(income("WAGE", 60_000),), employed=True)
    others = MemberMeans(person="p-2"), MemberMeans(person="p-3")
    assert Means(members=(first, *others)) == recorded.personal


def test_what_the_law_leaves_out_is_left_out_of_the_opinion() -> None:
    """A scholarship and aid don't count (57号 Art 13); a wage less its costs does."""
    lines = (
        income("WAGE", 50_000, costs_fen=10_000),
        income("SCHOLARSHIP", 20_000),
        income("SOCIAL_ASSISTANCE", 10_000),
    )
    given_ = fact_of((*surveyed(80_000, 80_000), means(*lines)), opinion(80_000))

    assert (80_000, 40_000) == (given_.found_income_fen, given_.monthly_income_fen)
    assert 45_500 * 3 - 40_000 == given_.allowance_fen


def test_who_does_not_count_is_not_paid_for() -> None:
    """A member in prison isn't one of the household (57号 Art 7): two are left."""
    household = c.HouseholdMeans(
        members=(
            c.TheirMeans(member=1),
            c.TheirMeans(member=2, status=Status.PRISON),
            c.TheirMeans(member=3),
        )
    )
    recorded = act(c.RecordMeans(CASE, household), "2024-03-06")
    given_ = fact_of((*surveyed(0, 0), recorded), opinion(0))

    assert (2, 91_000) == (given_.members_count, given_.allowance_fen)


def test_property_above_the_limit_declines() -> None:
    """Both tests are required (649号 Art 9): a car that nothing exempts."""
    car = c.TheirAsset(kind=AssetKind.VEHICLE, value_fen=3_000_000)
    given_ = fact_of((*surveyed(0, 0, 3_000_000), means(assets=(car,))), opinion(0))

    assert (False, 0, ("VEHICLE_OWNED",)) == (
        given_.eligible, given_.allowance_fen, given_.reasons
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "eligible"), [(3 * 24 * 45_500, True), (3 * 24 * 45_500 + 1, False)]
)
def test_property_told_as_one_sum_is_held_to_the_limit_of_deposits(
    fen: int, eligible: bool
) -> None:
    """Twenty-four standards a head, and not a fen more."""
    given_ = fact_of(surveyed(0, 0, fen), opinion(0))

    assert eligible == given_.eligible
    assert (() if eligible else ("LIQUID_ASSETS_ABOVE_LIMIT",)) == given_.reasons


def test_what_the_survey_found_of_property_goes_before_the_sum() -> None:
    """A house is worth much and bars nobody: the officer says that it is within the limits."""
    household = c.HouseholdMeans(
        members=tuple(c.TheirMeans(member=n) for n in (1, 2, 3)),
        property_finding=PropertyFinding.WITHIN,
    )
    recorded = act(c.RecordMeans(CASE, household), "2024-03-06")
    assert fact_of((*surveyed(0, 0, 90_000_000), recorded), opinion(0)).eligible


def test_what_the_registers_found_on_top_counts_as_other_income() -> None:
    """57号 Art 13(5): the officer takes the registers' figure, the lines stay as they are."""
    past = (*surveyed(60_000, 70_000), means(income("WAGE", 60_000)))

    assert 70_000 == fact_of(past, opinion(70_000)).monthly_income_fen
    assert 60_000 == fact_of(past, opinion(60_000)).monthly_income_fen


def test_an_opinion_counts_no_less_than_the_recorded_lines() -> None:
    """Which of them would be less nobody could say."""
    past = (*surveyed(60_000, 50_000), means(income("WAGE", 60_000)))
    taking(past, opinion(55_000)).then_refused(OpinionNotOfMeans)


def test_who_may_apply_alone_is_told_by_pseudonym() -> None:
    """On the verge, and one of them severely disabled (57号 Art 8(1))."""
    found = income("WAGE", 150_000)
    severe = Disability(DisabilityKind.PHYSICAL, 2)
    past = (*surveyed(150_000, 150_000), means(found, disability=severe))
    given_ = fact_of(past, opinion(150_000))

    assert (False, True, ("p-1",)) == (given_.eligible, given_.verge, given_.may_apply_alone)


def test_means_are_recorded_after_a_visit_only() -> None:
    """What nobody has seen can't be established (57号 Art 16)."""
    taking((OPEN,), MEANS).then_refused(NotVisited)
    taking((), MEANS).then_refused(NoSuchCase)


@pytest.mark.parametrize("places", [(1, 2), (1, 2, 2), (1, 2, 4), (1, 2, 3, 4)])
def test_every_member_stands_there_once(places: tuple[int, ...]) -> None:
    """The whole family (83号 一(一)): nobody left out, nobody made up."""
    members = tuple(c.TheirMeans(member=n) for n in places)
    command = c.RecordMeans(CASE, c.HouseholdMeans(members=members))
    taking(SURVEYED, act(command, "2024-03-06")).then_refused(MeansIncomplete)


def test_nobody_outside_the_household_owns_its_things() -> None:
    """An owner is one of the members."""
    taking(SURVEYED, means(assets=(c.TheirAsset(kind=AssetKind.HOME, owner=4),))).then_refused(
        MeansIncomplete
    )


def test_what_contradicts_itself_is_refused_when_it_is_written_down() -> None:
    """A pension has no costs."""
    taking(SURVEYED, means(income("PENSION", 100, costs_fen=1))).then_refused(Contradiction)


def test_a_new_visit_makes_the_recorded_means_old() -> None:
    """What they said isn't what it found: an opinion goes by its sum until they are recorded anew."""
    past = (*surveyed(60_000, 60_000), means(income("SCHOLARSHIP", 60_000)))
    again = visit("2024-03-06", monthly_income_fen=60_000)

    assert 0 == fact_of(past, opinion(60_000)).monthly_income_fen
    assert 60_000 == fact_of((*past, again), opinion(60_000)).monthly_income_fen


def test_means_that_come_after_the_opinion_make_it_old() -> None:
    """Nothing is confirmed on an opinion that knew less."""
    state = DECIDER.fold(road(*UP, MEANS).facts)
    assert getattr(state, "opinion", "none") is None


def test_who_recorded_the_means_investigated() -> None:
    """And so doesn't decide."""
    state = DECIDER.fold(road(*SURVEYED, means(by="o-7")).facts)
    assert "o-7" in getattr(state, "investigators", ())


def test_a_household_that_was_erased_is_not_assessed() -> None:
    """Nobody's age can be told any more."""
    facts = [
        replace(fact, personal=None) if isinstance(fact, CaseOpened) else fact
        for fact in road(*SURVEYED).facts
    ]
    command, surroundings = OPINION
    Given(tuple(facts)).when(DECIDER, command, surroundings).then_refused(HouseholdErased)


def test_an_objection_goes_before_a_new_opinion_with_means_too() -> None:
    """The road is the same."""
    assert road(*WITH_MEANS, OBJECTED).facts


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(Per)), max_size=6))
def test_the_sum_of_the_lines_does_not_depend_on_their_order(lines: list[tuple[int, Per]]) -> None:
    """A month's lines twelve times, a year's and single ones once, then a twelfth."""

    def of(order: list[tuple[int, Per]]) -> int:
        incomes = tuple(Income(IncomeKind.WAGE, fen, per) for fen, per in order)
        return gross_fen(Means(members=(MemberMeans(person="p", incomes=incomes),)))

    year = sum(fen * (12 if per is Per.MONTH else 1) for fen, per in lines)
    assert year // 12 == of(lines) == of(lines[::-1])


def test_the_visit_alone_is_enough_where_nothing_is_told_by_kind() -> None:
    """A household told as one sum: everybody counts, the sum counts whole."""
    given_ = fact_of((OPEN, VISITED, ASKED, REPORTED), OPINION)
    assert (3, 60_000) == (given_.members_count, given_.monthly_income_fen)
