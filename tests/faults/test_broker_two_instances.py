"""Two processes of each service: one relay and one signer lead, one follower applies; both answer."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from services.runtime.houses import NAMES
from tests.clusters import YINGBAO, Cluster
from tests.faults.broker_bench import Bench, Load
from tests.servers import PostgresServer, RabbitServer
from tests.servers.processes import wait_until

TASKS = ("yingbao.relay 411603/{} rabbitmq", "yingbao.integrator 411603/{}")
HOLDERS = (
    "SELECT client_port FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE locktype = 'advisory' AND granted AND datname = current_database() "
    "AND (classid::bigint << 32) | objid::bigint = hashtextextended('{}', 0)"
)
FOUR = 4
FOLLOWERS = ("intake", "review", "payments", "reporting")


@pytest.fixture(scope="module")
def bench(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
) -> Iterator[Bench]:
    """Databases emptied, migrated by four processes at once; four gateways, two of the others."""
    postgres_server.start()
    rabbit_server.start()
    folder = tmp_path_factory.mktemp("pairs")
    with Cluster(folder, postgres_server, rabbit_server) as cluster:
        _empty(cluster)
        assert [0] * FOUR == _migrate_at_once(cluster)
        for _ in range(FOUR):
            cluster.start(["gateway"])
        for _ in range(2):
            cluster.start([name for name in NAMES if name != "gateway"])
        cluster.wait_ready()
        with cluster.site() as site:
            bench = Bench(cluster, site)
            bench.open()
            yield bench


def test_four_that_start_at_once_on_empty_databases_live_and_serve(bench: Bench) -> None:
    """Migrated four times at once; none of the processes has ended, and commands are done."""
    assert {name: FOUR if name == "gateway" else 2 for name in NAMES} == {
        name: len(pids) for name, pids in bench.alive().items()
    }
    bench.accept_household()
    bench.assert_whole()


def test_of_several_instances_one_relay_and_one_signer_lead(bench: Bench) -> None:
    """Each holds its advisory lock for as long as it lives, and nobody else gets it."""
    for name in NAMES:
        for task in TASKS:
            assert len(_leaders(bench.cluster, name, task)) == 1


def test_when_leaders_and_active_consumers_die_the_others_take_over(bench: Bench) -> None:
    """Killed under load: who leads the relay, then of the rest all but one, which does it alone."""
    with Load(bench) as load:
        for name in NAMES:
            [leader] = _leaders(bench.cluster, name, TASKS[0])
            _kill(bench.cluster, name, leader)
        bench.accept_household()
        for name in NAMES:
            while len(instances := bench.cluster.instances(name)) > 1:
                _kill(bench.cluster, name, instances[0])
        position = bench.append()
        for follower in FOLLOWERS:
            bench.wait_followed(follower, "gateway", position)
        for name in NAMES:
            assert bench.cluster.instances(name) == _leaders(bench.cluster, name, TASKS[0])
    load.assert_once()
    assert [0] * len(NAMES) == bench.cluster.end(NAMES)
    bench.cluster.start()
    bench.cluster.wait_ready()
    bench.remember_processes()
    bench.assert_whole()


def _leaders(cluster: Cluster, name: str, task: str) -> list[subprocess.Popen[bytes]]:
    """Which processes hold this task's lock, by the ports of their connections."""
    held: list[subprocess.Popen[bytes]] = []

    def somebody() -> bool:
        ports = {port for (port,) in cluster.query(name, HOLDERS.format(task.format(name)))}
        server = cluster.postgres.port
        held[:] = [one for one in cluster.instances(name) if ports & _ports_of(one.pid, server)]
        return bool(held)

    wait_until(somebody, f"somebody leads {task} of {name}")
    return held


def _ports_of(pid: int, server: int) -> set[int]:
    """The local ports of a process's connections to this server; to others they may be the same."""
    links: set[str] = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            links.add(str(link.readlink()))
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {
        int(one[1].partition(":")[2], 16)
        for one in lines
        if f"socket:[{one[9]}]" in links and int(one[2].partition(":")[2], 16) == server
    }


def _kill(cluster: Cluster, name: str, process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    cluster.instances(name).remove(process)


def _empty(cluster: Cluster) -> None:
    """As before the site was founded, with its folder and keys."""
    for service, database in cluster.databases.items():
        cluster.postgres.drop_database(database)
        cluster.postgres.run(f"CREATE DATABASE {database} OWNER {service}_owner")


def _migrate_at_once(cluster: Cluster) -> list[int]:
    running = [
        subprocess.Popen([YINGBAO, "migrate"], env=cluster.environment(), stdout=subprocess.DEVNULL)
        for _ in range(FOUR)
    ]
    return [process.wait(300) for process in running]
