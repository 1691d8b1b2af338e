"""What one service process knows of itself: filled in by what runs it, shown by health and metrics.

Plain attributes, each written by one thread and read by others; counters lock for themselves.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from prometheus_client import CollectorRegistry, Counter

from shared.answer import Outcome
from shared.service import Service

UNKNOWN: Final = "?"
"""The label of whatever isn't on its list: nothing that comes from outside names a time series."""

OUTCOMES: Final = frozenset({*get_args(Outcome), "trouble"})
"""How a command ends: the door's answers, and `trouble` where it had none."""

REASONS: Final = frozenset({"unreadable", "stranger"})
"""Why a message is refused: shared/carrying/wire.py; a process may name others of its own."""


@dataclass(slots=True)
class FollowerState:
    """One follower. `head`: the newest position its source is known to have; None: not yet heard.

    `standing_still`: a Chinese sentence why it doesn't go on; None while it does.
    """

    connected: bool = False
    head: int | None = None
    standing_still: str | None = None


@dataclass(slots=True)
class RelayState:
    """The relay of this process, whether it leads or waits. How far it is stands in the database."""

    standing_still: str | None = None


@dataclass(slots=True)
class SignerState:
    """The signer. `refusing`: a Chinese sentence why it won't sign; None while all is well."""

    refusing: str | None = None


class ProcessState:
    """A running service process. One for each process, made before anything is started.

    `home` is the site's folder, where the stamps of verifications lie; `reasons` are the words
    that `message_refused` may be called with.
    """

    def __init__(self, service: Service, home: Path, reasons: frozenset[str] = REASONS) -> None:
        self.service, self.home = service, home
        self.broker_connected = False
        self.follower_states = {
            f"{service.site.code}/{source}": FollowerState()
            for source in service.definition.follows
        }
        self.relay_state = RelayState()
        self.signer_state = SignerState()
        self.counters = CollectorRegistry()
        self._commands = frozenset(row.name for row in service.definition.commands)
        self._reasons = reasons
        self._done = Counter(
            "yingbao_commands", "Commands by name and outcome.", ("command", "outcome"),
            registry=self.counters,
        )  # fmt: skip
        self._refused = Counter(
            "yingbao_messages_refused", "Messages that no follower may take.", ("reason",),
            registry=self.counters,
        )  # fmt: skip

    def command_done(self, name: str, outcome: str) -> None:
        """A command was answered. Names and outcomes that don't exist are counted together."""
        command = name if name in self._commands else UNKNOWN
        self._done.labels(command, outcome if outcome in OUTCOMES else UNKNOWN).inc()

    def message_refused(self, reason: str) -> None:
        """A message was refused for good: rejected, or laid among the dead letters."""
        self._refused.labels(reason if reason in self._reasons else UNKNOWN).inc()
