"""Where nothing marks the border between two families: what can't be told apart is reported.

A row without a household number, a head's name or a merged cell of its own is loose: it joins
the family above only because it stands below it. Loose rows that look like another family's
hold back both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.intake.spreadsheet.columns import Column
from services.intake.spreadsheet.grouping import Family, Mark, mark_by
from services.intake.spreadsheet.households import Built
from services.intake.spreadsheet.person import Person, PersonReader
from services.intake.spreadsheet.problems import Fix
from services.intake.spreadsheet.wording import HEAD, SPOUSE

_REMEDY: Final = "请在每一行填上户主姓名或户编号，并把户主写在每户第一行。"
_SHARED: Final[tuple[Callable[[Person], object], ...]] = (
    lambda person: person.village,
    lambda person: person.category,
    lambda person: person.month_income_fen,
    lambda person: person.year_income_fen,
    lambda person: person.bank,
    lambda person: person.applied_on,
    lambda person: person.account,
)


def note_unclear(
    families: Sequence[Built], reader: PersonReader, after_gap: frozenset[int]
) -> None:
    """Add FAMILY_UNCLEAR to families with doubtful loose rows, and to those they may belong to.

    `after_gap` are the rows that an empty or a subtotal line parts from the row above. Where the
    sheet's first row is no head, no family of the sheet can be trusted to begin with its head.
    """
    mark = mark_by([person for built in families for person in built.family])
    unordered = bool(families) and _begins_amiss(families[0].family, mark)
    doubted: Built | None = None
    for built, following in zip(families, [*families[1:], None], strict=True):
        meets = following is not None and following.first_row not in after_gap
        loose = _loose(built.family, following.family if following else None, mark)
        rows = _doubtful(built.family, loose, after_gap, meets=meets)
        for row in rows:
            _note(built, reader, row, "看不出本行的人属于上面一户还是另一户。")
        if doubted and not rows:
            said = f"第{doubted.family[-1].row}行及以上的人可能属于这一户。"
            _note(built, reader, built.first_row, said)
        # A spouse at the end may as well be the next head's, and so on down the sheet.
        passes_on = doubted is not None and (unordered or built.family[-1].relation == SPOUSE)
        doubted = built if meets and (rows or passes_on) else None


def _note(built: Built, reader: PersonReader, row: int, said: str) -> None:
    fix = Fix("FAMILY_UNCLEAR", f"{said}{_REMEDY}")
    built.problems.append(reader.problem(row, Column.HEAD, fix))


def _begins_amiss(family: Family, mark: Mark) -> bool:
    """Whether an unmarked family begins with somebody who is surely not its head."""
    return not _mark_of(family, mark) and family[0].relation not in ("", HEAD)


def _mark_of(family: Family, mark: Mark) -> str:
    return next((mark(person) for person in family if mark(person)), "")


def _loose(family: Family, following: Family | None, mark: Mark) -> set[int]:
    """Rows that only their place binds: unmarked ones, or marked like the next family as well."""
    shared = following is not None and _mark_of(family, mark) == _mark_of(following, mark)
    first = {family[0].row} if _begins_amiss(family, mark) else set()
    return first | {person.row for person in family[1:] if shared or not mark(person)}


def _doubtful(
    family: Family, loose: set[int], after_gap: frozenset[int], *, meets: bool
) -> list[int]:
    """The loose rows that don't look like a continuation of their family.

    `meets`: the next family follows at once, so that a spouse at the end may be its head's.
    """
    seen = _Seen()
    found = {family[0].row} & loose
    for place, person in enumerate(family):
        strange = seen.differs(person) or seen.no_kin(person)
        if place and (strange or person.row in after_gap):
            found |= {person.row} & loose
        seen.add(person)
    end = family[-1]
    if meets and len(family) > 2 and end.relation == SPOUSE:
        found |= {end.row} & loose
    return sorted(found)


@dataclass(slots=True)
class _Seen:
    """What the rows above say of a family."""

    head: Person | None = None
    above: Person | None = None
    spouse: bool = False
    shared: list[object] = field(default_factory=lambda: [None] * len(_SHARED))

    def add(self, person: Person) -> None:
        """Go one row down."""
        self.head = self.head or (person if person.relation == HEAD else None)
        self.spouse = self.spouse or person.relation == SPOUSE
        told = [value(person) for value in _SHARED]
        self.shared = [
            new if old in (None, "") else old for old, new in zip(self.shared, told, strict=True)
        ]
        self.above = person

    def differs(self, person: Person) -> bool:
        """Whether the row says another thing of the household, says it anew, or counts anew."""
        told = [value(person) for value in _SHARED]
        for old, new in zip(self.shared, told, strict=True):
            if new not in (None, "") and old not in (None, "") and new != old:
                return True
        if self.above is None:
            return False
        anew = bool(person.account and self.shared[-1] and not self.above.account)
        numbered = person.serial.isdecimal() and self.above.serial.isdecimal()
        return anew or (numbered and int(person.serial) <= int(self.above.serial))

    def no_kin(self, person: Person) -> bool:
        """Whether the relation can't be to this head: a second spouse, a child older than it."""
        if person.relation == SPOUSE and self.spouse:
            return True
        if self.head is None or self.head.identity is None or person.identity is None:
            return False
        own, head = person.identity, self.head.identity
        return {
            SPOUSE: own.female == head.female,
            "CHILD": own.born_on <= head.born_on,
            "PARENT": own.born_on >= head.born_on,
        }.get(person.relation, False)
