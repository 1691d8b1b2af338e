"""The carrier of embedded mode: followers read the other service's database directly."""

from collections.abc import Sequence

import sqlalchemy as sa

from shared import codec
from shared.carrying.source import Carried
from shared.database import Database
from shared.log import store
from shared.sealing import KeyRing


class LocalSource:
    """A log in this process. Also what answers `facts_after` to other processes."""

    def __init__(self, log: str, database: Database, keyring: KeyRing) -> None:
        self.log = log
        self._database, self._keyring = database, keyring

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        with self._database.look() as conn:
            return self._with_keys(conn, store.read(conn, position + 1, limit))

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        with self._database.look() as conn:
            rows = conn.execute(_AT, {"positions": list(positions)})
            found = [store.Stored(r.position, bytes(r.body), bytes(r.leaf)) for r in rows]
            return self._with_keys(conn, found)

    def head(self) -> int:
        with self._database.look() as conn:
            return store.size(conn) - 1

    def _with_keys(
        self, conn: sa.engine.Connection, facts: Sequence[store.Stored]
    ) -> list[Carried]:
        names = [_key_of(fact.body) for fact in facts]
        keys = self._keyring.pack(conn, [name for name in names if name is not None])
        return [
            Carried(self.log, fact.position, fact.body, keys.get(name or ""))
            for fact, name in zip(facts, names, strict=True)
        ]


def _key_of(body: bytes) -> str | None:
    """Bytes that are no fact need no key; whoever follows parks them, and verification names them."""
    try:
        return codec.key_of(body)
    except (ValueError, KeyError, TypeError):
        return None


_AT = sa.text(
    "SELECT position, body, leaf FROM fact WHERE position IN :positions ORDER BY position"
).bindparams(sa.bindparam("positions", expanding=True))
