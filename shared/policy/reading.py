"""From a file's plain content to a checked pack; whatever is wrong is noted, not raised.

Values run until the next begins, so that a gap can only be written on purpose, with `to`.
"""

import re
from itertools import pairwise
from typing import Any

from shared.policy.faults import Faults
from shared.policy.pack import DatedValue, History, Pack, Unit
from shared.policy.units import certainty_from_text, day_from_text
from shared.policy.values import Shape, parsed, read_value

_PACK_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_TOWNSHIP = re.compile(r"[0-9A-Z]{2,12}")
_PARAMETER_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")


def read_pack(content: Any, source: str, faults: Faults) -> Pack | None:
    """The pack that `content` describes; None, with faults, if it has no shape at all."""
    top = _fields(content, source, ("pack", "title", "parameters"), (), faults)
    if top is None:
        return None
    name, title = (_text(top, key, source, faults) for key in ("pack", "title"))
    if name and not _PACK_NAME.fullmatch(name):
        faults.add("BAD_NAME", source, f"“{name}”不能作文件代号：只用小写字母、数字、-和_。")
    nodes = top.get("parameters", {})
    if not isinstance(nodes, dict):
        faults.add("BAD_SHAPE", source, "parameters 之下应逐项列出参数。")
        return None
    read = (_history(key, node, f"{source} {key}", faults) for key, node in nodes.items())
    return Pack(name, title, {history.name: history for history in read if history})


def _history(name: str, node: Any, where: str, faults: Faults) -> History | None:
    if not _PARAMETER_NAME.fullmatch(name):
        faults.add("BAD_NAME", where, "参数名应为小写英文，以点分段，例如 notice.calendar_days。")
    body = _fields(node, where, ("title", "unit", "values"), ("choices", "rows"), faults)
    if body is None:
        return None
    title = _text(body, "title", where, faults)
    unit = _unit(body, where, faults)
    choices = _choices(body, unit, where, faults)
    rows = _rows(body, unit, where, faults)
    nodes = body.get("values", [])
    if not isinstance(nodes, list) or ("values" in body and not nodes):
        faults.add("BAD_SHAPE", where, "values 之下应至少列出一个取值。")
        return None
    if unit is None:
        return None
    read = (_dated(item, Shape(unit, choices, rows), where, faults) for item in nodes)
    values = tuple(dated for dated in read if dated)
    for township in sorted({code for dated in values for code in dated.townships} | {""}):
        _check_order([dated for dated in values if _of(dated, township)], where, faults)
    return History(name, title, unit, choices, rows, values)


def _of(dated: DatedValue, township: str) -> bool:
    """Whether the value is the township's own, or everybody's where `township` is ""."""
    return township in dated.townships if township else not dated.townships


def _dated(node: Any, shape: Shape, where: str, faults: Faults) -> DatedValue | None:
    required = ("from", "value", "citation", "certainty")
    body = _fields(node, where, required, ("to", "note", "for"), faults)
    if body is None:
        return None
    keys = ("from", "citation", "certainty", "to", "note")
    texts = {key: _text(body, key, where, faults) for key in keys}
    place = f"{where} {texts['from']}".rstrip()
    value = read_value(body["value"], shape, place, faults) if "value" in body else None
    from_on = parsed(texts["from"], day_from_text, place, faults)
    to_on = parsed(texts["to"], day_from_text, place, faults)
    certainty = parsed(texts["certainty"], certainty_from_text, place, faults)
    townships = _townships(body, place, faults)
    if value is None or from_on is None or certainty is None:
        return None
    citation, note = texts["citation"], texts["note"]
    return DatedValue(value, from_on, to_on, citation, certainty, note, townships)


def _townships(body: dict[str, Any], place: str, faults: Faults) -> tuple[str, ...]:
    """The codes under `for`, at least one where it is written."""
    if "for" not in body:
        return ()
    codes = body["for"]
    if not isinstance(codes, list) or not codes or not all(_is_code(code) for code in codes):
        faults.add("BAD_TOWNSHIP", place, "for 之下应列出乡镇（街道）代码，例如 [411603101]。")
        return ()
    return tuple(codes)


def _is_code(code: Any) -> bool:
    return isinstance(code, str) and _TOWNSHIP.fullmatch(code) is not None


def _check_order(values: list[DatedValue], where: str, faults: Faults) -> None:
    """Each value ends no earlier than it begins and before the next one."""
    for dated in values:
        if dated.to_on is not None and dated.to_on < dated.from_on:
            faults.add("BAD_PERIOD", f"{where} {dated.from_on}", "终止日早于起始日。")
    for earlier, later in pairwise(values):
        if later.from_on <= (earlier.to_on or earlier.from_on):
            faults.add(
                "OVERLAP", f"{where} {later.from_on}", "与前一个取值的时段重叠，或先后颠倒。"
            )


def _unit(body: dict[str, Any], where: str, faults: Faults) -> Unit | None:
    text = _text(body, "unit", where, faults)
    if text and text not in set(Unit):
        faults.add("UNKNOWN_UNIT", where, f"没有“{text}”这种单位，可用：{'、'.join(Unit)}。")
    return Unit(text) if text in set(Unit) else None


def _choices(
    body: dict[str, Any], unit: Unit | None, where: str, faults: Faults
) -> tuple[str, ...]:
    """The named choices; only, and always, where the unit is a choice."""
    given = _names(body, "choices")
    needed = unit in (Unit.CHOICE, Unit.CHOICES)
    if given is None or (unit is not None and needed != bool(given)):
        faults.add(
            "BAD_CHOICES", where, "单位为 choice、choices 时须列出 choices，其他单位不得列出。"
        )
        return ()
    return given


def _rows(body: dict[str, Any], unit: Unit | None, where: str, faults: Faults) -> tuple[str, ...]:
    """The names of a table's rows; each holds one value of the unit."""
    given = _names(body, "rows")
    if given is None or ("rows" in body and not given) or (given and unit is Unit.CHOICES):
        faults.add("BAD_ROWS", where, "rows 应列出表中各行的代号，各不相同；choices 不能成表。")
        return ()
    return given


def _names(body: dict[str, Any], key: str) -> tuple[str, ...] | None:
    """The different names listed under `key`, () where it isn't written; None for a bad list."""
    given = body.get(key, [])
    proper = isinstance(given, list) and all(isinstance(item, str) and item for item in given)
    return tuple(given) if proper and len(set(given)) == len(given) else None


def _fields(
    node: Any, where: str, required: tuple[str, ...], optional: tuple[str, ...], faults: Faults
) -> dict[str, Any] | None:
    """`node` as a mapping, unknown and missing keys noted; None if it is no mapping."""
    if not isinstance(node, dict):
        faults.add("BAD_SHAPE", where, f"应写明：{'、'.join(required)}。")
        return None
    for key in sorted(node.keys() - {*required, *optional}):
        faults.add("UNKNOWN_KEY", where, f"没有“{key}”这一栏。")
    for key in required:
        if key not in node:
            faults.add("MISSING", where, f"缺少“{key}”。")
    return node


def _text(body: dict[str, Any], key: str, where: str, faults: Faults) -> str:
    """The text under `key`, or "" if the key is absent; an empty or nested one is noted."""
    found = body.get(key)
    if isinstance(found, str) and found.strip():
        return found.strip()
    if key in body:
        faults.add("MISSING", where, f"“{key}”应为文字，不能为空。")
    return ""
