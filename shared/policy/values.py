"""A value as it stands in a pack: one text, several choices, or a table with a text for each row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.policy.faults import Faults
from shared.policy.pack import Single, Unit, Value
from shared.policy.units import NotInUnit, value_from_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a parameter's values look like: their unit, its choices, a table's rows."""

    unit: Unit
    choices: tuple[str, ...]
    rows: tuple[str, ...]


def read_value(node: Any, shape: Shape, place: str, faults: Faults) -> Value | None:
    """The value; None, with a fault, for what is no value of that shape."""
    if shape.rows:
        return _table(node, shape, place, faults)
    if shape.unit is Unit.CHOICES:
        return _several(node, shape, place, faults)
    return _single(node, shape, place, faults)


def parsed(text: str, parse: Callable[[str], T], place: str, faults: Faults) -> T | None:
    """What `parse` makes of `text`; None for an absent text, and with a fault for a bad one."""
    if not text:
        return None
    try:
        return parse(text)
    except NotInUnit as error:
        faults.add("BAD_VALUE", place, str(error))
        return None


def _single(node: Any, shape: Shape, place: str, faults: Faults) -> Single | None:
    if not isinstance(node, str) or not node.strip():
        faults.add("MISSING", place, "“value”应为文字，不能为空。")
        return None
    return parsed(
        node.strip(), lambda text: value_from_text(text, shape.unit, shape.choices), place, faults
    )


def _several(node: Any, shape: Shape, place: str, faults: Faults) -> tuple[str, ...] | None:
    """None, one or more of the choices, none twice."""
    if not isinstance(node, list):
        faults.add("BAD_VALUE", place, "应列出若干选项，例如 [甲, 乙]；一个也没有时写 []。")
        return None
    found = [_single(item, shape, place, faults) for item in node]
    if None in found:
        return None
    if len(set(found)) != len(found):
        faults.add("BAD_VALUE", place, "同一选项不能列出两次。")
    return tuple(str(item) for item in found)


def _table(node: Any, shape: Shape, place: str, faults: Faults) -> dict[str, Single] | None:
    """Exactly the rows that the parameter has: a forgotten one is not nought."""
    if not isinstance(node, dict) or set(node) != set(shape.rows):
        faults.add("BAD_VALUE", place, f"应逐行写明，不多不少：{'、'.join(shape.rows)}。")
        return None
    found = {row: _single(node[row], shape, f"{place} {row}", faults) for row in shape.rows}
    return {row: value for row, value in found.items() if value is not None}
