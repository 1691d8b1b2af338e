"""A whole demo run at its most talkative: no household's personal data is written down plainly."""

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

import pytest

from tests.journeys.secrets import found_in, secrets_of
from tests.plays import HOUSEHOLDS, SEED, Play
from tests.processes import SERVICES


@dataclass(frozen=True)
class Run:
    """What a run said and left, and whom it was about."""

    home: Path
    said: str
    logged: str
    secrets: frozenset[str]


@pytest.fixture(scope="module")
def run(finished_play: Play, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The finished play, and its people drawn again from the seed."""
    secrets = frozenset(secrets_of(HOUSEHOLDS, SEED, tmp_path_factory.mktemp("sheets")))
    return Run(finished_play.home, finished_play.out, finished_play.err, secrets)


def test_there_are_secrets_to_look_for(run: Run) -> None:
    """The play of this seed has people, and their sheets hold what the logs must not."""
    assert len(run.secrets) > 5 * HOUSEHOLDS
    orders = b"".join(path.read_bytes() for path in (run.home / "bank").iterdir())
    assert [] != found_in(run.secrets, orders, "gb18030")


def test_nothing_personal_is_said_on_standard_output_or_error(run: Run) -> None:
    """Operational logging and the summary name counts, codes and townships."""
    assert [] == found_in(run.secrets, (run.said + run.logged).encode())


def test_the_operational_log_is_json_line_by_line(run: Run) -> None:
    """Whatever is logged at level debug can be read by a machine."""
    told = [line for line in run.logged.splitlines() if line.strip()]
    assert [] == [line for line in told if not isinstance(json.loads(line), dict)]


@pytest.mark.parametrize(
    ("service", "table"),
    [*((service, "fact") for service in SERVICES), ("reporting", "mirror_fact")],
)
def test_no_fact_says_anything_personal_in_plain(run: Run, service: str, table: str) -> None:
    """Personal parts are sealed from the first fact on, in the log and in its copy."""
    with closing(connect(f"file:{run.home / f'{service}.db'}?mode=ro", uri=True)) as conn:
        bodies = [bytes(row[0]) for row in conn.execute(f"SELECT body FROM {table}")]
    assert bodies
    assert [] == found_in(run.secrets, b"\n".join(bodies))


@pytest.mark.parametrize("service", SERVICES)
def test_no_database_holds_anything_personal_in_plain(run: Run, service: str) -> None:
    """As a thief would copy it: tables, indexes, answers of the doors, the write-ahead log."""
    copied = sorted(run.home.glob(f"{service}.db*"))
    assert copied
    assert [] == found_in(run.secrets, b"\n".join(path.read_bytes() for path in copied))


def test_what_the_run_leaves_beside_the_documents_names_nobody(run: Run) -> None:
    """Summary, signers' records, public keys, charter."""
    documents = {"sheets", "rosters", "bank"}
    files = [
        path
        for path in run.home.rglob("*")
        if path.is_file() and path.relative_to(run.home).parts[0] not in documents
    ]
    assert {"summary.json", "site.json"} <= {path.name for path in files}
    assert [] == [path for path in files if found_in(run.secrets, path.read_bytes())]
