"""What a title says of its amounts: in yuan or thousands of them, a month or a year."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

YUAN_IN: Final = {"": 1, "百": 100, "千": 1_000, "万": 10_000}

_BRACKETED = re.compile(r"[(\[<{【〔「《]([^)\]>}】〕」》]*)[)\]>}】〕」》]")
_UNIT = re.compile("([十百千万亿美港欧日]*)元|(?:[(:]|^)([角分])(?:[)]|$)")
_UNIT_ABOVE = re.compile("单位[:为是]*(?:人民币)?[(]?([十百千万亿美港欧日]*)元")
# The year or the months that the income is of, not what it is counted by.
_REFERENCE = re.compile("[0-9]+[年月]|[上本去当前]年度?|月份")
_OTHER_PERIOD = re.compile("[/每按元](?:季|周|天|日|旬)|季度")


def yuan_of(title: str, above: Iterable[str]) -> int | None:
    """What one unit under `title` is worth in yuan; None where the words contradict each other.

    `above` are the lines over the titles, where 单位：万元 may stand for the whole sheet.
    """
    said = {YUAN_IN.get(found[1] or found[2] or "") for found in _UNIT.finditer(_tight(title))}
    for line in above:
        said |= {YUAN_IN.get(found[1]) for found in _UNIT_ABOVE.finditer(_tight(line))}
    if not said:
        return 1
    return said.pop() if len(said) == 1 else None


def counts_by(title: str, period: str) -> bool:
    """Whether the brackets of `title` agree that its income is by `period`: 月, 年, "" for none."""
    if not period:
        return True
    inside = _REFERENCE.sub("", "".join(_BRACKETED.findall(_tight(title))))
    if _OTHER_PERIOD.search(inside):
        return False
    return "月" not in inside if period == "年" else "年" not in inside or "月" in inside


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
