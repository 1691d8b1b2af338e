"""`yingbao import`: a township's sheet as its officer keeps it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from services.runtime.home import Home
from services.runtime.tokens import issue_token
from shared.clock import FileClock
from tests.cli.conftest import Typed
from tests.cli.sheets import bomb, family, person, sheet, with_rows
from tests.processes import facts_by_name, facts_count
from tests.sites import TrialSite

TOWNSHIP = "411603101"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A founded site that nobody runs."""
    TrialSite(tmp_path / "site").close()
    yield tmp_path / "site"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the officer keeps the sheet."""
    return tmp_path / "花名册.xlsx"


def test_a_good_sheet_becomes_applications_with_their_lists(
    home: Path, file: Path, typed: Typed
) -> None:
    """Each household applies and is told once what a sheet can't carry; no marked copy is made."""
    file.write_bytes(sheet(family(1), family(2)))
    report = _imported(home, file, typed)
    assert (2, 0, [], None) == (
        report["applications"], report["rows_bad"], report["problems"], report["marked"],
    )  # fmt: skip
    named = facts_by_name(home)
    assert 2 == named["intake", "intake.application_submitted"]
    assert 2 == named["intake", "intake.supplement_requested"]
    assert 0 == typed(home, "verify").exit_code
    assert 0 == typed(home, "follow", "status").exit_code


def test_a_bad_row_is_reported_and_marked_while_the_good_go_on(
    home: Path, file: Path, typed: Typed
) -> None:
    """Row, column and reason in Chinese; the marked-up copy lies beside the file, for its owner."""
    file.write_bytes(sheet(family(1), family(2, right=False), family(3)))
    told = typed(home, "import", str(file), "--township", TOWNSHIP)
    assert (0, "") == (told.exit_code, told.stderr)
    assert "申请 2 户" in told.stdout
    assert "身份证号码" in told.stdout
    copy = file.with_name("花名册-导入结果.xlsx")
    assert 0o600 == copy.stat().st_mode & 0o777
    marked = load_workbook(copy).worksheets[0]
    assert person(10) in [str(cell.value) for row in marked.rows for cell in row]
    problems = _imported(home, file, typed)["problems"]
    assert [(5, "HOUSEHOLD_HAS_BAD_ROW"), (6, "ID_CHECK_DIGIT")] == [
        (problem["row"], problem["code"]) for problem in problems
    ]


@pytest.mark.parametrize("officer", ["411603101-1", "411603101-2"])
def test_the_same_file_twice_adds_nothing(
    officer: str, home: Path, file: Path, typed: Typed
) -> None:
    """Neither by the same officer nor by another: no application, no list, no refusal."""
    file.write_bytes(sheet(family(1), family(2, right=False), family(3)))
    first = _imported(home, file, typed)
    before = facts_count(home)
    again = _imported(home, file, typed, "--token", issue_token(Home(home), officer, None, 30))
    assert (2, 0) == (first["applications"], first["already"])
    assert (0, 2, []) == (again["applications"], again["already"], again["refused"])
    assert before == facts_count(home)


def test_what_was_mended_is_taken_in_the_second_time(home: Path, file: Path, typed: Typed) -> None:
    """The household whose row was bad; the others stay as they are."""
    file.write_bytes(sheet(family(1), family(2, right=False)))
    assert 1 == _imported(home, file, typed)["applications"]
    file.write_bytes(sheet(family(1), family(2)))
    again = _imported(home, file, typed)
    assert (1, 1) == (again["applications"], again["already"])
    assert 2 == facts_by_name(home)["intake", "intake.application_submitted"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "NOT_A_SPREADSHEET"),
        (b"", "NOT_A_SPREADSHEET"),
        (bomb(), "SHEET_TOO_LARGE"),
        (with_rows(200_000), "SHEET_TOO_MANY_ROWS"),
    ],
    ids=["a renamed PDF", "an empty file", "a bomb", "200000 rows"],
)
def test_a_file_that_is_no_sheet_is_refused_as_a_whole_with_one_sentence(
    content: bytes, code: str, home: Path, file: Path, typed: Typed
) -> None:
    """Exit status 1, no traceback, nothing in any log."""
    before = facts_count(home)
    file.write_bytes(content)
    told = typed(home, "import", str(file), "--township", TOWNSHIP)
    assert (1, "") == (told.exit_code, told.stdout)
    assert [code] == [line.rpartition("（")[2].rstrip("）") for line in told.stderr.splitlines()]
    assert before == facts_count(home)


def test_a_township_without_officers_takes_nothing_in(home: Path, file: Path, typed: Typed) -> None:
    """A code that nobody serves is most likely a typing error."""
    file.write_bytes(sheet(family(1)))
    told = typed(home, "import", str(file), "--township", "411603999")
    assert (1, "") == (told.exit_code, told.stdout)
    assert "NO_CASE_OFFICER" in told.stderr


def test_a_forged_token_takes_nothing_in(home: Path, file: Path, typed: Typed) -> None:
    """The door is the same as for a single application."""
    file.write_bytes(sheet(family(1)))
    told = typed(home, "import", str(file), "--township", TOWNSHIP, "--token", "a.b.c")
    assert (1, "") == (told.exit_code, told.stdout)
    assert "UNAUTHENTICATED" in told.stderr


def test_where_no_site_is_the_sentence_says_how_to_found_one(
    tmp_path: Path, file: Path, typed: Typed
) -> None:
    """Nothing is founded behind the operator's back: a typing error in YINGBAO_HOME would be one.

    A site needs an administrator and officers before anybody may take an application in.
    """
    file.write_bytes(sheet(family(1)))
    for folder in (tmp_path / "nowhere", tmp_path / "empty"):
        if folder.name == "empty":
            folder.mkdir()
        told = typed(folder, "import", str(file), "--township", TOWNSHIP)
        assert (1, "") == (told.exit_code, told.stdout)
        assert 1 == len(told.stderr.splitlines())
        assert f"{folder} 中没有站点。请先运行 yingbao init" in told.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_refused_household_stays_refused_whoever_brings_it_until_asked_again(
    home: Path, file: Path, typed: Typed
) -> None:
    """Each officer's first try is recorded, no repetition is; --retry asks anew."""
    undated = [(*row[:-1], None) for row in family(1)]
    file.write_bytes(sheet(undated))
    _imported(home, file, typed)
    file.write_bytes(sheet([(*row[:7], 200, *row[8:]) for row in undated]))
    for officer in ("1", "2"):
        counts = []
        for _ in range(3):
            _next_day(home)
            token = issue_token(Home(home), f"{TOWNSHIP}-{officer}", None, 60)
            told = typed(home, "import", str(file), "--township", TOWNSHIP, "--json",
                         "--token", token)  # fmt: skip
            assert 1 == told.exit_code
            assert ["ALREADY_APPLIED"] == [r["code"] for r in json.loads(told.stdout)["refused"]]
            counts.append(facts_count(home))
        assert [counts[0]] * 3 == counts
    before = facts_count(home)
    typed(home, "import", str(file), "--township", TOWNSHIP, "--retry")
    assert before + 1 == facts_count(home)


def test_a_device_without_end_is_refused_without_being_read_whole(home: Path, typed: Typed) -> None:
    """It says of itself that it is empty."""
    before = facts_count(home)
    told = typed(home, "import", "/dev/zero", "--township", TOWNSHIP)
    assert 0 != told.exit_code
    assert before == facts_count(home)


def test_the_officers_own_sheet_is_never_written_over(home: Path, file: Path, typed: Typed) -> None:
    """Not even when asked; nothing is taken in."""
    file.write_bytes(sheet(family(1), family(2, right=False)))
    before, content = facts_count(home), file.read_bytes()
    told = typed(home, "import", str(file), "--township", TOWNSHIP, "--marked", str(file))
    assert 2 == told.exit_code
    assert (before, content) == (facts_count(home), file.read_bytes())


def test_a_copy_that_cannot_be_written_loses_no_report(
    home: Path, file: Path, typed: Typed
) -> None:
    """The households are taken in; the problems are printed all the same."""
    file.write_bytes(sheet(family(1), family(2, right=False)))
    told = typed(home, "import", str(file), "--township", TOWNSHIP, "--marked",
                 "/proc/no/such/copy.xlsx")  # fmt: skip
    assert 0 == told.exit_code
    assert "身份证号码" in told.stdout
    assert "无法写入标注后的表格" in told.stderr


def _next_day(home: Path) -> None:
    clock = FileClock(Home(home).clock_file)
    clock.set(clock.now() + timedelta(days=1))


def _imported(home: Path, file: Path, typed: Typed, *words: str) -> dict[str, Any]:
    told = typed(home, "import", str(file), "--township", TOWNSHIP, "--json", *words)
    assert (0, "") == (told.exit_code, told.stderr)
    report: dict[str, Any] = json.loads(told.stdout)
    return report
