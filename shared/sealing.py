"""Personal data is sealed before it is hashed: destroy a household's keys and it is gone,
while every proof over the log still holds (PIPL Art 47; the archive rules decide when).

A data key belongs to one household. It lies beside the log in `subject_key`, wrapped by the
service's master key, and travels beside facts wrapped by the site's carrier key.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy.engine import Connection

from shared import canonical
from shared.driver import Asked
from shared.identity import KeySource

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class DataKey:
    """A household's secret; `key` is its public name."""

    household: str
    key: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class TravellingKey:
    """A data key on its way to another service, wrapped under the site's carrier key."""

    household: str
    key: str
    wrapped: bytes


class SealBroken(Exception):
    """The sealed part does not belong to this key or this place in the log."""


def seal(personal: Mapping[str, Any], key: DataKey, place: str, fact_id: str) -> dict[str, str]:
    """Encrypt a personal part for its place (log, stream, version, fact id)."""
    nonce = _nonce(key.secret, fact_id)
    sealed = AESGCM(key.secret).encrypt(nonce, canonical.encode(dict(personal)), place.encode())
    text = base64.b64encode(sealed).decode("ascii")
    return {"household": key.household, "key": key.key, "sealed": text}


def unseal(personal: Mapping[str, str], key: DataKey, place: str, fact_id: str) -> dict[str, Any]:
    """Read a personal part again; raises SealBroken."""
    try:
        opened = AESGCM(key.secret).decrypt(
            _nonce(key.secret, fact_id), base64.b64decode(personal["sealed"]), place.encode()
        )
    except (InvalidTag, ValueError) as error:
        raise SealBroken(place) from error
    tree: dict[str, Any] = msgspec.json.decode(opened)
    return tree


def place_of(log: str, stream: str, version: int, fact_id: str) -> str:
    """What a sealed part is bound to, so that it can't be moved to another fact."""
    return f"{log}\n{stream}\n{version}\n{fact_id}"


def _nonce(secret: bytes, fact_id: str) -> bytes:
    return hmac.digest(secret, fact_id.encode(), "sha256")[:12]


class KeyRing:
    """A service's copies of data keys. Reads and writes go through the caller's transaction."""

    def __init__(self, master: bytes, carrier: bytes, source: KeySource) -> None:
        self._master, self._carrier, self._source = master, carrier, source

    def key_for_writing(self, conn: Connection, household: str) -> DataKey:
        """A living key of the household; made here if there is none yet."""
        known = _OF_HOUSEHOLD.of(conn, {"household": household})
        for _, wrapped, name in known:
            if wrapped is not None:
                return self._opened(household, wrapped, name)
        secret = self._source("household", household, str(len(known)))
        key = DataKey(household, key_name(household, secret), secret)
        self._store(conn, [key])
        return key

    def keys(self, conn: Connection, names: Iterable[str]) -> dict[str, DataKey]:
        """The living keys of these names that this service holds, by name."""
        wanted = list(dict.fromkeys(names))
        found: dict[str, DataKey] = {}
        for start in range(0, len(wanted), PAGE):
            page = wanted[start : start + PAGE]
            rows: Iterable[Any] = (
                _KEY.of(conn, {"name": page[0]})  # one household's, as for most commands
                if len(page) == 1
                else conn.execute(_KEYS, {"names": page})
            )
            found.update((row[2], self._opened(*row)) for row in rows)
        return found

    def pack(self, conn: Connection, names: Iterable[str]) -> dict[str, TravellingKey]:
        """The keys of these names, ready to travel."""
        return {
            name: TravellingKey(key.household, name, aes_key_wrap(self._carrier, key.secret))
            for name, key in self.keys(conn, names).items()
        }

    def accept(self, conn: Connection, keys: Iterable[TravellingKey]) -> None:
        """Keep copies of keys that came beside facts.

        Known ones change nothing, and a destroyed one stays destroyed. Raises SealBroken for a key
        wrapped by a stranger or travelling under another's name.
        """
        try:
            opened = [
                DataKey(k.household, k.key, aes_key_unwrap(self._carrier, k.wrapped)) for k in keys
            ]
        except InvalidUnwrap as error:
            raise SealBroken("carrier key") from error
        if any(k.key != key_name(k.household, k.secret) for k in opened):
            raise SealBroken("a key under another's name")
        self._store(conn, {k.key: k for k in opened}.values())

    def destroy(self, conn: Connection, household: str) -> int:
        """Erase: after this nobody here can read the household's personal parts so far."""
        return conn.execute(_DESTROY, {"household": household}).rowcount

    def _opened(self, household: str, wrapped: bytes, name: str) -> DataKey:
        return DataKey(household, name, aes_key_unwrap(self._master, bytes(wrapped)))

    def _store(self, conn: Connection, keys: Iterable[DataKey]) -> None:
        rows = [
            {
                "household": k.household,
                "key": k.key,
                "wrapped": aes_key_wrap(self._master, k.secret),
            }
            for k in keys
        ]
        if rows:
            conn.execute(_STORE, rows)


def key_name(household: str, secret: bytes) -> str:
    return hashlib.sha256(b"name" + household.encode() + secret).hexdigest()[:16]


_KEY = Asked(
    "SELECT household, wrapped, key FROM subject_key WHERE key = :name AND wrapped IS NOT NULL"
)
_KEYS = sa.text(
    "SELECT household, wrapped, key FROM subject_key WHERE key IN :names AND wrapped IS NOT NULL"
).bindparams(sa.bindparam("names", expanding=True))
_OF_HOUSEHOLD = Asked(
    "SELECT household, wrapped, key FROM subject_key WHERE household = :household ORDER BY key"
)
_STORE = sa.text(
    "INSERT INTO subject_key (household, key, wrapped) VALUES (:household, :key, :wrapped) "
    "ON CONFLICT DO NOTHING"
)
_DESTROY = sa.text(
    "UPDATE subject_key SET wrapped = NULL WHERE household = :household AND wrapped IS NOT NULL"
)
