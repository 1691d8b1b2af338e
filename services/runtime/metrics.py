"""What Prometheus reads of a service process. Names, labels and alarms: docs/metrics.md.

Labels are logs, commands of the table, registered units, and reasons of a fixed list: no person,
no case, nothing that a stranger could make up. The database is asked at scrape, in few statements.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.engine import Connection

from services.runtime.process_state import ProcessState
from services.runtime.stamps import read_stamp
from shared.carrying.relay import DESTINATION
from shared.clock import day_of
from shared.log import store
from shared.service import Service

STATEMENT_SECONDS_MAX = 3
Labels = TypeVar("Labels", bound=tuple[str, ...])

Family = CounterMetricFamily | GaugeMetricFamily
"""Several samples of one name."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the database says: facts, signed ones; cursors and parked (facts, streams) by log.

    `relayed`: the last confirmed position by destination. `limits`: how many limits are over or
    near by (township, OVERDUE or DUE_SOON), where the service has any.
    """

    size: int
    signed: int
    relayed: Mapping[str, int]
    cursors: Mapping[str, int]
    parked: Mapping[str, tuple[int, int]]
    limits: Mapping[tuple[str, str], int]


def read_figures(service: Service) -> Figures:
    """Ask the database; raises SQLAlchemyError where it doesn't answer."""
    with service.database.read() as conn:
        _limit(conn)
        return Figures(
            store.size(conn),
            int(conn.exec_driver_sql(_SIGNED).scalar_one()),
            {r.destination: int(r.position) for r in conn.exec_driver_sql(_RELAYED)},
            {r.log: int(r.position) for r in conn.exec_driver_sql(_CURSORS)},
            {r.log: (int(r.facts), int(r.streams)) for r in conn.exec_driver_sql(_PARKED)},
            _open_limits(service, conn),
        )


def _open_limits(service: Service, conn: Connection) -> Mapping[tuple[str, str], int]:
    daily, site = service.definition.daily, service.site
    return {} if daily is None else daily.count(conn, site, day_of(site.clock.now()))


def _limit(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS_MAX}s'")


_SIGNED = "SELECT coalesce(max(size), 0) FROM checkpoint"
_RELAYED = "SELECT destination, position FROM relay_cursor"
_CURSORS = "SELECT log, position FROM follow_cursor"
_PARKED = (
    "SELECT log, count(*) AS facts, count(DISTINCT stream) AS streams FROM parked GROUP BY log"
)


class StateCollector(Collector):
    """Makes the gauges anew at each scrape. `look` gives the figures, None without a database."""

    def __init__(self, state: ProcessState, look: Callable[[], Figures | None]) -> None:
        self._state, self._look = state, look

    def collect(self) -> Iterator[Family]:
        figures = self._look()
        yield _gauge("yingbao_database_up", "1: the database answers.", {(): figures is not None})
        if figures is not None:
            yield from _from_database(self._state, figures)
            yield from _from_limits(figures)
        yield from _from_process(self._state)
        yield from _from_stamp(self._state)


def exposition(state: ProcessState, look: Callable[[], Figures | None]) -> bytes:
    """All metrics in Prometheus' text format."""
    registry = CollectorRegistry()  # never the process-global one: it would add the machine's own
    registry.register(StateCollector(state, look))
    return generate_latest(state.counters) + generate_latest(registry)


def _from_database(state: ProcessState, figures: Figures) -> Iterator[Family]:
    log, me = state.service.log, state.service.definition.name
    facts = CounterMetricFamily("yingbao_facts_appended", "Facts in the log.", labels=("log",))
    facts.add_metric((log,), figures.size)
    yield facts
    unsigned = {(log,): figures.size - figures.signed}
    yield _gauge("yingbao_signing_lag_facts", "Facts not yet signed.", unsigned, "log")
    relayed = {DESTINATION: -1} | dict(figures.relayed)
    lag = {(log, where): max(0, figures.size - 1 - last) for where, last in relayed.items()}
    text = "Facts that the broker has not yet confirmed."
    yield _gauge("yingbao_relay_lag_facts", text, lag, "log", "destination")
    behind = {
        (me, source): max(0, follower.head - figures.cursors.get(source, -1))
        for source, follower in state.follower_states.items()
        if follower.head is not None
    }
    yield _gauge("yingbao_follower_lag_facts", "Facts not yet applied.", behind, *_FOLLOWER)
    for which, (name, text) in enumerate(_PARKED_NAMES):
        held = {
            (me, source): figures.parked.get(source, (0, 0))[which]
            for source in state.follower_states
        }
        yield _gauge(name, text, held, *_FOLLOWER)


_FOLLOWER = ("follower", "log")
_PARKED_NAMES = (
    ("yingbao_parked_facts", "Facts that wait because they can't be applied."),
    ("yingbao_parked_streams", "Streams that wait because of a fact that can't be applied."),
)


def _from_limits(figures: Figures) -> Iterator[Family]:
    text = "Limits of open cases that are over, or end within the days of warning."
    yield _gauge("yingbao_limits", text, figures.limits, "township", "urgency")


def _from_process(state: ProcessState) -> Iterator[Family]:
    log, me = state.service.log, state.service.definition.name
    up = {(): state.broker_connected}
    yield _gauge("yingbao_broker_connected", "1: connected with RabbitMQ.", up)
    linked = {(me, source): one.connected for source, one in state.follower_states.items()}
    yield _gauge("yingbao_follower_connected", "1: its consumer is connected.", linked, *_FOLLOWER)
    still = {
        ("follower", source): one.standing_still is not None
        for source, one in state.follower_states.items()
    }
    still["relay", log] = state.relay_state.standing_still is not None
    still["signer", log] = state.signer_state.refusing is not None
    yield _gauge(
        "yingbao_standing_still", "1: it waits for somebody to help.", still, "part", "log"
    )


def _from_stamp(state: ProcessState) -> Iterator[Family]:
    """Never verified is infinitely old, so that one alarm covers both."""
    log = state.service.log
    found = read_stamp(state.home, state.service.definition.name)
    age = float("inf") if found is None else found.ok_age_seconds(datetime.now(UTC))
    text = "Seconds since the log was last found whole."
    yield _gauge("yingbao_verification_age_seconds", text, {(log,): age}, "log")
    if found is not None:
        ok = {(log,): found.last.ok}
        yield _gauge("yingbao_last_verification_ok", "1: it found nothing wrong.", ok, "log")


def _gauge(
    name: str, text: str, samples: Mapping[Labels, float], *labels: str
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=labels)
    for values, value in samples.items():
        family.add_metric(values, float(value))
    return family
