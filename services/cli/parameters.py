"""How a parameter is shown: to people, and to programs; and whose it is asked for."""

import re

import click

from shared.money import yuan_text
from shared.policy.model import Parameter
from shared.policy.pack import Single, Unit

MEASURES = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "天",
    Unit.DAY_OF_MONTH: "日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.PERSONS: "人",
    Unit.RATIO_PER_MILLE: "‰",
    Unit.DISABILITY_LEVEL: "级",
}


def value_text(parameter: Parameter) -> str:
    """455.00元, 20个工作日, 是; a table row by row."""
    value, unit = parameter.value, parameter.unit
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    if isinstance(value, int | str):
        return _single_text(value, unit)
    return "；".join(f"{row} {_single_text(one, unit)}" for row, one in value.items())


def _single_text(value: Single, unit: Unit) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    if unit in (Unit.FEN, Unit.FEN_PER_MONTH):
        return f"{yuan_text(value)}元"
    return f"{value}{MEASURES.get(unit, '')}"


def parameter_json(parameter: Parameter) -> dict[str, object]:
    """Money in fen; several choices as a list, a table as an object."""
    return {
        "name": parameter.name,
        "title": parameter.title,
        "value": parameter.value,
        "unit": parameter.unit,
        "version": parameter.version,
        "citation": parameter.citation,
        "certainty": parameter.certainty,
        "note": parameter.note,
    }


_UNIT = re.compile("[0-9]{6}[0-9A-Z]{0,6}")


def unit_code(_ctx: click.Context, _param: click.Parameter, code: str | None) -> str | None:
    """A code as packs write it, 411603101 or 411603L01; wrong words otherwise.

    A code that no pack names has no rules of its own: those of the district hold.
    """
    if code is not None and not _UNIT.fullmatch(code):
        raise click.BadParameter("乡镇（街道）代码应写成 411603101 这样。")
    return code
