"""Core, domain and log with nameko, eventlet, kombu and amqp not installed.

In processes of their own, where a hook finds these packages missing. Run again there are the tests
of what decides and of what is recorded: the log (but for the slow three, `test_verification`,
`test_integrator` and `test_ways_of_reading`, whose modules are imported all the same), the published facts, the door, the
followers with relay and wire, and the deciders of every house. The houses' tests on PostgreSQL are
left out, since a server knows nothing of our packages, and so are long plays at random and the
arithmetic of the assessment: those run in the ordinary way, and what they import is imported here
as well. Laws are tried with a few examples only.
"""

import os
import subprocess
import sys

import pytest

from tests.architecture.papers import ROOT

ABSENT = ("nameko", "eventlet", "kombu", "amqp")
HOOK = "tests.architecture.without_broker"
EDGE = ("services.runtime.processes", "shared.carrying.rabbit")
CALLERS = {"services.runtime.distributed"}
"""What reaches a distributed site from the terminal: it calls over RabbitMQ, so it needs the edge."""

CORE = {
    "log": [
        "tests/shared/log",
        "--ignore=tests/shared/log/test_verification.py",
        "--ignore=tests/shared/log/test_integrator.py",
        "--ignore=tests/shared/log/test_ways_of_reading.py",
    ],
    "doors": [
        "tests/shared/facts",
        "tests/shared/carrying",
        "--ignore=tests/shared/carrying/rabbit",  # the edge's own
        *(
            f"tests/shared/test_{name}.py"
            for name in ("authority", "door", "envelope", "follower", "sealing", "token")
        ),
    ],
    "domain": [
        "tests/gateway",
        "tests/review",
        "--ignore=tests/review/test_no_short_cut.py",
        "--ignore=tests/review/assessing",
        *(f"tests/payments/test_{name}.py" for name in ("batch", "drawing", "entitlement")),
        "tests/payments/test_roster.py",
        "tests/intake/test_application.py",
        "tests/intake/test_standing.py",
        "tests/reporting/test_freezing.py",
        "-k=not postgres",
    ],
}
IMPORT = """
import importlib, sys
missing = {}
for name in sys.stdin.read().split():
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing[name] = error.name.partition(".")[0]
print(sorted(missing), sorted(set(missing.values())))
"""


def run(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Python in this repository, in a process of its own."""
    command = [sys.executable, *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "YINGBAO_TESTS_PROFILE": "few"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False
    )


def modules() -> list[str]:
    """Every module of the project but the edge; migrations are run by alembic, not imported."""
    files = [
        path.relative_to(ROOT)
        for top in ("services", "shared")
        for path in (ROOT / top).rglob("*.py")
    ]
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    return sorted(
        name
        for name in names
        if not name.startswith(EDGE) and ".migrations" not in name and not name.endswith("__main__")
    )


def test_everything_but_the_edge_imports_without_the_broker_s_packages() -> None:
    """All of services and shared, one after the other; CALLERS alone miss something of the four."""
    script = f"import {HOOK}\n{IMPORT}"

    told = run("-c", script, given="\n".join(modules()))

    assert 0 == told.returncode, told.stderr
    names, missing = told.stdout.strip().split("] [")
    assert sorted(CALLERS) == names.strip("[]").replace("'", "").split(", ")
    assert set(missing.strip("[]").replace("'", "").split(", ")) <= set(ABSENT)


def test_the_command_line_helps_without_the_broker_s_packages() -> None:
    """Every command is named, with its help."""
    script = f"import {HOOK}; from services.cli.main import main; main(['--help'])"

    told = run("-c", script)

    assert (0, "") == (told.returncode, told.stderr)
    assert "  topology " in told.stdout


@pytest.mark.parametrize("room", CORE)
def test_the_core_passes_its_own_tests_without_the_broker_s_packages(room: str) -> None:
    """None fails, none is skipped, and there are many."""
    told = run("-m", "pytest", "-q", "-n", "0", "-p", HOOK, "-p", "no:cacheprovider", *CORE[room])

    last = told.stdout.strip().splitlines()[-1]
    assert 0 == told.returncode, told.stdout[-5_000:] + told.stderr
    assert int(last.split(" passed")[0]) > 100
    assert "skipped" not in last


@pytest.mark.parametrize("name", ABSENT)
def test_the_hook_makes_a_package_missing(name: str) -> None:
    """Else these tests would prove nothing: with it the import fails, without it it would not."""
    with_hook = run("-c", f"import {HOOK}, {name}")
    without = run("-c", f"import importlib.util as u, sys; sys.exit(u.find_spec('{name}') is None)")

    assert (1, 0) == (with_hook.returncode, without.returncode)
    assert f"No module named '{name}'" in with_hook.stderr
