"""`yingbao assess`: a file in, an answer out."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Typed

ASKED = {
    "category": "RURAL",
    "on": "2024-06-03",
    "members": [
        {
            "id": "甲",
            "relation": "APPLICANT",
            "age": 40,
            "incomes": [{"kind": "WAGE", "fen": 25500}],
        },
        {"id": "乙", "relation": "SPOUSE", "age": 40, "status": "PRISON"},
    ],
}
KEYS = {"eligible", "allowance_fen", "reasons", "steps", "would_change", "policy"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A household of one who counts: 200 yuan lack to 455."""
    path = tmp_path / "household.json"
    path.write_text(json.dumps(ASKED), encoding="utf-8")
    return path


def answer(typed: Typed, *words: str, given: str | None = None) -> dict[str, Any]:
    """The JSON answer of a command that must succeed."""
    result = typed(Path("/nonexistent"), "assess", *words, "--json", given=given)
    assert (0, "") == (result.exit_code, result.stderr)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_answer_has_its_keys_and_every_reason_its_article(typed: Typed, file: Path) -> None:
    """No site is needed."""
    found = answer(typed, str(file))

    assert set(found) >= KEYS
    assert (True, 20_000) == (found["eligible"], found["allowance_fen"])
    assert all(one["code"] and one["article"] for one in found["reasons"] + found["steps"])
    assert "huaiyang/2024-01-01" == found["policy"]["standard.rural_month_fen"]["version"]


def test_the_day_of_the_command_goes_before_the_files(typed: Typed, file: Path) -> None:
    """440 yuan in 2023, 455 since."""
    assert 18_500 == answer(typed, str(file), "--on", "2023-06-03")["allowance_fen"]


def test_a_household_that_does_not_qualify_is_an_answer(typed: Typed) -> None:
    """Exit status 0, read from the standard input."""
    members = [{"id": "甲", "relation": "APPLICANT", "age": 40}]
    asked = {**ASKED, "members": members, "property_finding": "ABOVE"}
    found = answer(typed, "-", given=json.dumps(asked))

    assert (False, 0) == (found["eligible"], found["allowance_fen"])
    assert ["PROPERTY_ABOVE_LIMIT"] == [one["code"] for one in found["reasons"]]


def test_without_json_it_is_chinese(typed: Typed, file: Path) -> None:
    """The verdict, who counts, and every step with its article."""
    result = typed(Path("/nonexistent"), "assess", str(file))

    assert (0, "") == (result.exit_code, result.stderr)
    for said in ("符合低保条件，每月200.00元", "在监狱内服刑，不计入", "649号", "什么会改变结论"):
        assert said in result.stdout


def test_a_policy_file_of_ones_own_goes_before_the_built_in(
    typed: Typed, file: Path, tmp_path: Path
) -> None:
    """As a site's file would."""
    pack = tmp_path / "site.yaml"
    pack.write_text(
        "pack: site\ntitle: 某区\nparameters:\n  standard.rural_month_fen:\n"
        "    title: 农村低保标准（每人每月）\n    unit: fen_per_month\n    values:\n"
        "      - {from: 2024-05-01, value: 500元, citation: 某通知, certainty: P}\n",
        encoding="utf-8",
    )

    assert 24_500 == answer(typed, str(file), "--policy", str(pack))["allowance_fen"]


def test_a_townships_own_standard_holds_for_that_township(typed: Typed, tmp_path: Path) -> None:
    """Where the policy has one."""
    pack = tmp_path / "site.yaml"
    pack.write_text(
        "pack: site\ntitle: 某区\nparameters:\n  standard.rural_month_fen:\n"
        "    title: 农村低保标准（每人每月）\n    unit: fen_per_month\n    values:\n"
        "      - {from: 2024-05-01, value: 500元, citation: 某通知, certainty: P,\n"
        "         for: [411603101]}\n",
        encoding="utf-8",
    )
    found = [
        answer(typed, "-", "--policy", str(pack), given=json.dumps({**ASKED, "township": code}))
        for code in ("411603101", "411603102")
    ]

    assert [24_500, 20_000] == [one["allowance_fen"] for one in found]


def test_the_committee_and_the_farms_can_be_asked_for(typed: Typed, tmp_path: Path) -> None:
    """By the local codes under which packs know them; a value to the end of time is one, too."""
    pack = tmp_path / "site.yaml"
    pack.write_text(
        "pack: site\ntitle: 某区\nparameters:\n  standard.rural_month_fen:\n"
        "    title: 农村低保标准（每人每月）\n    unit: fen_per_month\n    values:\n"
        "      - {from: 2024-05-01, to: 9999-12-31, value: 500元, citation: 某通知,\n"
        "         certainty: P, for: [411603L01]}\n",
        encoding="utf-8",
    )
    asked = json.dumps({**ASKED, "township": "411603L01"})

    assert 24_500 == answer(typed, "-", "--policy", str(pack), given=asked)["allowance_fen"]


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        ("{", (), "BAD_INPUT"),
        (json.dumps({**ASKED, "colour": "red"}), (), "UNKNOWN_FIELD"),
        (json.dumps(ASKED), ("--on", "2024-6-3"), "BAD_DAY"),
        (json.dumps(ASKED), ("--on", "2010-01-01"), "POLICY_UNKNOWN"),
        (json.dumps(ASKED), ("--policy", "/nonexistent.yaml"), "FILE_UNREADABLE"),
    ],
)
def test_a_refusal_has_a_code_a_sentence_and_a_status(
    typed: Typed, content: str, words: tuple[str, ...], code: str
) -> None:
    """On the error output for people, and as JSON for programs."""
    result = typed(Path("/nonexistent"), "assess", "-", *words, "--json", given=content)
    told = json.loads(result.stdout)["refused"]

    assert (1, code) == (result.exit_code, told["code"])
    assert f"{told['sentence']}（{code}）\n" == result.stderr


def test_a_file_that_is_not_there_is_told(typed: Typed) -> None:
    """Not a traceback."""
    result = typed(Path("/nonexistent"), "assess", "/nonexistent.json")

    assert 1 == result.exit_code
    assert "FILE_UNREADABLE" in result.stderr
