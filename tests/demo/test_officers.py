"""Enough officers in every office that duties can stay apart."""

from collections import Counter
from datetime import date

from services.demo.choice import Choices
from services.demo.district import BANKS
from services.demo.identifiers import HOUSEHOLD_MAX, MEMBERS_MAX, birth_and_id
from services.demo.names import Sex
from services.demo.officers import staff
from shared.resident_id import parse
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


def test_every_officer_has_a_number_of_their_own_which_no_household_has() -> None:
    """Region 999999; the last day of a leap year is no household member's birthday."""
    numbers = [parse(str(one.resident_id), today=date(2024, 3, 1)) for one in STAFF.everyone()]
    assert len(numbers) == len({one.number for one in numbers})
    assert {("999999", "1231")} == {(one.number[:6], one.number[10:14]) for one in numbers}
    assert all((one.born_on.replace(month=1, day=1) - one.born_on).days == -365 for one in numbers)
    on, last = date(2024, 12, 31), MEMBERS_MAX - 1
    born = (
        birth_and_id(Choices(1), household, last, sex=Sex.MALE, age=age, on=on)[0]
        for household in range(0, HOUSEHOLD_MAX, 7)
        for age in (36, 40)
    )
    assert not any((day.month, day.day) == (12, 31) and day.year % 4 == 0 for day in born)


def test_the_same_seed_hires_the_same_people_whatever_the_other_units() -> None:
    """A unit's staff does not depend on the list it stands in."""
    alone = staff(Choices(1), UNITS[3:4])
    assert STAFF.townships[UNITS[3].code] == alone.townships[UNITS[3].code]
