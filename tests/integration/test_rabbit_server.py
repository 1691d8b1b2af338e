"""The brokers that tests start are real, hurt in the ways that tests want, and leave nothing."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from amqp import Message
from amqp.exceptions import AMQPError, ConnectionForced
from kombu import Connection

from shared.carrying.definitions import definitions
from shared.carrying.topology import DEAD, exchange_of, queue_of, topology
from shared.settings import OPERATOR
from tests.servers import RabbitServer, RabbitVhost, ServerMissing, rabbitmq_bin
from tests.servers.processes import HOST, ended, state_of, wait_until

SMALL = topology({"review": ("intake",)})
QUEUE = queue_of("review", "intake")


def load(server: RabbitServer, vhost: str = "/") -> None:
    users = {user: user for user in (OPERATOR, "review", "intake")}
    server.apply_definitions(definitions(SMALL, users, vhost))


def publish(url: str, count: int = 1) -> None:
    with Connection(url) as connection:
        channel = connection.channel()
        channel.confirm_select()
        for _ in range(count):
            message = Message(b"fact", delivery_mode=2)
            channel.basic_publish_confirm(message, exchange=exchange_of("intake"), mandatory=True)


def listening(pid: int) -> set[str]:
    """The addresses on which a process takes connections, as the kernel writes them."""
    sockets = {
        str(link.readlink()).removeprefix("socket:[").rstrip("]")
        for link in Path(f"/proc/{pid}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    tables = [
        Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")
    ]
    rows = [line.split() for table in tables for line in table]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and row[9] in sockets}


def test_the_broker_listens_on_loopback_only(rabbit_server: RabbitServer) -> None:
    """Neither clients nor other Erlang nodes reach it from outside."""
    rabbit_server.start()
    assert rabbit_server.pid is not None

    assert HOST == "127.0.0.1"
    assert {"0100007F"} == listening(rabbit_server.pid)


def test_each_test_gets_a_vhost_of_its_own(rabbit_vhost: RabbitVhost) -> None:
    """What another test declares is in another vhost; queues of one name don't meet."""
    other = rabbit_vhost.server.create_vhost()
    assert [DEAD] == rabbit_vhost.server.queues(other)
    load(rabbit_vhost.server, rabbit_vhost.name)

    assert [DEAD] == rabbit_vhost.server.queues(other)
    assert QUEUE in rabbit_vhost.server.queues(rabbit_vhost.name)
    rabbit_vhost.server.drop_vhost(other)


def test_a_purged_queue_is_empty_and_others_are_not(rabbit_vhost: RabbitVhost) -> None:
    """Lengths are exact at once, though RabbitMQ's own figures are seconds old."""
    load(rabbit_vhost.server, rabbit_vhost.name)
    publish(rabbit_vhost.url("intake"), 3)
    assert 3 == rabbit_vhost.queue_length(QUEUE)

    rabbit_vhost.purge(QUEUE)

    assert 0 == rabbit_vhost.queue_length(QUEUE)


def test_the_broker_closes_every_connection(rabbit_vhost: RabbitVhost) -> None:
    """A client hears of it at its next word."""
    with Connection(rabbit_vhost.url()) as connection:
        channel = connection.channel()

        rabbit_vhost.server.close_connections()

        with pytest.raises((ConnectionForced, OSError)):
            channel.exchange_declare("anything", "fanout")


def test_with_a_memory_alarm_no_publish_is_confirmed_until_it_ends(
    rabbit_vhost: RabbitVhost,
) -> None:
    """The publisher hangs, and gets its confirm once the alarm is over."""
    load(rabbit_vhost.server, rabbit_vhost.name)
    rabbit_vhost.server.raise_memory_alarm()
    publisher = threading.Thread(target=publish, args=(rabbit_vhost.url("intake"),))

    publisher.start()
    publisher.join(1)
    assert publisher.is_alive()
    assert 0 == rabbit_vhost.queue_length(QUEUE)
    rabbit_vhost.server.clear_memory_alarm()
    publisher.join(30)

    assert not publisher.is_alive()
    assert 1 == rabbit_vhost.queue_length(QUEUE)


def test_a_broker_keeps_its_messages_unless_it_is_wiped() -> None:
    """Restarted in order, then killed: all there. Wiped: the queue is back, empty."""
    with RabbitServer() as server:
        load(server)
        publish(server.url("intake"), 2)

        server.restart()
        assert 2 == server.queue_length(QUEUE)

        server.kill()
        with pytest.raises((AMQPError, OSError)):
            publish(server.url("intake"))
        server.start()
        assert 2 == server.queue_length(QUEUE)

        server.wipe()
        assert 0 == server.queue_length(QUEUE)
        # RabbitMQ 3.10 may lose a queue of a few seconds' age, and leaves it without a leader.
        server.kill()
        server.start()
        publish(server.url("intake"))
        assert 1 == server.queue_length(QUEUE)

        folder, pid = server.folder, server.pid
    assert pid is not None
    assert not folder.exists()
    assert "X" == state_of(pid)


def test_the_broker_ends_when_the_test_process_is_killed(tmp_path: Path) -> None:
    """Even a test run that gets SIGKILL leaves neither broker nor port mapper."""
    told = tmp_path / "told"
    script = (
        "import os, sys, signal, pathlib\n"
        "from tests.servers import RabbitServer\n"
        "server = RabbitServer().__enter__()\n"
        "told = f'{server.folder} {server.pid} {server.epmd_pid}'\n"
        "pathlib.Path(sys.argv[1]).write_text(told)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(told)], cwd=root, check=False)
    folder, *pids = told.read_text().split()

    wait_until(lambda: all(ended(int(pid)) for pid in pids), "the orphans end")

    assert 2 == len(pids)
    shutil.rmtree(folder)


def test_without_rabbitmq_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    """A machine without the programs gets the command to install them."""
    with pytest.raises(ServerMissing, match="apt-get install rabbitmq-server"):
        rabbitmq_bin(tmp_path)


@pytest.mark.parametrize(
    ("version", "usable"), [("3.9.27", False), ("3.10.8", True), ("4.0.5", True)]
)
def test_a_rabbitmq_older_than_3_10_is_not_taken(
    tmp_path: Path, version: str, usable: bool
) -> None:
    """Its quorum queues lack what the topology asks for."""
    (tmp_path / "lib" / f"rabbitmq_server-{version}").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "rabbitmq-server").touch()

    if usable:
        assert tmp_path / "bin" == rabbitmq_bin(tmp_path)
    else:
        with pytest.raises(ServerMissing):
            rabbitmq_bin(tmp_path)


def test_nothing_of_the_broker_is_open_to_others(rabbit_server: RabbitServer) -> None:
    """The cookie is as good as a password, and definitions hold hashes."""
    private = (".erlang.cookie", "definitions.json", "rabbitmq.conf")

    assert 0o700 == rabbit_server.folder.stat().st_mode & 0o777
    assert [0] * 3 == [(rabbit_server.folder / name).stat().st_mode & 0o077 for name in private]
    assert os.geteuid() == (rabbit_server.folder / ".erlang.cookie").stat().st_uid
