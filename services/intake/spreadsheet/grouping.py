"""Rows into families: rows of one family stand together."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from services.intake.spreadsheet.person import Person
from services.intake.spreadsheet.wording import HEAD

Family = list[Person]
Mark = Callable[[Person], str]


def group(persons: Sequence[Person]) -> list[Family]:
    """Families in the order of the sheet.

    A family's mark is its household number where the sheet has one, else the head's name, else
    a serial number that numbers households; an empty mark is that of the row above. A new
    family begins where the mark changes, and at a second head, unless both heads carry the
    same household number: that is one family with two heads, which is reported.
    """
    mark_of, by_number = _mark(persons)
    families: list[Family] = []
    mark, has_head = "", False
    for person in persons:
        own = mark_of(person)
        changed = bool(own) and own != mark and bool(mark)
        is_head = person.relation == HEAD
        second_head = is_head and has_head and not (by_number and own and own == mark)
        if not families or changed or second_head:
            families.append([])
            mark, has_head = "", False
        families[-1].append(person)
        mark = own or mark
        has_head = has_head or is_head
    return families


def mark_of_family(family: Family) -> str:
    """The head's name as the family's rows give it, for naming families torn apart."""
    return next((person.head_name for person in family if person.head_name), "")


def mark_by(persons: Sequence[Person]) -> Mark:
    """What tells this sheet's families apart: a row's mark, "" where the row has none."""
    return _mark(persons)[0]


def _mark(persons: Sequence[Person]) -> tuple[Mark, bool]:
    """How families are told apart in this sheet, and whether that is by a number."""
    if any(person.key_number for person in persons):
        return (lambda person: person.key_number), True
    if any(person.head_name for person in persons):
        return (lambda person: person.head_name), False
    if _serial_numbers_households(persons):
        return (lambda person: person.serial), True
    return (lambda _: ""), False


def _serial_numbers_households(persons: Sequence[Person]) -> bool:
    """Whether some rows share their serial number with the row above, or leave it empty."""
    return any(
        not below.serial or above.serial == below.serial for above, below in pairwise(persons)
    )
