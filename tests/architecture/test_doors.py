"""The doors of the repository: listed, locked, and free of any one site's addresses."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def test_make_help_lists_every_door() -> None:
    """A target that make help doesn't name is either internal or forgotten: only one is internal."""
    makefile = (ROOT / "Makefile").read_text()
    [phony] = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = {line.split()[1] for line in told.stdout.splitlines()}

    assert set(phony.split()) - {"servers"} == listed


def test_the_build_server_checks_what_a_person_checks() -> None:
    """.ci/run can be run and goes through make check, not through a list of its own."""
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o111 == 0o111
    assert (
        script.read_text().splitlines()[-1].endswith("make --no-print-directory check </dev/null")
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    """A site installs the very same bytes from whatever mirror it trusts."""
    text = lock.read_text()
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]

    assert entries
    assert bare == []
    assert re.findall(r"\w+://|--\S*(?:index|find-links|trusted-host)\S*", text) == []


def test_what_runs_is_locked_the_same_for_work_and_for_tests() -> None:
    """The versions that the tests saw are the versions that a site gets."""
    base, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("base.txt", "dev.txt")
    )

    assert base - dev == set()
