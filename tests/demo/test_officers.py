"""Enough officers in every office that duties can stay apart."""

from collections import Counter

from services.demo.choice import Choices
from services.demo.district import BANKS
from services.demo.officers import staff
from tests.demo.world import UNITS

STAFF = staff(Choices(1), UNITS)


def test_every_unit_has_a_head_a_deputy_and_three_case_officers() -> None:
    """Two visit, a third gives the opinion, the head or the deputy decides."""
    assert {unit.code for unit in UNITS} == set(STAFF.townships)
    for code, unit in STAFF.townships.items():
        people = (unit.head, unit.deputy, *unit.case_officers, *unit.aides)
        assert {code} == {officer.township for officer in people}
        assert Counter(officer.role for officer in people) == {
            "TOWNSHIP_HEAD": 1,
            "CASE_OFFICER": 4,
            "VILLAGE_AIDE": 2,
        }
        assert all(str(aide.village).startswith(code) for aide in unit.aides)


def test_the_bureaus_have_enough_people_to_review_and_release_apart() -> None:
    """And a desk for each bank, an inspector, an administrator."""
    district = STAFF.district
    assert Counter(one.role for one in district.civil_affairs) == {"CIVIL_AFFAIRS": 3}
    assert Counter(one.role for one in district.finance) == {"FINANCE": 2}
    assert {bank.code: bank.name for bank in BANKS} == {
        code: desk.organisation for code, desk in district.bank_desks.items()
    }
    assert district.inspector.role == "INSPECTOR"
    assert district.administrator.role == "ADMINISTRATOR"


def test_an_officer_is_one_person_with_one_appointment() -> None:
    """Ids occur once and are told by office and number."""
    everyone = [officer.officer for officer in STAFF.everyone()]
    assert 9 + 7 * len(UNITS) == len(everyone) == len(set(everyone))
    assert STAFF.townships["411603101"].deputy.officer == "o-411603101-2"


def test_the_same_seed_hires_the_same_people_whatever_the_other_units() -> None:
    """A unit's staff does not depend on the list it stands in."""
    alone = staff(Choices(1), UNITS[3:4])
    assert STAFF.townships[UNITS[3].code] == alone.townships[UNITS[3].code]
