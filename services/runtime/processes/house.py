"""A service's working parts in its own process: doors, source, followers, relay, signer.

Everything here runs in native threads and knows no nameko.
"""

import contextlib
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import structlog

from services.runtime.duties import Duty
from services.runtime.home import Home
from services.runtime.process_state import ProcessState
from services.runtime.processes.days import keeping_days
from services.runtime.signers import log_signer, verifier, witness_signer
from services.runtime.sites import build_site, require_policy
from shared.answer import Answer
from shared.carrying.rabbit.calling import Caller, CallFailed
from shared.carrying.rabbit.consumer import FollowConsumer
from shared.carrying.rabbit.publisher import RabbitPublisher
from shared.carrying.rabbit.remote import ASK_SECONDS, RemoteSource
from shared.carrying.relay import BATCH as FULL
from shared.carrying.relay import Relay
from shared.carrying.source import Carried
from shared.carrying.wire import Stamp
from shared.database import PostgresDatabase, require_durable
from shared.log.growth import NotConsistent
from shared.log.integrator import Integrator
from shared.log.waking import Waker
from shared.migration import require_current
from shared.queries import ask
from shared.service import Definition, Service
from shared.settings import Settings

SIGN_SECONDS, SIGN_SLICES, SIGN_FACTS = 1.0, 4, 256
COMPARE_SECONDS = 5.0
PAGE_MAX, PAGE_BYTES_MAX = 500, 4 * 1024**2
SPARE_CONNECTIONS = 6  # relay, signer and listener keep one each; health and cursors need some
logger = structlog.get_logger("house")


class House:
    """One service of a distributed site. Raises SchemaNotCurrent, NotDurable, SecretMissing,
    PolicyRefused, PolicyUnusable."""

    def __init__(self, definition: Definition, settings: Settings) -> None:
        home = Home.of(settings)
        charter, secrets, name = home.charter(), home.secrets, definition.name
        self.home, self.settings = home, settings
        connections = settings.workers + len(definition.follows) + SPARE_CONNECTIONS
        self.database = PostgresDatabase(settings.database_url(name), connections)
        with self.database.read() as conn:
            require_durable(conn)
        require_current(self.database, definition.migrations)
        site = build_site(home, charter, secrets)
        self.service = Service(definition, site, self.database, secrets.get(f"master-{name}"))
        require_policy(self.service)
        self.stamp = Stamp(site.carrier_key)
        self.state = ProcessState(self.service, home.path)
        self.ending = threading.Event()  # nobody waits for others any more
        self._integrator = Integrator(
            self.service.log,
            self.database,
            log_signer(secrets, charter, name),
            witness_signer(secrets, charter),
            site.clock,
            home.signer_state(name),
        )

    # What may be called.

    def execute(
        self, name: Any, payload: Any, actor: Any, command_id: Any, not_after: str | None
    ) -> dict[str, Any]:
        """The door; `not_after` is an ISO instant."""
        try:
            limit = _instant(not_after)
        except (TypeError, ValueError):
            return as_json(
                Answer("refused", code="BAD_COMMAND", sentence="有效时间不是有效的时刻。")
            )
        try:
            answer = self.service.door.execute(name, payload, actor, command_id, limit)
        except Exception:
            self.state.command_done(str(name), "trouble")
            raise
        self.state.command_done(str(name), answer.outcome)
        return as_json(answer)

    def query(self, name: Any, arguments: Any, actor: Any) -> dict[str, Any]:
        """See QUERIES."""
        return as_json(ask(self.service, name, arguments, actor))

    def facts_after(self, position: int, limit: int) -> list[dict[str, Any]]:
        """A page of the log, as long as one message may be, at least one fact."""
        return self._page(self.service.source.facts_after(position, max(1, min(limit, PAGE_MAX))))

    def facts_at(self, positions: Sequence[int]) -> list[dict[str, Any]]:
        """These facts."""
        return [
            self.stamp.to_json(one) for one in self.service.source.facts_at(positions[:PAGE_MAX])
        ]

    def head(self) -> int:
        """The log's last position."""
        return self.service.source.head()

    def newest_checkpoint(self) -> str | None:
        """The newest signed note, as text."""
        return self.service.newest_checkpoint()

    def _page(self, facts: Sequence[Carried]) -> list[dict[str, Any]]:
        page: list[dict[str, Any]] = []
        size = 0
        for fact in facts:
            size += len(fact.body)
            if page and size > PAGE_BYTES_MAX:
                break
            page.append(self.stamp.to_json(fact))
        return page

    # What is done by itself.

    def duties(self) -> list[Duty]:
        """Follow each log, relay the own one, sign it; compare copies, keep days where it does."""
        definition = self.service.definition
        follow = [self._following(source) for source in definition.follows]
        compare = [] if definition.comparing is None else [self._comparing()]
        daily = [] if definition.daily is None else [keeping_days(self.service, self.ending)]
        return [*follow, self._relaying(), self._signing(), *compare, *daily]

    def _following(self, source: str) -> Duty:
        name, settings = self.service.definition.name, self.settings
        log = self.service.site.log_name(source)
        caller = self._caller()
        patience = min(ASK_SECONDS, settings.heartbeat_seconds)  # meanwhile nobody sends heartbeats
        follower = self.service.follow(RemoteSource(log, caller, self.stamp, patience))
        consumer = FollowConsumer(
            settings.broker_url(name),
            settings.heartbeat_seconds,
            follower,
            self.stamp,
            self.state.message_refused,
        )
        shown = self.state.follower_states[log]

        def step() -> None:
            try:
                consumer.step()
            except Exception as error:
                shown.standing_still = f"停在 {type(error).__name__}，正在重试。"
                raise
            finally:
                shown.connected = consumer.connected
                shown.head = None if consumer.head < 0 else consumer.head
            shown.standing_still = None

        def close() -> None:
            consumer.close()
            caller.close()

        return Duty(f"follow {log}", step, pulse=consumer.pulse, close=close)

    def _caller(self) -> Caller:
        name = self.service.definition.name
        return Caller(self.settings.broker_url(name), name, self.ending.is_set)

    def _relaying(self) -> Duty:
        name = self.service.definition.name
        publisher = RabbitPublisher(self.settings.broker_url(name), name, self.stamp)
        relay = Relay(self.service.source, self.database, publisher)
        waker = Waker(self.database.engine)
        shown = self.state.relay_state

        def step() -> None:
            try:
                carried = relay.step()
                if carried == 0:
                    publisher.pulse()
                if carried < FULL:  # what comes from now on wakes us
                    waker.wait(relay.patience_seconds)
            except Exception as error:
                publisher.drop()
                shown.standing_still = f"停在 {type(error).__name__}，正在重试。"
                raise
            shown.standing_still = None

        def close() -> None:
            relay.release()
            waker.close()

        return Duty(f"relay {self.service.log}", step, close=close)

    def _signing(self) -> Duty:
        integrator, shown = self._integrator, self.state.signer_state

        def step() -> None:
            try:
                if integrator.lead():
                    integrator.step()
            except NotConsistent as error:
                shown.refusing = f"{error.sentence}，拒绝签名。"
                raise
            shown.refusing = None
            self._until_more_is_due(self.head())

        return Duty(f"sign {self.service.log}", step, close=integrator.release)

    def _until_more_is_due(self, signed: int) -> None:
        """At most a second or 256 facts behind."""
        for _ in range(SIGN_SLICES):
            ending = self.ending.wait(SIGN_SECONDS / SIGN_SLICES)
            if ending or self.head() - signed >= SIGN_FACTS:
                return

    def _comparing(self) -> Duty:
        service = self.service
        caller = self._caller()
        keys = {one: verifier(self.home, one) for one in service.definition.follows}

        def step() -> None:
            for source, key in keys.items():
                with contextlib.suppress(CallFailed):  # a service that is down is asked again
                    note = caller.call(source, "newest_checkpoint", ASK_SECONDS)
                    if note is not None:
                        service.compare(service.site.log_name(source), note, key)
            self.ending.wait(COMPARE_SECONDS)

        return Duty("compare checkpoints", step, close=caller.close)


def _instant(text: str | None) -> datetime | None:
    """An ISO instant with its zone; raises ValueError or TypeError for anything else."""
    instant = None if text is None else datetime.fromisoformat(text)
    if instant is not None and instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as the wire carries it."""
    plain: dict[str, Any] = msgspec.to_builtins(answer)
    return plain
