"""A RabbitMQ broker of its own for tests."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from deploy.native.processes import END_SECONDS_MAX, HOST, free_port, wait_until
from deploy.native.rabbitmq import Broker
from shared.carrying.definitions import definitions
from shared.carrying.topology import topology
from shared.settings import OPERATOR

_NO_LEADER = -1  # a quorum queue after its broker's start, for seconds
# What the broker tells of a quorum queue is seconds old; its leader knows.
_COUNTED = f"""
case amqqueue:get_type(Queue) of
    rabbit_quorum_queue ->
        case ra:leader_query(amqqueue:get_pid(Queue), fun rabbit_fifo:query_messages_total/1, 500) of
            {{ok, {{_, N}}, _}} -> N;
            _ -> {_NO_LEADER}
        end;
    _ -> [{{messages, N}}] = rabbit_amqqueue:info(Queue, [messages]), N
end"""


class RabbitServer:
    """A broker of its own; `with RabbitServer() as server:` leaves nothing behind.

    Every user's password is the user's name. There is one vhost, `/`, and one user, `operator`,
    until more definitions are applied; these are loaded again at each start, as in production,
    also after `wipe`. Start it from a thread that lives as long: the broker dies with it.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="yingbao-rabbitmq-"))
        self.broker = Broker(self.folder, free_port(), free_port(), free_port())
        self._loaded = definitions(topology({}), {OPERATOR: OPERATOR}, "/")
        self._names = count(1)
        self._epmd: subprocess.Popen[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.broker.prepare(self._loaded)
            self._epmd = self._run(self.broker.epmd_command())
            wait_until(self.broker.epmd_answers, "epmd answers")
            self.start()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._leave()

    @property
    def pid(self) -> int | None:
        """The broker's process id; None while it is down."""
        return self._process.pid if self._process else None

    @property
    def epmd_pid(self) -> int | None:
        """The process id of its port mapper."""
        return self._epmd.pid if self._epmd else None

    def url(self, user: str = OPERATOR, vhost: str = "/") -> str:
        """What kombu, nameko and the services' settings take."""
        port = self.broker.port
        return f"amqp://{user}:{user}@{HOST}:{port}/{quote(vhost, safe='')}"

    def apply_definitions(self, more: Mapping[str, Sequence[Any]]) -> None:
        """Load these now, and at every later start beside what was loaded before."""
        for kind, things in more.items():
            known = {_identity(thing): thing for thing in self._loaded.get(kind, ())}
            # A user named twice in one file is loaded by half.
            known |= {_identity(thing): thing for thing in things}
            self._loaded[kind] = list(known.values())
        self.broker.prepare(self._loaded)
        file = self.broker.definitions
        self.evaluate(
            f'{{ok, Text}} = file:read_file("{file}"), rabbit_definitions:import_raw(Text)'
        )

    def create_vhost(self) -> str:
        """An empty vhost for one test, in which `operator` may do everything; gives its name."""
        name = f"test-{next(self._names)}"
        self.apply_definitions(definitions(topology({}), {OPERATOR: OPERATOR}, name))
        return name

    def drop_vhost(self, name: str) -> None:
        """Take a vhost away, with its queues and whoever is connected to it."""
        for kind, things in self._loaded.items():
            self._loaded[kind] = [t for t in things if name not in (t.get("vhost"), t.get("name"))]
        self.broker.prepare(self._loaded)
        self.evaluate(f'rabbit_vhost:delete(<<"{name}">>, <<"tests">>)')

    def start(self) -> None:
        """Start the broker and wait until it answers; nothing when it runs already."""
        if self._process and self._process.poll() is None:
            return
        self._process = self._run(self.broker.command())
        wait_until(self._answers, "RabbitMQ answers")
        self.broker.wake_queues()

    def stop(self) -> None:
        """An orderly end; what is durable is kept."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """An orderly end and a new start on the same data and ports."""
        self.stop()
        self.start()

    def wipe(self) -> None:
        """All data lost: every message, and what wasn't in the definitions. Comes back up."""
        self.kill()
        shutil.rmtree(self.broker.data)
        self.start()

    def raise_memory_alarm(self) -> None:
        """From now on the broker reads nothing from connections that have published."""
        self.evaluate("vm_memory_monitor:set_vm_memory_high_watermark(0)")

    def clear_memory_alarm(self) -> None:
        """As it was before the alarm."""
        self.evaluate("vm_memory_monitor:set_vm_memory_high_watermark(0.25)")

    def close_connections(self) -> None:
        """The broker closes every connection, as an operator could."""
        self.evaluate('rabbit_networking:close_all_connections("closed by a test")')

    def purge(self, queue: str, vhost: str = "/") -> None:
        """Take every message that waits out of a queue."""
        self.evaluate(f"{_found(queue, vhost)}, rabbit_amqqueue:purge(Queue)")

    def queue_length(self, queue: str, vhost: str = "/") -> int:
        """How many messages a queue holds, those handed out and not acknowledged too."""
        found: list[int] = []

        def counted() -> bool:
            found.append(int(self.evaluate(f"{_found(queue, vhost)}, {_COUNTED}")))
            return found[-1] != _NO_LEADER

        wait_until(counted, f"{queue} has a leader")
        return found[-1]

    def queues(self, vhost: str = "/") -> list[str]:
        """The names of a vhost's queues."""
        listed = f'[element(4, amqqueue:get_name(Q)) || Q <- rabbit_amqqueue:list(<<"{vhost}">>)]'
        joined = self.evaluate(f'binary_to_list(iolist_to_binary(lists:join(" ", {listed})))')
        return sorted(joined.strip('"[]').split())

    def evaluate(self, expression: str) -> str:
        """Erlang, evaluated in the broker; for what AMQP can't do."""
        return self.broker.evaluate(expression)

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "output").open("ab") as output:
            # Dies with the test process; a session of its own, so that Ctrl-C isn't for it.
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                cwd=self.folder, env=self.broker.environment(), stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"RabbitMQ ended: {(self.folder / 'output').read_text()[-3000:]}")
        return self.broker.answers()

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS_MAX)
        process.kill()
        process.wait()

    def _leave(self) -> None:
        self.kill()
        if self._epmd is not None:
            self._epmd.kill()
            self._epmd.wait()
        shutil.rmtree(self.folder)


def _found(queue: str, vhost: str) -> str:
    name = f'rabbit_misc:r(<<"{vhost}">>, queue, <<"{queue}">>)'
    return f"{{ok, Queue}} = rabbit_amqqueue:lookup({name})"


def _identity(thing: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(thing.get(key) for key in ("vhost", "name", "user", "source", "destination"))
