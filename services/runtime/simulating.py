"""What a policy would do to the households on record: read case by case, written nowhere."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.domain.simulating import Effect, as_assessed, effect_of
from services.review.read_models.tables import CASE
from services.runtime.home import Home
from services.runtime.reading import reading
from services.runtime.signers import key_source
from shared import codec
from shared.log import binary
from shared.policy.model import Policy
from shared.refusal import Refusal
from shared.sealing import DataKey, KeyRing

PAGE = 500
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Tally:
    """Households, and what they get a month before and after; `in_count` qualify only after."""

    households_count: int = 0
    in_count: int = 0
    out_count: int = 0
    more_count: int = 0
    less_count: int = 0
    before_fen: int = 0
    after_fen: int = 0

    def add(self, effect: Effect) -> None:
        """One more household."""
        before, after = effect.before_fen, effect.after_fen
        self.households_count += 1
        self.before_fen += before or 0
        self.after_fen += after or 0
        match before, after:
            case None, int():
                self.in_count += 1
            case int(), None:
                self.out_count += 1
            case int(old), int(new):
                self.more_count += new > old
                self.less_count += new < old


@dataclass(slots=True)
class Simulation:
    """By standing (CONFIRMED: in payment; UNDER_REVIEW: with an opinion) and by township.

    `not_judged`: codes of what kept a household from being judged, and of how many.
    """

    standings: dict[str, Tally] = field(default_factory=dict)
    townships: dict[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)
    not_judged: Counter[str] = field(default_factory=Counter)

    def add(self, status: str, township: str, effect: Effect) -> None:
        """One more household."""
        own = (
            self.standings.setdefault(status, Tally()),
            self.townships.setdefault(township, Tally()),
        )
        for tally in (self.total, *own):
            tally.add(effect)


def simulate(home: Home, before: Policy, after: Policy, on: date, tell: Progress) -> Simulation:
    """Judge every household under review with an opinion, and every one in payment, twice.

    Read only, one snapshot, a page of cases at a time. `tell` hears how many of how many are done.
    """
    secrets, found = home.secrets, Simulation()
    source = key_source(home.charter())
    keyring = KeyRing(secrets.get("master-review"), secrets.get("carrier"), source)
    with reading(home, "review") as conn:
        total = int(conn.execute(_COUNT).scalar_one())
        for done, row in enumerate(_cases(conn), start=1):
            facts = codec.Reading(
                binary.bodies(conn, f"case/{row.case}"), partial(_key, conn, keyring)
            )
            try:
                state = as_assessed(facts)
                if state is not None:
                    found.add(row.status, row.township, effect_of(state, before, after, on))
            except Refusal as refusal:  # told by its code: the household counts in no sum
                found.not_judged[refusal.code] += 1
            tell(done, total)
    return found


def _key(conn: Connection, keyring: KeyRing, name: str) -> DataKey | None:
    return keyring.keys(conn, [name]).get(name)


def _cases(conn: Connection) -> Iterator[Any]:
    last = ""
    while page := conn.execute(_PAGE, {"last": last}).all():
        yield from page
        last = page[-1].case


_ON_RECORD = sa.or_(
    CASE.c.status == "CONFIRMED",
    sa.and_(CASE.c.status == "UNDER_REVIEW", CASE.c.opinion_on.is_not(None)),
)
_COUNT = sa.select(sa.func.count()).select_from(CASE).where(_ON_RECORD)
_PAGE = (
    sa.select(CASE.c.case, CASE.c.status, CASE.c.township)
    .where(_ON_RECORD, CASE.c.case > sa.bindparam("last"))
    .order_by(CASE.c.case)
    .limit(PAGE)
)
