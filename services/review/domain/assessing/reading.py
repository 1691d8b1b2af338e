"""From the bytes of an input file to a household that holds together."""

import json
import re
from collections import Counter
from typing import Any

import msgspec

from services.review.domain.assessing.asked import Household
from services.review.domain.assessing.refusals import (
    Contradiction,
    MissingField,
    NotAsked,
    UnknownField,
)
from shared.facts.words import IncomeKind, Relation

BYTES_MAX = 1_000_000
COSTED = {IncomeKind.WAGE, IncomeKind.BUSINESS, IncomeKind.PROPERTY}
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_PLACE = re.compile(r" - at `(.*)`$", re.DOTALL)


def read_household(content: bytes) -> Household:
    """The question in `content`, JSON in UTF-8. Raises NotAsked and its kinds."""
    if len(content) > BYTES_MAX:
        raise NotAsked(f"输入文件太大：不能超过{BYTES_MAX}字节。")
    try:
        json.loads(content, object_pairs_hook=_each_once)
        asked = msgspec.json.decode(content, type=Household, strict=True)
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise NotAsked("输入不是UTF-8编码的JSON。") from error
    check(asked)
    return asked


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An amount written twice would be two answers: neither is taken."""
    names = Counter(name for name, _ in pairs)
    _unless(not names or max(names.values()) == 1, "同一项在一处写了两次。")
    return dict(pairs)


def schema() -> dict[str, object]:
    """The JSON Schema of what `read_household` accepts, before its checks across fields."""
    made = msgspec.json.schema(Household)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _refusal(said: str) -> NotAsked:
    place = _PLACE.search(said)
    where = f"（位置 {place[1]}）" if place else ""
    if unknown := _UNKNOWN.search(said):
        return UnknownField(f"没有“{_printable(unknown[1])}”这一项{where}。")
    if missing := _MISSING.search(said):
        return MissingField(f"缺少“{missing[1]}”{where}。")
    return NotAsked(f"取值的类型、范围或写法不对{where}，请对照 docs/assess.md。")


def _printable(text: str) -> str:
    """A stranger's word as a terminal may show it."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def check(asked: Household) -> None:
    """Raises Contradiction where fields can't hold together."""
    ids = Counter(member.id for member in asked.members)
    _unless(max(ids.values()) == 1, "成员的 id 不能重复。")
    heads = sum(member.relation is Relation.APPLICANT for member in asked.members)
    _unless(heads == 1, "应有且只有一名申请人（relation 为 APPLICANT）。")
    spouses = sum(member.relation is Relation.SPOUSE for member in asked.members)
    _unless(spouses <= 1, "配偶不能多于一人。")
    for member in asked.members:
        dated = (member.age is None) != (member.born_on is None)
        _unless(dated, f"成员“{member.id}”须写明 age 或 born_on，只写一项。")
        for income in member.incomes:
            fits = not income.costs_fen or income.kind in COSTED
            _unless(fits, f"{income.kind} 收入没有可扣减的成本，costs_fen 应为0。")
    _unless(set(asked.asked_for) <= set(ids), "asked_for 中有不在成员之列的人。")
    stated = asked.property_finding is None or not asked.assets
    _unless(stated, "property_finding 与 assets 只写一项。")
    owners = {None, *ids}
    _unless(all(asset.owner in owners for asset in asked.assets), "财产的 owner 不在成员之列。")


def _unless(holds: bool, sentence: str) -> None:
    if not holds:
        raise Contradiction(sentence)
