"""Units: registered once, from a day to a day."""

from datetime import date

from hypothesis import given as for_all
from hypothesis import strategies as st

from services.gateway.commands import RegisterUnit
from services.gateway.domain.units import UNIT
from services.gateway.refusals import PeriodBackwards, UnitKnown
from shared.envelope import About
from shared.facts.gateway import UnitRegistered
from shared.testing.decisions import context, given
from tests.shared.log.samples import untimed

FIRST, LAST = date(2021, 2, 1), date(2024, 12, 31)
KNOWN = UnitRegistered("411603101", "新站镇", "TOWNSHIP", FIRST)
NOW = context()


def test_a_unit_is_registered_under_its_code() -> None:
    """With or without a last day."""
    for last in (None, LAST, FIRST):
        command = RegisterUnit("411603101", "新站镇", "TOWNSHIP", FIRST, last)
        expected = UnitRegistered("411603101", "新站镇", "TOWNSHIP", FIRST, last)
        given().when(UNIT, command, NOW).then(expected)


def test_a_code_is_registered_once() -> None:
    """Whatever the second says."""
    command = RegisterUnit("411603101", "别的镇", "TOWNSHIP", LAST)
    given(KNOWN).when(UNIT, command, NOW).then_refused(UnitKnown)


@untimed
@for_all(st.dates(), st.dates())
def test_a_period_never_runs_backwards(first: date, last: date) -> None:
    """The last day is the first or later."""
    outcome = given().when(UNIT, RegisterUnit("1", "甲", "TOWNSHIP", first, last), NOW)
    if last < first:
        outcome.then_refused(PeriodBackwards)
    else:
        outcome.then(UnitRegistered("1", "甲", "TOWNSHIP", first, last))


def test_a_unit_concerns_its_own_place() -> None:
    """An inspector finds it by its code."""
    assert About(township="411603101") == UNIT.about(UNIT.fold([KNOWN]))
    assert About() == UNIT.about(UNIT.initial)
