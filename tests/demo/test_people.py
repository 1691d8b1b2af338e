"""Synthetic households: the same for the same seed, nobody twice, plausible."""

from collections import Counter

from stdnum import luhn

from services.demo.choice import Choices
from services.demo.people import Category, household
from services.demo.shapes import Relation
from shared.resident_id import parse
from tests.demo.world import DAYS, STANDARDS, UNITS, home, homes


def test_a_household_depends_on_seed_and_number_alone() -> None:
    """Not on who was made before; another seed makes another one."""
    assert homes(1, 20)[16] == home(1, 17)
    assert home(1, 17) != home(2, 17)


def test_twenty_thousand_households_share_no_number_and_no_name_of_a_head() -> None:
    """ID numbers, accounts, telephones and heads' names each occur once in the district."""
    many = homes(1, 20_000)
    ids = [member.resident_id for one in many for member in one.members]
    assert len(ids) == len(set(ids))
    assert len({one.account for one in many}) == 20_000
    assert len({one.phone for one in many}) == 20_000
    assert {one.phone[:3] for one in many} == {"154"}
    assert len({one.head.name for one in many}) == 20_000


def test_every_id_number_holds_and_agrees_with_its_person() -> None:
    """Check digit, birthday and sex, by the reader that the doors use."""
    for member in (member for one in homes(2, 300) for member in one.members):
        read = parse(member.resident_id, today=DAYS[0])
        assert (member.birth_on, member.sex.value == "FEMALE") == (read.born_on, read.female)
        assert read.region == "999999"


def test_families_are_plausible() -> None:
    """One head first, grown up; children younger and parents older by a generation."""
    offsets = {Relation.SON: -18, Relation.DAUGHTER: -18, Relation.GRANDSON: -36}
    for one in homes(3, 300):
        assert 1 <= len(one.members) <= 6
        relations = [member.relation for member in one.members]
        assert (relations[0], relations.count(Relation.HEAD)) == (Relation.HEAD, 1)
        assert one.head.age >= 30
        for member in one.members:
            assert member.age <= one.head.age + offsets.get(member.relation, 40)
            if member.relation in {Relation.FATHER, Relation.MOTHER}:
                assert member.age >= one.head.age + 18


def test_each_lives_in_a_village_of_a_unit_and_applies_on_a_day_given() -> None:
    """Townships and villages agree; every unit has applicants."""
    many = homes(1, 500)
    assert {unit.code for unit in UNITS} == {one.township for one in many}
    assert all(one.village.code.startswith(one.township) for one in many)
    assert set(DAYS) == {one.applied_on for one in many}


def test_most_are_below_the_standard_and_some_declare_more() -> None:
    """About seven in a hundred are over it, and only they."""
    many = homes(1, 1000)
    for one in many:
        limit_fen = STANDARDS.of(one.category) * len(one.members)
        assert one.over_standard == (one.monthly_income_fen > limit_fen)
        assert one.monthly_income_fen % 10 == 0
    assert 45 < sum(one.over_standard for one in many) < 100
    assert Counter(one.category for one in many)[Category.RURAL] > 800


def test_cards_pass_luhn_and_passbooks_have_seventeen_digits() -> None:
    """Both kinds occur; nobody was given these prefixes."""
    accounts = [one.account for one in homes(1, 300)]
    cards = [account for account in accounts if account.startswith("62")]
    books = [account for account in accounts if account.startswith("99")]
    assert len(accounts) == len(cards) + len(books)
    assert cards
    assert books
    assert all(luhn.is_valid(card) and len(card) == 19 for card in cards)
    assert {17} == {len(book) for book in books}


def test_household_moves_with_the_list_of_units() -> None:
    """Only the units given are lived in."""
    only = UNITS[:1]
    made = household(Choices(1), 5, only, DAYS, STANDARDS)
    assert only[0].code == made.township
