"""Every fork of the road is taken by somebody, and no fate contradicts itself."""

import pytest

from services.demo.choice import Choices
from services.demo.fate import Fate, Ground, Objection, Outcome, PaymentFate, ReturnReason
from services.demo.flaws import flaw_of
from services.demo.people import DemoHousehold
from services.demo.turn import Turn
from services.demo.turns import ways
from tests.demo.world import STANDARDS, UNITS, homes

SEEDS = range(1, 6)


def _fates(seed: int) -> dict[DemoHousehold, Fate]:
    """Of the households whose rows are good: the others never get so far."""
    choices = Choices(seed)
    good = [one for one in homes(seed, 500) if flaw_of(choices, one) is None]
    fates = ways(choices, good, UNITS, STANDARDS).fates
    return {one: fates[one.number] for one in good}


@pytest.mark.parametrize("seed", SEEDS)
def test_five_hundred_households_take_every_fork(seed: int) -> None:
    """Each outcome, ground, objection, payment and reason occurs; so do deaths and doubles."""
    fates = _fates(seed).values()
    assert set(Outcome) == {one.outcome for one in fates}
    assert {None, *Ground} == {one.ground for one in fates}
    assert {None, *Objection} == {one.objection for one in fates}
    assert {None, *PaymentFate} == {one.payment for one in fates}
    assert {None, *ReturnReason} == {one.return_reason for one in fates}
    assert {None, *Turn} == {one.turn for one in fates}
    assert {1, 2, 3, None} == {one.supplement_days for one in fates}
    assert any(one.dies_after_confirmation for one in fates)
    assert any(one.second_township for one in fates)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_fate_contradicts_itself(seed: int) -> None:
    """A ground only where declined, a line only where confirmed and alive."""
    for home, one in _fates(seed).items():
        confirmed = one.outcome is Outcome.CONFIRMED
        assert (one.ground is not None) == (one.outcome is Outcome.DECLINED)
        paid = confirmed and not one.dies_after_confirmation and one.turn is not Turn.LATE
        assert (one.payment is not None) == paid
        assert (one.return_reason is None) == (one.payment in {None, PaymentFate.PAID})
        assert (one.ground is Ground.OBJECTION_UPHELD) == (one.objection is Objection.UPHELD)
        assert (one.supplement_days is None) == (one.outcome is Outcome.NOT_ACCEPTED)
        assert home.township != one.second_township
        assert confirmed or one.second_township is None
        assert not (confirmed and home.over_standard)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_verification_finds_is_over_the_standard(seed: int) -> None:
    """Otherwise nobody could decline for it."""
    for home, one in _fates(seed).items():
        limit_fen = STANDARDS.of(home.category) * len(home.members)
        assert (one.ground is Ground.VERIFIED_INCOME) == (one.found_income_fen is not None)
        assert one.found_income_fen is None or one.found_income_fen > limit_fen


def test_shares_are_those_of_a_district_that_works() -> None:
    """Most are confirmed and paid at once; returned lines stay few."""
    fates = list(_fates(1).values())
    confirmed = sum(one.outcome is Outcome.CONFIRMED for one in fates)
    paid = sum(one.payment is PaymentFate.PAID for one in fates)
    assert 700 < confirmed * 1000 // len(fates) < 900
    assert 880 < paid * 1000 // confirmed < 980


def test_a_fate_comes_again() -> None:
    """The same seed, the same way."""
    assert _fates(4) == _fates(4)
