"""What the input may be, and what a wrong one is told; the papers say the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from services.review.domain.assessing.judging import judge
from services.review.domain.assessing.reading import BYTES_MAX, read_household, schema
from services.review.domain.assessing.refusals import NotAsked
from tests.review.assessing.asking import NOW, POLICY

DOCS = Path(__file__).parents[3] / "docs"
PAPER = (DOCS / "assess.md").read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAPER, re.DOTALL)
ONE = {"id": "甲", "relation": "APPLICANT", "age": 40}
DEFS: dict[str, Any] = json.loads((DOCS / "assess.schema.json").read_text("utf-8"))["$defs"]


def refused(content: bytes) -> str:
    """The code of the refusal; its sentence is Chinese."""
    with pytest.raises(NotAsked) as caught:
        read_household(content)
    assert re.search(r"[一-鿿]", caught.value.sentence)
    assert caught.value.sentence.isprintable()
    return caught.value.code


def household(**more: Any) -> bytes:
    return json.dumps({"category": "RURAL", "members": [ONE], **more}).encode()


def member(**more: Any) -> bytes:
    return household(members=[{**ONE, **more}])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "BAD_INPUT"),
        (b"{", "BAD_INPUT"),
        (b"[]", "BAD_INPUT"),
        (b"\xff\xfe", "BAD_INPUT"),
        (b"[" * 100_000, "BAD_INPUT"),
        (b" " * (BYTES_MAX + 1), "BAD_INPUT"),
        (household(category="SEA"), "BAD_INPUT"),
        (household(members=[]), "BAD_INPUT"),
        (household(on="2024-02-30"), "BAD_INPUT"),
        (member(id="a\n"), "BAD_INPUT"),
        (member(id="\x1b[2J"), "BAD_INPUT"),
        (member(id="\ud800"), "BAD_INPUT"),
        (member(age=10**30), "BAD_INPUT"),
        (household(**{"\x1b": 1}), "UNKNOWN_FIELD"),
        (member(age=-1), "BAD_INPUT"),
        (member(age="40"), "BAD_INPUT"),
        (member(incomes=[{"kind": "WAGE", "fen": 1.5}]), "BAD_INPUT"),
        (member(incomes=[{"kind": "WAGE", "fen": -1}]), "BAD_INPUT"),
        (member(incomes=[{"kind": "LUCK", "fen": 1}]), "BAD_INPUT"),
        (member(disability={"kind": "SIGHT", "level": 5}), "BAD_INPUT"),
        (household(colour="red"), "UNKNOWN_FIELD"),
        (member(name="某"), "UNKNOWN_FIELD"),
        (member(incomes=[{"kind": "WAGE", "fen": 1, "yuan": 1}]), "UNKNOWN_FIELD"),
        (b'{"members": [{"id": "a", "relation": "APPLICANT", "age": 4}]}', "MISSING_FIELD"),
        (household(members=[{"id": "甲", "age": 40}]), "MISSING_FIELD"),
        (b'{"category": "RURAL", "category": "URBAN", "members": []}', "CONTRADICTION"),
        (household(members=[ONE, ONE]), "CONTRADICTION"),
        (household(members=[{**ONE, "relation": "CHILD"}]), "CONTRADICTION"),
        (member(born_on="1984-01-01"), "CONTRADICTION"),
        (household(members=[{"id": "甲", "relation": "APPLICANT"}]), "CONTRADICTION"),
        (member(incomes=[{"kind": "GIFT", "fen": 1, "costs_fen": 1}]), "CONTRADICTION"),
        (household(asked_for=["乙"]), "CONTRADICTION"),
        (household(assets=[{"kind": "HOME", "owner": "乙"}]), "CONTRADICTION"),
        (household(assets=[{"kind": "HOME"}], property_finding="WITHIN"), "CONTRADICTION"),
    ],
)
def test_what_is_no_question_is_refused(content: bytes, code: str) -> None:
    """With a code and a sentence; nothing is passed over or guessed."""
    assert code == refused(content)


def test_two_spouses_are_one_too_many() -> None:
    """民法典 Art 1041."""
    spouses = [{"id": name, "relation": "SPOUSE", "age": 30} for name in "乙丙"]
    assert "CONTRADICTION" == refused(household(members=[ONE, *spouses]))


def test_the_schema_beside_the_paper_is_what_the_command_accepts() -> None:
    """Made from the same types that read the input."""
    written = json.loads((DOCS / "assess.schema.json").read_text("utf-8"))
    assert json.loads(json.dumps(schema())) == written


@pytest.mark.parametrize("name", sorted(name for name in DEFS if "properties" in DEFS[name]))
def test_every_field_is_refused_under_another_name(name: str) -> None:
    """The schema says so of every object: no further fields."""
    assert DEFS[name]["additionalProperties"] is False


def test_the_paper_names_every_field_and_every_word() -> None:
    """Fields and values of the schema stand in docs/assess.md, in backquotes."""
    told = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", PAPER, flags=re.DOTALL)))
    fields = {field for one in DEFS.values() for field in one.get("properties", {})}
    words = {word for one in DEFS.values() for word in one.get("enum", [])}

    assert set() == (fields | words) - told


@pytest.mark.parametrize(
    ("text", "eligible", "fen"),
    list(zip(EXAMPLES, [True, True, True], [76_500, 63_000, 18_000], strict=True)),
)
def test_the_examples_of_the_paper_are_answered(text: str, eligible: bool, fen: int) -> None:
    """As the paper says."""
    asked = read_household(text.encode())
    found = judge(POLICY, asked, asked.on or NOW)

    assert (eligible, fen) == (found.eligible, found.allowance_fen)
