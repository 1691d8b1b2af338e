"""`yingbao verify` finds what the owner of a database did to a log, and where it began."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from services.runtime.embedded import open_site
from tests.cli import tampering
from tests.cli.conftest import Typed
from tests.plays import Play
from tests.processes import SERVICES

FACT = "payments.entitlement_opened"
Tamper = Callable[[Path, int], None]
WAYS: dict[str, tuple[Tamper, str]] = {
    "a body is edited": (tampering.edit_body, "body_edited"),
    "a column is edited": (tampering.edit_column, "column_edited"),
    "two facts are swapped": (tampering.swap, "swapped"),
}


def test_an_untouched_site_holds(finished_play: Play, typed: Typed) -> None:
    """Exit status 0, every log named as sound with its root."""
    told = typed(finished_play.home, "verify")
    assert told.exit_code == 0, told.output
    for service in SERVICES:
        assert f"完好  411603/{service}" in told.stdout
    reports = json.loads(typed(finished_play.home, "verify", "--json").stdout)
    assert [(f"411603/{s}", True, 0, []) for s in SERVICES] == [
        (r["log"], r["ok"], r["unsigned"], r["findings"]) for r in reports
    ]
    summary = json.loads((finished_play.home / "summary.json").read_text("utf-8"))
    assert summary["roots"] == {r["log"]: r["root"] for r in reports}


@pytest.mark.parametrize("way", WAYS)
def test_the_first_wrong_position_and_the_kind_of_wrong_are_named(
    way: str, copied_play: Callable[[], Path], typed: Typed
) -> None:
    """Exit status 1; the text says where and what, and so does the JSON."""
    home = copied_play()
    tamper, kind = WAYS[way]
    position = tampering.position_of(home, "payments", FACT)
    tamper(home, position)
    first = _first_finding(home, typed)
    assert (position, kind) == (first["position"], first["kind"])


def test_a_deleted_last_fact_is_missed_at_its_place(
    copied_play: Callable[[], Path], typed: Typed
) -> None:
    """The checkpoint says how many there were."""
    home = copied_play()
    last = tampering.size_of(home, "payments") - 1
    tampering.delete_last(home)
    first = _first_finding(home, typed)
    assert (last, "truncated") == (first["position"], first["kind"])


@pytest.mark.parametrize(
    ("with_true_key", "with_record"),
    [(False, False), (True, False), (True, True)],
    ids=["with another key", "with the true key", "with the true key and the signer's record"],
)
def test_a_whole_log_rebuilt_is_found(
    with_true_key: bool, with_record: bool, copied_play: Callable[[], Path], typed: Typed
) -> None:
    """By the key, by the signer's own record, and by the copy in another department's house."""
    home = copied_play()
    position = tampering.position_of(home, "payments", FACT)
    tampering.rebuild(home, position, with_true_key=with_true_key, with_record=with_record)
    first = _first_finding(home, typed)
    assert (position, "rebuilt") == (first["position"], first["kind"])


def test_a_checkpoint_kept_elsewhere_contradicts_a_rebuilt_log(
    copied_play: Callable[[], Path], typed: Typed, tmp_path: Path
) -> None:
    """Where even key, signer's record and copy are gone, the paper in the drawer tells."""
    home = copied_play()
    kept = tmp_path / "kept.txt"
    kept.write_text(_newest_note(home, "payments"), "utf-8")
    position = tampering.position_of(home, "payments", FACT)
    tampering.rebuild(home, position, with_true_key=True, with_record=True)
    with tampering.owned(home, "reporting") as conn:
        for table in ("fact", "person", "frontier", "checkpoint"):
            conn.execute(f"DELETE FROM mirror_{table} WHERE log = '411603/payments'")
        conn.execute("DELETE FROM follow_cursor WHERE log = '411603/payments'")
    assert typed(home, "verify", "--log", "payments").exit_code == 0
    told = typed(home, "verify", "--log", "payments", "--checkpoint", str(kept))
    assert told.exit_code == 1
    assert "交来的检查点" in told.stdout
    assert "[rebuilt]" in told.stdout


def test_an_older_checkpoint_of_the_same_log_is_extended(
    finished_play: Play, typed: Typed, tmp_path: Path
) -> None:
    """What was signed earlier and kept elsewhere still holds, for every log at once."""
    words: list[str] = []
    for service in SERVICES:
        kept = tmp_path / f"{service}.txt"
        kept.write_text(_oldest_note(finished_play.home, service), "utf-8")
        words += ["--checkpoint", str(kept)]
    told = typed(finished_play.home, "verify", *words)
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    ("content", "said"),
    [("not a note", "检查点文件无法读取"), ("", "检查点文件无法读取")],
)
def test_a_file_that_is_no_checkpoint_is_refused_with_one_sentence(
    content: str, said: str, finished_play: Play, typed: Typed, tmp_path: Path
) -> None:
    """No traceback."""
    (tmp_path / "kept.txt").write_text(content, "utf-8")
    told = typed(finished_play.home, "verify", "--checkpoint", str(tmp_path / "kept.txt"))
    assert told.exit_code == 1
    assert said in told.stderr
    assert told.stdout == ""


def test_books_of_a_whole_month_say_what_their_logs_say(finished_play: Play, typed: Typed) -> None:
    """Every table that a door decides by follows from facts."""
    told = typed(finished_play.home, "verify", "--books")
    assert told.exit_code == 0, told.output


def test_a_roster_line_edited_beside_its_log_is_seen(
    copied_play: Callable[[], Path], typed: Typed
) -> None:
    """The logs hold; the books don't."""
    home = copied_play()
    with closing(connect(home / "payments.db")) as owner:
        owner.execute("UPDATE roster_line SET amount_fen = amount_fen + 100")
        owner.commit()
    assert 0 == typed(home, "verify").exit_code
    told = typed(home, "verify", "--books", "--json")
    assert 1 == told.exit_code
    found = {r["log"]: [f["kind"] for f in r["findings"]] for r in json.loads(told.stdout)}
    assert {"411603/payments": ["books_differ"]} == {log: k for log, k in found.items() if k}


def test_readers_are_welcome_while_another_process_writes(
    copied_play: Callable[[], Path], typed: Typed
) -> None:
    """verify, log and follow status take no lock."""
    home = copied_play()
    with open_site(home):
        for words in (("verify",), ("log", "--limit", "3"), ("follow", "status")):
            told = typed(home, *words)
            assert (0, "") == (told.exit_code, told.stderr), words
        refused = typed(home, "migrate")
        assert refused.exit_code == 1
        assert "正由另一进程" in refused.stderr


def _findings(home: Path, typed: Typed) -> list[dict[str, Any]]:
    told = typed(home, "verify", "--json")
    assert told.exit_code == 1
    reports = {report["log"]: report for report in json.loads(told.stdout)}
    assert ["411603/payments"] == [name for name, report in reports.items() if not report["ok"]]
    findings: list[dict[str, Any]] = reports["411603/payments"]["findings"]
    return findings


def _first_finding(home: Path, typed: Typed) -> dict[str, Any]:
    first = _findings(home, typed)[0]
    text = typed(home, "verify")
    assert text.exit_code == 1
    assert "有误  411603/payments" in text.stdout
    assert f"位置 {first['position']}：" in text.stdout
    assert f"[{first['kind']}]" in text.stdout
    return first


def _newest_note(home: Path, service: str) -> str:
    return _note(home, service, "DESC")


def _oldest_note(home: Path, service: str) -> str:
    return _note(home, service, "ASC")


def _note(home: Path, service: str, order: str) -> str:
    query = f"SELECT note FROM checkpoint ORDER BY size {order} LIMIT 1"
    with closing(connect(f"file:{home / f'{service}.db'}?mode=ro", uri=True)) as conn:
        return str(conn.execute(query).fetchone()[0])
