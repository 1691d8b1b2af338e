"""Short ways to ask: a household as a dict, judged by the built-in rules."""

import json
from datetime import date
from typing import Any

from services.review.domain.assessing.judging import judge
from services.review.domain.assessing.outcome import Outcome
from services.review.domain.assessing.reading import read_household
from shared.policy.loader import load_policy

POLICY = load_policy()
NOW = date(2024, 6, 3)
UNDER_THE_OLD_RULES = date(2021, 3, 1)
BEFORE_THE_NOTICE = date(2022, 10, 19)
STANDARD = "standard.rural_month_fen"


def person(
    id_: str = "甲", relation: str = "APPLICANT", age: int = 40, **more: Any
) -> dict[str, Any]:
    """A member; grown up and without anything particular."""
    return {"id": id_, "relation": relation, "age": age, **more}


def wage(fen: int, per: str = "MONTH") -> list[dict[str, Any]]:
    """One wage and no other income."""
    return [{"kind": "WAGE", "fen": fen, "per": per}]


def ask(
    *members: dict[str, Any], on: date = NOW, standard: str | None = None, **more: Any
) -> Outcome:
    """The answer for these members of a rural household; `standard` in place of the known one."""
    question = {"category": "RURAL", "members": list(members), **more}
    if standard:
        question["parameters"] = {**question.get("parameters", {}), STANDARD: standard}
    return judge(POLICY, read_household(json.dumps(question).encode()), on)


def counted(outcome: Outcome) -> set[str]:
    """Who counts."""
    return {one.member for one in outcome.members if one.counted}


def codes(outcome: Outcome) -> list[str]:
    """Why, in codes."""
    return [reason.code for reason in outcome.reasons]
