"""The members of a synthetic household: names, ages, relations, ID numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.demo.choice import Choices
from services.demo.identifiers import birth_and_id, spread
from services.demo.names import NAMES_COUNT, SURNAMES, Sex, drawn_name, name_at
from services.demo.shapes import FEMALE_RELATIONS, SHAPES, Place, Relation

_DISABLED_PER_MILLE: Final = 60
_ILL_PER_MILLE: Final = 120
_MARRIED_IN = frozenset({Relation.SPOUSE, Relation.MOTHER, Relation.DAUGHTER_IN_LAW})
_WEIGHTED_SHAPES = tuple(shape for shape in SHAPES for _ in range(shape.weight))


@dataclass(frozen=True, slots=True)
class DemoMember:
    """One person; `disability_level` is 1 (gravest) to 4, or None."""

    name: str
    relation: Relation
    sex: Sex
    age: int
    birth_on: date
    resident_id: str
    disability_level: int | None
    seriously_ill: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """Draws the members of household `number` with their ages on a day."""

    choices: Choices
    number: int
    on: date

    def members(self) -> tuple[DemoMember, ...]:
        """The head, then the others of the family's shape."""
        shape = self._own().pick(_WEIGHTED_SHAPES, "shape")
        own = self._own(0)
        sex = own.pick(shape.heads, "sex")
        # Heads have names of their own in the district: offices tell households apart by them.
        name = name_at(spread(self.choices, self.number, NAMES_COUNT), sex)
        age = own.between(shape.low, shape.high, "age")
        head = self._member(0, name, Relation.HEAD, sex, age, disabled=shape.disabled_head)
        others = (self._other(at, place, head) for at, place in enumerate(shape.others, 1))
        return (head, *others)

    def _own(self, *keys: int) -> Choices:
        return self.choices.within("household", self.number, *keys)

    def _other(self, at: int, place: Place, head: DemoMember) -> DemoMember:
        own = self._own(at)
        relation = own.pick(place.relations, "relation")
        sex = _sex(relation, head)
        # Children carry the father's surname; where the head is a woman he stands in no row.
        father = head.name[0] if head.sex is Sex.MALE else self._own().pick(SURNAMES, "father")
        name = drawn_name(own, sex, None if relation in _MARRIED_IN else father)
        age = max(0, head.age + own.between(place.low, place.high, "age"))
        return self._member(at, name, relation, sex, age)

    def _member(
        self, at: int, name: str, relation: Relation, sex: Sex, age: int, *, disabled: bool = False
    ) -> DemoMember:
        own = self._own(at)
        birth_on, resident_id = birth_and_id(
            self.choices, self.number, at, sex=sex, age=age, on=self.on
        )
        has_card = disabled or own.chance(_DISABLED_PER_MILLE, "disabled")
        level = own.between(1, 4, "level") if has_card else None
        ill = own.chance(_ILL_PER_MILLE, "ill")
        return DemoMember(name, relation, sex, age, birth_on, resident_id, level, ill)


def _sex(relation: Relation, head: DemoMember) -> Sex:
    wife = relation is Relation.SPOUSE and head.sex is Sex.MALE
    return Sex.FEMALE if wife or relation in FEMALE_RELATIONS else Sex.MALE
