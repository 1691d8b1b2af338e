"""A site: one place with one clock, one calendar, one set of rules and keys for its services."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.engine import Connection

from shared.calendar import WorkCalendar
from shared.clock import Clock, day_of
from shared.context import NOBODY, Behind, Context
from shared.envelope import Actor
from shared.identity import KeySource, pseudonym
from shared.policy.model import Policy
from shared.policy_rows import Published


@dataclass(frozen=True, slots=True)
class Site:
    """What all services of a site share. `code` is the division code, e.g. 411603; `policy` the
    packs on file, under what the bureau has published since."""

    code: str
    trial: bool
    clock: Clock
    calendar: WorkCalendar
    policy: Policy
    token_key: Ed25519PublicKey
    pseudonym_key: bytes
    carrier_key: bytes
    keys: KeySource
    published: Published = field(default_factory=Published, compare=False, repr=False)

    def policy_in(self, conn: Connection) -> Policy:
        """The packs on file under all that was published, as this service has followed it.

        Raises PolicyUnusable where the two don't fit.
        """
        return self.published.over(self.policy, conn)

    def context(
        self,
        actor: Actor,
        now: datetime,
        command_id: str,
        policy: Policy,
        behind: Behind = NOBODY,
    ) -> Context:
        """What a decision taken now may know."""
        return Context(
            now,
            day_of(now),
            self.calendar,
            policy,
            actor,
            command_id,
            self.pseudonym_of,
            behind=behind,
        )

    def pseudonym_of(self, resident_number: str) -> str:
        """How the person with this ID number appears in the log."""
        return pseudonym(self.pseudonym_key, resident_number)

    def log_name(self, service: str) -> str:
        """The log of one of this site's services: 411603/review."""
        return f"{self.code}/{service}"
