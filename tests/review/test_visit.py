"""The household visit: two or more, in office, none close to the household."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from services.review import commands as c
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE as CASE_DECIDER
from services.review.domain.state import Open
from services.review.refusals import (
    AlreadyDecided,
    MembersDiffer,
    NoSuchCase,
    RecorderNotVisitor,
    VisitAlone,
    VisitDayWrong,
    VisitorIsRelative,
    VisitorNotAppointed,
    VisitorTwice,
)
from shared.facts.base import Fact
from shared.facts.review import HouseholdVisited
from shared.policy.layering import lay_over
from tests.review.samples import (
    CASE,
    COMPLAINED,
    CONFIRMED,
    FORM,
    OBJECTED,
    OPEN,
    READY,
    VISIT,
    VISITED,
    WITH_MEANS,
    act,
    refused,
    road,
    taking,
)

LETTER = act(c.SendEvidenceLetter(CASE, "某镇信用社", ("TAX",), date(2024, 3, 9)), "2024-03-07")
NOBODY: frozenset[str] = frozenset()


def on_record(officers: str = "", aides: str = "", relatives: str = "") -> VisitorsOnRecord:
    """Ids with spaces between."""
    return VisitorsOnRecord(
        frozenset(officers.split()), frozenset(aides.split()), frozenset(relatives.split())
    )


def test_a_visit_by_two_is_recorded_with_what_they_found() -> None:
    """Who was there, who recorded it, and the findings (57号 Art 16(1))."""
    taking((OPEN,), VISITED).then(
        HouseholdVisited(CASE, ("o-1", "o-2"), ("o-1",), date(2024, 3, 4), True, 3, 60_000, 0, FORM)
    )


def test_a_visit_alone_is_refused() -> None:
    """G59: not fewer than two (57号 Art 16)."""
    alone = replace(VISIT, visitors=("o-1",))
    taking((OPEN,), act(alone, "2024-03-04")).then_refused(VisitAlone)


def test_a_township_may_ask_for_more_visitors() -> None:
    """Its own value holds there and nowhere else."""
    command, surroundings = VISITED
    for township, alone in (("411603101", True), ("411603102", False)):
        own = lay_over(surroundings.policy, THREE.format(township=township).encode(), "own.yaml")
        outcome = taking((OPEN,), (command, replace(surroundings, policy=own)))
        assert alone == isinstance(outcome.refusal, VisitAlone)


THREE = """pack: own
title: 某镇规定
parameters:
  survey.investigators_min:
    title: 每组调查人员最少人数
    unit: persons
    values:
      - {{from: 2024-01-01, for: ["{township}"], value: 3, citation: 某镇规定, certainty: P}}
"""


def test_who_is_stood_in_for_was_not_there() -> None:
    """o-1 acting for o-2 makes one visitor, whatever the form says."""
    taking((OPEN,), act(VISIT, "2024-03-04", "o-1", acting_for="o-2")).then_refused(VisitAlone)


def test_a_stand_in_visits_with_another_and_both_answer_for_it() -> None:
    """o-1 acting for o-3 visits with o-2; o-3 answers too."""
    taking((OPEN,), act(VISIT, "2024-03-04", "o-1", acting_for="o-3")).then(
        HouseholdVisited(
            CASE, ("o-1", "o-2"), ("o-1", "o-3"), date(2024, 3, 4), True, 3, 60_000, 0, FORM
        )
    )


def test_nobody_is_counted_twice() -> None:
    """The same officer twice is one officer."""
    twice = replace(VISIT, visitors=("o-1", "o-1"))
    taking((OPEN,), act(twice, "2024-03-04")).then_refused(VisitorTwice)


def test_who_records_a_visit_was_there() -> None:
    """Nobody fills in the form for others."""
    taking((OPEN,), act(VISIT, "2024-03-04", "o-3")).then_refused(RecorderNotVisitor)


@pytest.mark.parametrize("day", ["2024-02-29", "2024-03-05"])
def test_a_visit_lies_between_acceptance_and_today(day: str) -> None:
    """Neither before the application was accepted nor ahead."""
    wrong = replace(VISIT, visited_on=date.fromisoformat(day))
    taking((OPEN,), act(wrong, "2024-03-04")).then_refused(VisitDayWrong)


@pytest.mark.parametrize("day", ["2024-03-01", "2024-03-04"])
def test_a_visit_may_be_on_the_day_of_acceptance_or_today(day: str) -> None:
    """Both ends count."""
    right = replace(VISIT, visited_on=date.fromisoformat(day))
    assert taking((OPEN,), act(right, "2024-03-04")).refusal is None


def test_the_whole_family_or_none() -> None:
    """The visit speaks of as many members as applied (83号 一(一))."""
    fewer = replace(VISIT, members_count=2)
    taking((OPEN,), act(fewer, "2024-03-04")).then_refused(MembersDiffer)


@pytest.mark.parametrize(
    "record",
    [on_record("o-1"), on_record(aides="o-1 o-2"), on_record("o-9", "o-1 o-2"), on_record()],
    ids=["a stranger", "aides alone", "an officer who wasn't there", "strangers"],
)
def test_visitors_hold_a_post_in_the_township_that_day(record: VisitorsOnRecord) -> None:
    """All are case officers or aides of the township, one a case officer (57号 Art 16)."""
    step = act(VISIT, "2024-03-04", on_record=record)
    taking((OPEN,), step).then_refused(VisitorNotAppointed)


def test_an_aide_of_the_village_may_go_with_a_case_officer() -> None:
    """The village committee assists (57号 Art 16)."""
    step = act(VISIT, "2024-03-04", on_record=on_record("o-1", "o-2"))
    assert taking((OPEN,), step).refusal is None


def test_a_close_relative_does_not_visit() -> None:
    """The one who only comes along stays away too (57号 Art 11)."""
    step = act(VISIT, "2024-03-04", on_record=on_record("o-1 o-2", relatives="o-2"))
    taking((OPEN,), step).then_refused(VisitorIsRelative)


def test_one_person_under_two_ids_is_one_visitor() -> None:
    """57号 Art 16: not fewer than two."""
    record = replace(on_record("o-1 o-2"), also_known_as={"o-1": frozenset({"o-2"})})
    taking((OPEN,), act(VISIT, "2024-03-04", on_record=record)).then_refused(VisitorTwice)
    elsewhere = replace(record, also_known_as={"o-1": frozenset({"o-9"})})
    assert taking((OPEN,), act(VISIT, "2024-03-04", on_record=elsewhere)).refusal is None


def test_nobody_visits_without_a_case() -> None:
    """Only what was accepted is reviewed."""
    taking((), VISITED).then_refused(NoSuchCase)


def test_nobody_visits_after_the_decision() -> None:
    """What is decided stays decided."""
    taking((*READY, CONFIRMED), VISITED).then_refused(AlreadyDecided)


def test_a_visit_keeps_what_it_does_not_change() -> None:
    """Nothing else of the state falls out, be it added to it later."""
    withheld = refused("WITHHELD_MATERIAL", "2024-03-08")
    past = road(*WITH_MEANS, LETTER, OBJECTED, withheld, COMPLAINED).facts
    facts = [fact for fact in past if isinstance(fact, Fact)]
    folded = CASE_DECIDER.fold(facts)
    assert isinstance(folded, Open)
    before = structs.replace(
        folded, changed_on=date(2024, 3, 1)
    )  # a death leaves little else to keep
    assert [] == [
        part.name for part in structs.fields(Open) if getattr(before, part.name) == part.default
    ]

    fact = HouseholdVisited(
        CASE, ("o-8", "o-9"), ("o-8",), date(2024, 3, 11), True, 3, 60_000, 0, FORM
    )
    after = CASE_DECIDER.evolve(before, fact)

    objections = tuple(structs.replace(one, reexamined="VISIT") for one in before.objections)
    people = before.investigators | {"o-8", "o-9"}
    expected = structs.replace(
        before, visit=fact, means=None, objections=objections, investigators=people
    )
    assert expected == after
