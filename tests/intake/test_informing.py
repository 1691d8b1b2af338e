"""Households are told unasked, and their application points to it (57号 Art 6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.intake.commands import RecordInformed
from services.intake.domain.informing import INFORMING, informing_id
from services.intake.refusals import HappenedInFuture, NotPending
from shared.envelope import About
from shared.facts.intake import ApplicationSubmitted, HouseholdInformed
from shared.facts.people import NamedMember
from shared.identity import named_id
from shared.testing.decisions import given
from tests.houses import CHILD_ID, HEAD_ID, Houses, application, facts_of, rows_of
from tests.intake.samples import ACCEPTED, NOW
from tests.numbers import officer_number

TELL = RecordInformed("411603101", "王庄村", "赵德厚", HEAD_ID, "VISIT", date(2024, 3, 1))
TOLD = HouseholdInformed(
    informing_id(NOW), "411603101", "王庄村", "p-010018", "VISIT", date(2024, 3, 1),
    NamedMember("p-010018", "赵德厚", HEAD_ID),
)  # fmt: skip
PAYLOAD = {"township": "411603101", "village": "王庄村", "name": "赵小麦", "resident_id": CHILD_ID,
           "way": "VISIT", "informed_on": "2024-03-01"}  # fmt: skip
AIDE = {"officer": "aide", "officer_name": "村某", "post": "协理员", "role": "VILLAGE_AIDE",
        "organisation": "王庄村", "township": "411603101", "village": "王庄村",
        "resident_id": officer_number("aide"), "from_on": "2021-02-01"}  # fmt: skip


def test_who_was_told_where_when_and_how_is_on_record() -> None:
    """The name and number stay sealed, under the key of the household that it would be."""
    given().when(INFORMING, TELL, NOW).then(TOLD)
    household = named_id("hh", "p-010018")
    expected = About(None, household, ("p-010018",), "王庄村", "411603101")
    assert expected == INFORMING.about(INFORMING.fold([TOLD]))


def test_nobody_was_told_tomorrow_or_twice_under_one_number() -> None:
    """The clock is the site's."""
    given().when(INFORMING, replace(TELL, informed_on=date(2024, 3, 5)), NOW).then_refused(
        HappenedInFuture
    )
    given(TOLD).when(INFORMING, TELL, NOW).then_refused(NotPending)


def test_an_informing_is_followed_by_nothing_else() -> None:
    """A log that says so was not written by this house."""
    with pytest.raises(ValueError, match="is no informing"):
        INFORMING.fold([ACCEPTED])


def test_an_application_finds_the_informing_that_led_to_it(houses: Houses) -> None:
    """Whichever member was told; the next application doesn't claim it again."""
    told = houses.must("worker", "record_informed", **PAYLOAD)
    number = str(told.stream).removeprefix("informing/")
    answer = houses.must("worker", "submit_application", **application())
    case = str(answer.stream).removeprefix("application/")
    assert {"informed": [number]} == answer.details
    [submitted, *_] = [r.fact for r in facts_of(houses.intake, answer.stream)]
    assert isinstance(submitted, ApplicationSubmitted)
    assert (number,) == submitted.informed
    [row] = rows_of(houses.intake, "informing")
    assert (number, case) == (row[0], row[-1])
    houses.must("worker", "withdraw_application", case=case, reason="自愿")
    assert {} == houses.must("worker", "submit_application", **application()).details
    houses.intake.rebuild()
    assert [row] == rows_of(houses.intake, "informing")


@pytest.mark.parametrize(
    ("officer", "changes", "outcome"),
    [
        ("aide", {}, "done"),
        ("aide", {"village": "李庄村"}, "denied"),
        ("worker", {"village": "李庄村"}, "done"),
        ("stranger", {}, "denied"),
    ],
)
def test_an_aide_tells_in_the_own_village_and_the_township_in_each(
    houses: Houses, officer: str, changes: dict[str, Any], outcome: str
) -> None:
    """57号 Art 6 names the township and the village committee."""
    houses.must("admin", "appoint_officer", **AIDE)
    houses.settle()
    assert outcome == houses.give(officer, "record_informed", {**PAYLOAD, **changes}).outcome
