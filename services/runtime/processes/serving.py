"""A nameko service made from a definition's tables, served until it is told to end."""

import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
import eventlet.wsgi
import structlog
from amqp.exceptions import AccessRefused, NotAllowed
from eventlet import tpool
from eventlet.event import Event
from nameko.extensions import DependencyProvider
from nameko.runners import ServiceRunner

from services.runtime.duties import Duty
from services.runtime.health import status_app
from services.runtime.houses import definition
from services.runtime.processes.house import House
from services.runtime.processes.rpc import EnduringQueueConsumer, refuse_compressed, rpc
from shared.carrying.rabbit.connecting import BROKER_TROUBLE, connect, drop
from shared.collecting import settle
from shared.settings import SettingRefused, Settings

LOOK_SECONDS = 0.1
END_SECONDS_MAX = 8.0  # what isn't finished by then is given back
SPARE_THREADS = 4  # health and metrics beside the workers
logger = structlog.get_logger("process")


class Duties(DependencyProvider):
    """Starts what the service does by itself when calls can come in, and ends it after them."""

    queue_consumer = EnduringQueueConsumer()

    def __init__(self, house: House) -> None:
        self.house = house
        self.running: list[Duty] = []
        self.watching: Any = None

    def start(self) -> None:
        self.running = self.house.duties()
        for duty in self.running:
            duty.start()
        self.watching = self.container.spawn_managed_thread(self._watch)

    def stop(self) -> None:
        self.house.ending.set()
        self.watching.kill()
        for duty in self.running:
            duty.ask_to_stop()
        while any(duty.running for duty in self.running):
            eventlet.sleep(LOOK_SECONDS)

    def _watch(self) -> None:
        """A duty never ends by itself; should one, the process ends too, and is started again."""
        while True:
            eventlet.sleep(1)
            self.house.state.broker_connected = self.queue_consumer.connected
            ended = [duty.name for duty in self.running if not duty.running and not duty.stopping]
            if ended:
                raise RuntimeError(f"ended: {ended}")


def service_class(house: House) -> type:
    """The nameko service: one RPC method takes every command; all work is in native threads."""
    work = tpool.execute

    class Doors:
        name = house.service.definition.name
        duties = Duties(house)

        @rpc
        def execute(
            self, name: Any, payload: Any, actor: Any, command_id: Any, not_after: Any = None
        ) -> Any:
            return work(house.execute, name, payload, actor, command_id, not_after)

        @rpc
        def query(self, name: Any, arguments: Any, actor: Any) -> Any:
            return work(house.query, name, arguments, actor)

        @rpc
        def facts_after(self, position: int, limit: int) -> Any:
            return work(house.facts_after, position, limit)

        @rpc
        def facts_at(self, positions: list[int]) -> Any:
            return work(house.facts_at, positions)

        @rpc
        def head(self) -> Any:
            return work(house.head)

        @rpc
        def newest_checkpoint(self) -> Any:
            return work(house.newest_checkpoint)

    return Doors


def serve(name: str, settings: Settings, of: Callable[[str], Any] = definition) -> None:
    """Run until SIGTERM or SIGINT; raises what keeps the service from starting or going on."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, _frame: told.append(signum))
    tpool.set_num_threads(settings.workers + SPARE_THREADS)
    refuse_compressed()
    _require_login(name, settings)
    house = tpool.execute(House, of(name), settings)
    runner = ServiceRunner(_config(name, settings))
    runner.add_service(service_class(house))
    status = _show_status(house, settings.http_address(name))
    settle()
    started = Event()
    running = eventlet.spawn(_run, runner, started)
    while not told and not running.dead:
        eventlet.sleep(LOOK_SECONDS)
    if not told:
        running.wait()  # raises what ended it
    _end(runner, started)
    status.kill()
    house.database.close()
    logger.info("ended", service=name)


def _require_login(name: str, settings: Settings) -> None:
    """A wrong password doesn't heal by waiting; a broker that isn't there yet is waited for."""
    try:
        drop(connect(settings.broker_url(name)))
    except (AccessRefused, NotAllowed) as error:
        raise SettingRefused(
            f"YINGBAO_BROKER_URL_{name.upper()} 的用户名、密码或虚拟主机不对，消息服务器拒绝登录。"
        ) from error
    except BROKER_TROUBLE as error:
        logger.warning("broker not there yet", error=type(error).__name__)


def _run(runner: ServiceRunner, started: Event) -> None:
    runner.start()
    started.send()
    runner.wait()


def _config(name: str, settings: Settings) -> dict[str, Any]:
    return {
        "AMQP_URI": settings.broker_url(name),
        "HEARTBEAT": settings.heartbeat_seconds,
        "max_workers": settings.workers,
        "serializer": "json",
        "ACCEPT": ["json"],
    }


def _end(runner: ServiceRunner, started: Event) -> None:
    """Finish what is in hand; after END_SECONDS_MAX give it back: messages return to their queues.

    A start is let come to its end first: nameko can't take back half of one.
    """
    try:
        with eventlet.Timeout(END_SECONDS_MAX):
            started.wait()
            runner.stop()
    except eventlet.Timeout:
        logger.warning("given back what was in hand")
        os._exit(0)  # connections break: transactions are undone, messages come again


def _show_status(house: House, address: str) -> Any:
    """Health and metrics over HTTP; questions to the database are asked in native threads."""
    app = status_app(house.state)
    host, _, port = address.rpartition(":")
    try:
        sock = eventlet.listen((host or "127.0.0.1", int(port)), reuse_port=False)
    except OSError as error:
        raise SettingRefused(
            f"YINGBAO_HTTP_{house.service.definition.name.upper()} 的地址 {address} "
            "不可用，或已被另一进程占用。"
        ) from error

    def cooperative(environ: Any, start_response: Any) -> Any:
        return tpool.execute(partial(app, environ, start_response))

    return eventlet.spawn(
        eventlet.wsgi.server, sock, cooperative, log_output=False, keepalive=False
    )
