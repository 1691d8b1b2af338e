"""One RabbitMQ broker on loopback, with folders, ports, cookie and port mapper of its own.

Two processes in the foreground: epmd, which tells other Erlang programs the node's port, and the
broker. Both end by their process ids, and nothing else is started.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

from deploy.native.processes import HOST, write_private
from deploy.native.programs import rabbitmq_bin

_CALLS = count()
_HEADER = b"AMQP\x00\x00\x09\x01"
_CONF = """\
listeners.tcp.1 = {host}:{port}
load_definitions = {folder}/definitions.json
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.relative = 0.25
disk_free_limit.absolute = 256MB
raft.wal_max_size_bytes = 67108864
"""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker lives; `prepare` writes its files, the caller starts the two commands."""

    folder: Path
    port: int
    distribution_port: int
    epmd_port: int

    @property
    def data(self) -> Path:
        """Queues, users and all else that the broker keeps; without it, it begins anew."""
        return self.folder / "data"

    @property
    def definitions(self) -> Path:
        """What it loads at every start."""
        return self.folder / "definitions.json"

    def prepare(self, definitions: Mapping[str, Any]) -> None:
        """Write configuration, definitions and, once, the cookie; readable by the owner only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        conf = _CONF.format(host=HOST, port=self.port, folder=self.folder)
        write_private(self.folder / "rabbitmq.conf", conf)
        write_private(self.definitions, json.dumps(definitions, indent=1) + "\n")
        write_private(self.folder / "plugins", "[].\n")
        cookie = self.folder / ".erlang.cookie"
        if not cookie.exists():
            write_private(cookie, token_hex(16), 0o400)

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's but the PATH, so that no other node's settings get in."""
        kernel = "-noinput -kernel inet_dist_use_interface {127,0,0,1}"
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder),  # where Erlang looks for the cookie
            "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_NODENAME": "yingbao@localhost",  # alone on its epmd; data is kept by name
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.data),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            # With it the script becomes the broker instead of a shell that watches over it.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": kernel,
        }

    def epmd_command(self) -> list[str]:
        """The port mapper, in the foreground; to be up before the broker."""
        return [_program("epmd"), "-address", HOST, "-port", str(self.epmd_port)]

    def command(self) -> list[str]:
        """The broker, in the foreground."""
        return [str(rabbitmq_bin() / "rabbitmq-server")]

    def epmd_answers(self) -> bool:
        """Whether the port mapper takes connections."""
        with suppress(OSError), socket.create_connection((HOST, self.epmd_port), 1):
            return True
        return False

    def answers(self) -> bool:
        """Whether AMQP is spoken; the definitions are loaded by then."""
        with suppress(OSError), socket.create_connection((HOST, self.port), 5) as probe:
            probe.sendall(_HEADER)
            return probe.recv(1) == b"\x01"  # a method frame: connection.start
        return False

    def wake_queues(self) -> None:
        """To be called after each start: a quorum queue whose broker was killed within seconds of
        its making has forgotten that it may lead, and waits for ever (RabbitMQ 3.10)."""
        self.evaluate(
            "[ra:trigger_election(Id) || Q <- rabbit_amqqueue:list(),"
            " amqqueue:get_type(Q) =:= rabbit_quorum_queue,"
            " {Name, _} = Id <- [amqqueue:get_pid(Q)], not ets:member(ra_leaderboard, Name)]"
        )

    def evaluate(self, expression: str) -> str:
        """Evaluate Erlang in the broker and give what it prints; raises BrokerRefused.

        A node that can't be reached has evaluated nothing, so it is asked again for a while.
        """
        for seconds in (0.2, 1, 3, None):
            done = self._call(expression)
            if seconds is None or "failed to connect" not in done.stderr:
                break
            time.sleep(seconds)
        answer = done.stdout.strip()
        if done.returncode != 0 or not answer.startswith("{ok, "):
            raise BrokerRefused(f"{expression}: {answer} {done.stderr.strip()}")
        return answer.removeprefix("{ok, ").removesuffix("}")

    def _call(self, expression: str) -> subprocess.CompletedProcess[str]:
        address = f"{HOST}:{self.distribution_port}"
        # A caller of the same name as one whose connection still closes would be turned away.
        caller = f"caller{os.getpid()}x{next(_CALLS)}"
        return subprocess.run(  # noqa: S603 - our own expression to our own broker
            [_program("erl_call"), "-address", address, "-h", caller, "-e"],
            input=expression + ".\n", capture_output=True, text=True, check=False,
            env={"HOME": str(self.folder)},
        )  # fmt: skip


class BrokerRefused(Exception):
    """The broker didn't do what it was asked at its console."""


def _program(name: str) -> str:
    rabbitmq_bin()
    return str(shutil.which(name))
