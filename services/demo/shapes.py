"""The kinds of family that ask for the allowance, and how often each occurs."""

from dataclasses import dataclass
from enum import StrEnum

from services.demo.names import Sex


class Relation(StrEnum):
    """Relation to the head of the household (与户主关系)."""

    HEAD = "HEAD"
    SPOUSE = "SPOUSE"
    SON = "SON"
    DAUGHTER = "DAUGHTER"
    FATHER = "FATHER"
    MOTHER = "MOTHER"
    GRANDSON = "GRANDSON"
    GRANDDAUGHTER = "GRANDDAUGHTER"
    DAUGHTER_IN_LAW = "DAUGHTER_IN_LAW"


FEMALE_RELATIONS = frozenset(
    {Relation.DAUGHTER, Relation.MOTHER, Relation.GRANDDAUGHTER, Relation.DAUGHTER_IN_LAW}
)


@dataclass(frozen=True, slots=True)
class Place:
    """One more member: one of the relations, older than the head by `low` to `high` years."""

    relations: tuple[Relation, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A family: the head's possible sex and ages, the others, and `weight` in a hundred."""

    weight: int
    heads: tuple[Sex, ...]
    low: int
    high: int
    others: tuple[Place, ...] = ()
    disabled_head: bool = False


_ANY = (Sex.MALE, Sex.FEMALE)
_MAN, _WOMAN = (Sex.MALE,), (Sex.FEMALE,)
_SPOUSE = Place((Relation.SPOUSE,), -4, 3)
_CHILD = Place((Relation.SON, Relation.DAUGHTER), -31, -22)
_FATHER = Place((Relation.FATHER,), 22, 30)
_MOTHER = Place((Relation.MOTHER,), 21, 28)
_SON = Place((Relation.SON,), -28, -24)
_SONS_WIFE = Place((Relation.DAUGHTER_IN_LAW,), -29, -25)
_GRANDCHILD = Place((Relation.GRANDSON, Relation.GRANDDAUGHTER), -59, -50)

SHAPES = (
    Shape(22, _ANY, 62, 88),  # an elder alone
    Shape(20, _MAN, 62, 85, (_SPOUSE,)),  # an old couple
    Shape(12, _ANY, 35, 58, disabled_head=True),  # a disabled adult alone
    Shape(5, _WOMAN, 32, 48, (_CHILD,)),  # a widow with children
    Shape(5, _WOMAN, 32, 48, (_CHILD, _CHILD)),
    Shape(2, _WOMAN, 34, 48, (_CHILD, _CHILD, _CHILD)),
    Shape(8, _MAN, 33, 52, (_SPOUSE, _CHILD), disabled_head=True),  # the earner is disabled
    Shape(6, _MAN, 33, 52, (_SPOUSE, _CHILD, _CHILD), disabled_head=True),
    Shape(4, _MAN, 35, 54, (_MOTHER, _CHILD)),  # a father with his mother and a child
    Shape(3, _MAN, 36, 50, (_SPOUSE, _CHILD, _CHILD, _FATHER, _MOTHER)),  # three generations
    Shape(6, _ANY, 60, 74, (_GRANDCHILD,)),  # grandparents raising grandchildren
    Shape(3, _MAN, 62, 74, (_SPOUSE, _GRANDCHILD, _GRANDCHILD)),
    Shape(4, _ANY, 63, 76, (_SON, _SONS_WIFE, _GRANDCHILD)),  # an elder in a son's family
)
