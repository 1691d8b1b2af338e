"""Work that takes longer than a heartbeat, and the end of a process amid its work."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shared.answer import Answer
from tests.clusters import YINGBAO, Cluster
from tests.faults.broker_bench import Bench, Load
from tests.servers import PostgresServer, RabbitServer

HOUSES = ("gateway", "intake")
END_SECONDS_MAX = 10  # the issue's own


class SlowCluster(Cluster):
    """Gateway and intake compute long where a title asks for it; a heartbeat of two seconds."""

    def _run(self, name: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.faults.slow_house", name]
        environment = self.environment() | {"YINGBAO_LOG_LEVEL": "info"}
        with (self.path.parent / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *words],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
) -> Iterator[Bench]:
    """Gateway and intake, and an administrator."""
    postgres_server.start()
    rabbit_server.start()
    folder = tmp_path_factory.mktemp("slow")
    with SlowCluster(
        folder, postgres_server, rabbit_server, YINGBAO_HEARTBEAT_SECONDS="2"
    ) as cluster:
        cluster.start(HOUSES)
        cluster.wait_ready(HOUSES)
        with cluster.site() as site:
            bench = Bench(cluster, site)
            bench.found()
            yield bench


@pytest.fixture
def bench(running: Bench) -> Iterator[Bench]:
    """Both run and are ready."""
    for name in HOUSES:
        if not [p for p in running.cluster.instances(name) if p.poll() is None]:
            running.cluster.start([name])
    running.cluster.wait_ready(HOUSES)
    running.remember_processes()
    yield running
    running.cluster.rabbit.start()


def test_seven_seconds_of_computing_under_a_two_second_heartbeat_have_one_effect(
    bench: Bench,
) -> None:
    """In a decision and in a follower at once: others are answered, and the processes live."""
    followed, decided = bench.unit(), bench.unit()
    followed["title"], decided["title"] = "慢随", "慢办"
    bench.do("admin", "register_unit", **followed)
    with _in_background(bench, decided) as told:
        for name in HOUSES:
            assert "alive\n" == bench.cluster.status(name, "/live")
        assert bench.register_unit().done
        assert [] == told
    assert told[0].done
    head = bench.site.services["gateway"].source.head()
    bench.wait_followed("intake", "gateway", head)
    bench.cluster.wait_ready(HOUSES)
    assert bench.pids == bench.alive()
    for service, asked in (
        ("gateway", "SELECT count(*) FROM fact WHERE stream IN ({})"),
        ("intake", "SELECT count(*) FROM unit WHERE 'unit/' || unit IN ({})"),
    ):
        streams = ", ".join(f"'unit/{one['unit']}'" for one in (followed, decided))
        assert [(2,)] == bench.cluster.query(service, asked.format(streams))


def test_told_to_end_under_load_a_service_ends_within_ten_seconds(bench: Bench) -> None:
    """What was in hand is finished or given back; every id then has one effect."""
    with Load(bench) as load:
        assert [0] == _told_to_end(bench, "gateway")
        bench.cluster.start(["gateway"])
        bench.cluster.wait_ready(["gateway"])
    load.assert_once()


def test_told_to_end_amid_long_computing_a_service_gives_the_command_back(bench: Bench) -> None:
    """It would go on for ever: nothing is half done, and the same id does it afterwards."""
    slow = bench.cluster.path / "slow"
    slow.touch()
    command_id, payload = bench.new_id(), bench.unit() | {"title": "极慢"}
    with bench.cluster.site(patience_seconds=1) as impatient:
        token = impatient.token("admin")
        told = impatient.execute("register_unit", payload, token, command_id)
    assert "unavailable" == told.outcome
    assert [0] == _told_to_end(bench, "gateway")
    slow.unlink()
    streams = f"SELECT count(*) FROM fact WHERE stream = 'unit/{payload['unit']}'"
    assert [(0,)] == bench.cluster.query("gateway", streams)
    bench.cluster.start(["gateway"])
    assert bench.give("admin", "register_unit", payload, command_id).done
    _assert_registered_once(bench, payload)


def test_told_to_end_while_the_broker_is_down_a_service_ends_within_ten_seconds(
    bench: Bench,
) -> None:
    """There is nobody to say farewell to."""
    bench.cluster.rabbit.stop()
    assert [0, 0] == _told_to_end(bench, *HOUSES)


@pytest.mark.parametrize("milliseconds", [300, 1_000, 1_800])
def test_told_to_end_while_it_starts_a_service_ends_within_ten_seconds(
    running: Bench, milliseconds: int
) -> None:
    """Well, or by the signal itself where it couldn't listen yet."""
    running.cluster.end(["gateway"])
    environment = running.cluster.environment()
    process = subprocess.Popen(
        [YINGBAO, "run", "gateway"], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(milliseconds / 1_000)
    process.send_signal(signal.SIGTERM)
    assert process.wait(END_SECONDS_MAX) in (0, -signal.SIGTERM)


@contextmanager
def _in_background(bench: Bench, payload: dict[str, Any]) -> Iterator[list[Answer]]:
    """A command given beside us; its answer is there afterwards."""
    told: list[Answer] = []
    command_id = bench.new_id()

    def give() -> None:
        with bench.cluster.site() as site:
            token = site.token("admin")
            told.append(site.execute("register_unit", payload, token, command_id))

    giving = threading.Thread(target=give)
    giving.start()
    try:
        yield told
    finally:
        giving.join()


def _told_to_end(bench: Bench, *names: str) -> list[int]:
    """Exit statuses; raises TimeoutExpired where one takes longer than it may."""
    ending = [process for name in names for process in bench.cluster.instances(name)]
    for process in ending:
        process.send_signal(signal.SIGTERM)
    end = time.monotonic() + END_SECONDS_MAX
    statuses = [process.wait(max(0, end - time.monotonic())) for process in ending]
    bench.cluster.end(names)  # forgets them
    return statuses


def _assert_registered_once(bench: Bench, *units: dict[str, Any]) -> None:
    streams = ", ".join(f"'unit/{one['unit']}'" for one in units)
    asked = f"SELECT count(*), count(DISTINCT stream) FROM fact WHERE stream IN ({streams})"
    assert [(len(units), len(units))] == bench.cluster.query("gateway", asked)
