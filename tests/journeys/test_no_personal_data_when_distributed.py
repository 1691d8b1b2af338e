"""A month on servers at its most talkative: no household's personal data lies anywhere in plain."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest

from services.runtime.houses import NAMES
from tests.clusters import Cluster
from tests.journeys.secrets import found_in, secrets_of
from tests.servers import PostgresServer, RabbitServer

HOUSEHOLDS, SEED = 10, 262


@dataclass(frozen=True)
class Run:
    """What was said, by whom, and what the databases and the broker's files hold."""

    secrets: frozenset[str]
    said: dict[str, str]
    tables: dict[str, bytes]
    broker: bytes
    documents: bytes


@pytest.fixture(scope="module")
def run(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
) -> Iterator[Run]:
    """A month is played; then everything that it left is read as a thief would."""
    folder = tmp_path_factory.mktemp("talkative")
    with Cluster(folder, postgres_server, rabbit_server, YINGBAO_LOG_LEVEL="debug") as cluster:
        cluster.start()
        cluster.wait_ready()
        played = cluster.yingbao(
            "demo", "--distributed", "--households", str(HOUSEHOLDS), "--seed", str(SEED)
        )
        cluster.end(NAMES)
        said = {name: cluster.logged(name) for name in NAMES} | {
            "demo": played.stdout + played.stderr
        }
        yield Run(
            frozenset(secrets_of(HOUSEHOLDS, SEED, tmp_path_factory.mktemp("sheets"))),
            said,
            {name: _copied(cluster, name) for name in NAMES},
            _files(rabbit_server.broker.data),
            _files(cluster.path / "bank"),
        )


def _copied(cluster: Cluster, service: str) -> bytes:
    """Every table of a service, its bytes as they are."""
    copy = BytesIO()
    names = cluster.query(service, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    connection = psycopg2.connect(cluster.postgres.dsn(cluster.databases[service]))
    with connection.cursor() as cursor:
        for (name,) in names:
            cursor.copy_expert(f'COPY "{name}" TO STDOUT (FORMAT binary)', copy)
    connection.close()
    return copy.getvalue()


def _files(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_there_was_something_to_find(run: Run) -> None:
    """The bank's files hold what the rest must not; tables and broker hold facts."""
    assert len(run.secrets) > 5 * HOUSEHOLDS
    assert [] != found_in(run.secrets, run.documents, "gb18030")
    assert b"review.eligibility_confirmed" in run.tables["review"]
    assert b"eligibility_confirmed" in run.broker


@pytest.mark.parametrize("who", [*NAMES, "demo"])
def test_nobody_says_anything_personal(run: Run, who: str) -> None:
    """At level debug, in JSON, line by line."""
    assert [] == found_in(run.secrets, run.said[who].encode())
    if who != "demo":
        assert [] == [
            line for line in run.said[who].splitlines() if not isinstance(json.loads(line), dict)
        ]


@pytest.mark.parametrize("service", NAMES)
def test_no_table_holds_anything_personal_in_plain(run: Run, service: str) -> None:
    """Facts, rows, answers of the doors, keys."""
    assert [] == found_in(run.secrets, run.tables[service])


def test_the_broker_never_held_anything_personal_in_plain(run: Run) -> None:
    """Its queues, its journal: facts travel sealed, their keys wrapped. Calls are not kept."""
    assert [] == found_in(run.secrets, run.broker)
