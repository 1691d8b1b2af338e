"""The kinds of faults that strike a running month. Each strikes, lasts, and is over."""

import signal
from collections.abc import Callable, Sequence

from services.runtime.houses import DEFINITIONS, NAMES
from shared.carrying.topology import queue_of
from tests.faults.scene import Scene

FOLLOWED = [queue_of(one.name, source) for one in DEFINITIONS for source in one.follows]
TAKE_OVER_SECONDS = 4  # until a second instance stands beside the first
Strike = Callable[[Scene, str, float], None]


def service_killed(scene: Scene, service: str, seconds: float) -> None:
    """SIGKILL one."""
    scene.cluster.kill([service])
    scene.pause(seconds)
    scene.cluster.start([service])


def all_services_killed(scene: Scene, _service: str, seconds: float) -> None:
    """SIGKILL all at once."""
    scene.cluster.kill()
    scene.pause(seconds)
    scene.cluster.start()


def service_told_to_end(scene: Scene, service: str, seconds: float) -> None:
    """SIGTERM: it ends in order."""
    _end(scene, [service])
    scene.pause(seconds)
    scene.cluster.start([service])


def all_services_told_to_end(scene: Scene, _service: str, seconds: float) -> None:
    """SIGTERM to all at once."""
    _end(scene, NAMES)
    scene.pause(seconds)
    scene.cluster.start()


def play_killed(scene: Scene, _service: str, seconds: float) -> None:
    """SIGKILL whoever gives the commands, one of which is on its way; then go on."""
    scene.kill_play()
    scene.pause(seconds)
    scene.play()


def second_instance(scene: Scene, service: str, seconds: float) -> None:
    """A second one comes, the first one dies: the second takes over."""
    scene.cluster.start([service])
    scene.pause(TAKE_OVER_SECONDS + seconds)
    scene.until_there([service])
    first = scene.cluster.instances(service).pop(0)
    first.kill()
    first.wait()
    scene.until_there([service])


def memory_alarm(scene: Scene, _service: str, seconds: float) -> None:
    """The broker reads from no publisher."""
    scene.cluster.rabbit.raise_memory_alarm()
    scene.pause(seconds)
    scene.cluster.rabbit.clear_memory_alarm()


def broker_stopped(scene: Scene, _service: str, seconds: float) -> None:
    """In order, and started again."""
    scene.cluster.rabbit.stop()
    scene.pause(seconds)
    scene.cluster.rabbit.start()


def broker_killed(scene: Scene, _service: str, seconds: float) -> None:
    """SIGKILL, and started on the same data."""
    scene.cluster.rabbit.kill()
    scene.pause(seconds)
    scene.cluster.rabbit.start()


def broker_wiped(scene: Scene, _service: str, _seconds: float) -> None:
    """Its data is lost."""
    scene.cluster.rabbit.wipe()


def queues_purged(scene: Scene, _service: str, _seconds: float) -> None:
    """Every waiting message is gone, the last one too."""
    for queue in FOLLOWED:
        scene.cluster.rabbit.purge(queue, scene.cluster.vhost)


def connections_closed(scene: Scene, _service: str, _seconds: float) -> None:
    """By the broker, all of them."""
    scene.cluster.rabbit.close_connections()


def sessions_ended(scene: Scene, _service: str, _seconds: float) -> None:
    """By the databases, all of them, also within a transaction."""
    _end_sessions(scene, tuple(scene.cluster.databases.values()))


def databases_killed(scene: Scene, _service: str, seconds: float) -> None:
    """SIGKILL, and recovered from its log."""
    scene.cluster.postgres.kill()
    scene.pause(seconds)
    scene.cluster.postgres.start()


def read_only(scene: Scene, service: str, seconds: float) -> None:
    """One service's database takes nothing in."""
    database = scene.cluster.databases[service]
    postgres = scene.cluster.postgres
    postgres.run(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    _end_sessions(scene, (database,))
    scene.pause(seconds)
    postgres.run(f"ALTER DATABASE {database} RESET default_transaction_read_only")
    _end_sessions(scene, (database,))


STRIKES: dict[str, Strike] = {
    strike.__name__: strike
    for strike in (
        service_killed, all_services_killed, service_told_to_end, all_services_told_to_end,
        play_killed, second_instance, memory_alarm, broker_stopped, broker_killed, broker_wiped,
        queues_purged, connections_closed, sessions_ended, databases_killed, read_only,
    )
}  # fmt: skip


def _end(scene: Scene, services: Sequence[str]) -> None:
    """SIGTERM; whoever had come so far that it could hear it ends with status 0."""
    scene.until_there(services)
    statuses = scene.cluster.end(services)
    assert {*statuses} <= {0, -signal.SIGTERM}, f"told to end: {statuses}"


def _end_sessions(scene: Scene, databases: Sequence[str]) -> None:
    names = ", ".join(f"'{name}'" for name in databases)
    scene.cluster.postgres.ask(
        "postgres",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        f"WHERE datname IN ({names}) AND pid <> pg_backend_pid()",
    )
