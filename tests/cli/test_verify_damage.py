"""`yingbao verify` answers whatever was done to a site's files: a sentence, never a traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli import tampering
from tests.cli.conftest import Typed
from tests.processes import SERVICES

Copied = Callable[[], Path]
PAYMENTS = "411603/payments"


def reports(home: Path, typed: Typed) -> dict[str, dict[str, Any]]:
    """By log; every log is reported, and the text says the same."""
    told = typed(home, "verify", "--json")
    assert told.exit_code == 1, told.output
    found = {report["log"]: report for report in json.loads(told.stdout)}
    assert [f"411603/{service}" for service in SERVICES] == list(found)
    text = typed(home, "verify")
    assert text.exit_code == 1
    for report in found.values():
        assert f"{'完好' if report['ok'] else '有误'}  {report['log']}" in text.stdout
        assert all(f["sentence"] in text.stdout for f in report["findings"] if _plain(f))
    return found


def _plain(finding: dict[str, Any]) -> bool:
    return str(finding["sentence"]).isprintable()


def wrong(found: dict[str, dict[str, Any]]) -> list[str]:
    return [log for log, report in found.items() if not report["ok"]]


def first(found: dict[str, dict[str, Any]]) -> tuple[int | None, str]:
    finding = found[PAYMENTS]["findings"][0]
    return finding["position"], finding["kind"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "DELETE FROM mirror_fact WHERE log = '411603/payments' AND position = 9",
            (9, "record_missing"),
        ),
        ("DELETE FROM mirror_fact WHERE log = '411603/payments'", (0, "record_missing")),
        (
            "UPDATE mirror_fact SET officer = 'o-nobody' "
            "WHERE log = '411603/payments' AND position = 9",
            (9, "record_column_edited"),
        ),
        (
            "UPDATE mirror_fact SET body = 4611686018427387904 "
            "WHERE log = '411603/payments' AND position = 9",
            (9, "record_edited"),
        ),
        (
            "UPDATE mirror_person SET person = CAST(x'ff' || person AS TEXT) WHERE (log, position) = "
            "(SELECT log, max(position) FROM mirror_person WHERE log = '411603/payments')",
            None,
        ),
    ],
)
def test_a_record_that_was_silenced_is_named_by_log_and_position(
    statement: str, expected: tuple[int, str] | None, copied_play: Copied, typed: Typed
) -> None:
    """What `yingbao log` reads is what the log says, or it is said where not."""
    home = copied_play()
    with tampering.owned(home, "reporting") as conn:
        assert conn.execute(statement).rowcount > 0
    found = reports(home, typed)
    assert [PAYMENTS] == wrong(found)
    if expected is None:
        assert "record_person_index_edited" == first(found)[1]
    else:
        assert expected == first(found)
    assert any("mirror_fact 缺少只增触发器" in w for w in found["411603/reporting"]["warnings"])


def test_text_that_no_output_can_take_is_printed_all_the_same(
    copied_play: Copied, typed: Typed
) -> None:
    """Bytes in a stream's name, an output that takes ASCII only, JSON that stays JSON."""
    home = copied_play()
    with tampering.owned(home, "payments") as conn:
        update = "UPDATE fact SET stream = CAST(x'ff' AS TEXT), version = 7 WHERE position = 9"
        conn.execute(update)
    assert (9, "column_edited") == first(reports(home, typed))
    for encoding in ("ascii", "utf-8", "gb18030"):
        for words in ([], ["--json"]):
            said = subprocess.run(
                [sys.executable, "-c", "from services.cli import main; main()", "verify", *words],
                env={"YINGBAO_HOME": str(home), "PYTHONIOENCODING": encoding},
                capture_output=True,
                check=False,
            )
            assert (1, b"") == (said.returncode, said.stderr)
            if words:
                assert len(SERVICES) == len(json.loads(said.stdout.decode(encoding)))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not a key", b"a+00000000+AAAA"])
def test_a_damaged_key_is_its_own_logs_trouble(
    content: bytes, copied_play: Copied, typed: Typed
) -> None:
    """The other logs are reported as ever."""
    home = copied_play()
    (home / "public" / "payments.vkey").write_bytes(content)
    found = reports(home, typed)
    assert [PAYMENTS] == wrong(found)
    assert "公钥文件读不懂" in found[PAYMENTS]["findings"][0]["sentence"]


@pytest.mark.parametrize("content", [b"", b"\xff" * 100_000])
def test_a_damaged_database_is_its_own_logs_trouble(
    content: bytes, copied_play: Copied, typed: Typed
) -> None:
    """The other logs are reported as ever."""
    home = copied_play()
    (home / "payments.db").write_bytes(content)
    found = reports(home, typed)
    assert [PAYMENTS] == wrong(found)
    assert (None, "unreadable") == first(found)


def test_a_record_that_is_gone_is_told_with_each_log(copied_play: Copied, typed: Typed) -> None:
    """And the logs themselves are verified all the same."""
    home = copied_play()
    (home / "reporting.db").write_bytes(b"\xff" * 100_000)
    found = reports(home, typed)
    assert len(SERVICES) == len(wrong(found))
    assert (None, "unreadable") == first(found)
    assert found[PAYMENTS]["size"] > 0


@pytest.mark.parametrize("value", ["'abc'", "x'ff'", "NULL", "1e300"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("fact", "position"), ("fact", "version"), ("checkpoint", "size")],
)
def test_rows_that_nobody_has_foreseen_are_its_own_logs_trouble(
    table: str, column: str, value: str, copied_play: Copied, typed: Typed
) -> None:
    """A table made anew, without types, may hold anything."""
    home = copied_play()
    with tampering.owned(home, "payments") as conn:
        conn.execute(f"ALTER TABLE {table} RENAME TO gone")
        conn.execute(f"CREATE TABLE {table} AS SELECT * FROM gone")
        largest = f"(SELECT max({column}) FROM gone)"
        update = f"UPDATE {table} SET {column} = {value} WHERE {column} = {largest}"
        assert conn.execute(update).rowcount > 0
    assert [PAYMENTS] == wrong(reports(home, typed))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"code": 7, "trial": true}', b"[" * 100_000,
     b'{"code": "411603", "trial": true, "clock": "sundial"}'],
)  # fmt: skip
def test_a_damaged_charter_is_one_sentence(
    content: bytes, copied_play: Copied, typed: Typed
) -> None:
    """Nothing is known of the site then."""
    home = copied_play()
    (home / "site.json").write_bytes(content)
    for words in (("verify",), ("log",), ("follow", "status")):
        told = typed(home, *words)
        assert (1, "") == (told.exit_code, told.stdout)
        assert "site.json 读不懂" in told.stderr
        assert 1 == len(told.stderr.splitlines())


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 5_000_000, "应".encode() * 700_000])
def test_a_file_that_is_no_text_is_no_checkpoint(
    content: bytes, copied_play: Copied, typed: Typed, tmp_path: Path
) -> None:
    """However large."""
    kept = tmp_path / "kept.txt"
    kept.write_bytes(content)
    told = typed(copied_play(), "verify", "--checkpoint", str(kept))
    assert (1, "") == (told.exit_code, told.stdout)
    assert "检查点文件无法读取" in told.stderr
    assert 1 == len(told.stderr.splitlines())


def test_a_body_in_the_record_that_is_no_fact_ends_the_timeline_with_a_sentence(
    copied_play: Copied, typed: Typed
) -> None:
    """Whoever reads on is told where to look."""
    home = copied_play()
    with tampering.owned(home, "reporting") as conn:
        conn.execute("UPDATE mirror_fact SET body = 4611686018427387904 WHERE position = 9")
    told = typed(home, "log")
    assert told.exit_code == 1
    assert "请运行 yingbao verify" in told.stderr
