"""Several services at one terminal: told together, ended together."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import finished, yingbao

SUPERVISED = """
import subprocess, sys
from services.runtime.supervising import supervise
works = {name: code for name, _, code in (word.partition("=") for word in sys.argv[1:])}
words = (sys.executable, "-c")
sys.exit(supervise(list(works), lambda name: subprocess.Popen([*words, works[name]])))
"""
LISTENS = """
import os, signal, sys
def told(*_):
    os.write(1, b"told\\n")
    sys.exit({status})
signal.signal(signal.SIGTERM, told)
os.write(1, b"here\\n")
signal.pause()
"""
ENDS = "import os; os.write(1, b'here\\n'); input(); raise SystemExit({status})"


def supervised(*codes: str) -> subprocess.Popen[str]:
    """A supervisor with a child for each piece of code, all of which have said `here`."""
    works = [f"{number}={code}" for number, code in enumerate(codes)]
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, *works],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert ["here\n"] * len(codes) == [process.stdout.readline() for _ in codes]
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_passed_on_to_every_service(number: signal.Signals) -> None:
    """Whatever ends the supervisor, each child is told by SIGTERM, once, and all is well."""
    process = supervised(LISTENS.format(status=0), LISTENS.format(status=0))
    process.send_signal(number)

    ended = finished(process)

    assert (0, "told\ntold\n", "") == (ended.returncode, ended.stdout, ended.stderr)


def test_a_service_that_ends_badly_when_told_is_not_hidden() -> None:
    """The exit status says so."""
    process = supervised(LISTENS.format(status=0), LISTENS.format(status=3))
    process.send_signal(signal.SIGTERM)

    assert 1 == finished(process).returncode


@pytest.mark.parametrize("status", [0, 3])
def test_all_end_when_one_ends_by_itself(status: int) -> None:
    """Nobody told it to: however it ended, the others are told and the exit status is 1."""
    process = supervised(LISTENS.format(status=0), ENDS.format(status=status))

    ended = finished(process, "go\n")

    assert (1, "told\n") == (ended.returncode, ended.stdout)


def test_services_that_cannot_start_end_the_command(tmp_path: Path) -> None:
    """The real children: without a site each says why, and the whole ends with status 1."""
    ended = yingbao(tmp_path / "none", "run", "review", "intake", YINGBAO_MODE="distributed")

    assert 1 == ended.returncode
    assert "没有站点" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("mode", "words", "told"),
    [
        ("embedded", ("review",), "yingbao run --all"),
        ("embedded", ("--all", "review"), "yingbao run --all"),
        ("distributed", ("--all",), "yingbao run gateway intake review payments reporting"),
        ("distributed", (), "yingbao run gateway intake review payments reporting"),
        ("distributed", ("--all", "review"), "yingbao run gateway"),
        ("distributed", ("elsewhere",), "elsewhere"),
    ],
)
def test_words_of_the_other_mode_are_explained(
    tmp_path: Path, mode: str, words: tuple[str, ...], told: str
) -> None:
    """Exit status 2 and the words that fit; nothing is started."""
    ended = yingbao(tmp_path, "run", *words, YINGBAO_MODE=mode)

    assert (2, "") == (ended.returncode, ended.stdout)
    assert told in ended.stderr
