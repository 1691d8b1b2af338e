"""What somebody could do who owns a log's database: each a way of changing what was."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.runtime.home import Home
from services.runtime.signers import log_signer, witness_signer
from shared import canonical
from shared.log.integrator import Integrator
from shared.log.merkle import leaf_hash
from shared.log.note import Signer
from shared.sqlite import SqliteDatabase

CODE = "411603"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"\x2a" * 32)


@contextmanager
def owned(home: Path, service: str) -> Iterator[sqlite3.Connection]:
    """The database in its owner's hands: no trigger stands in the way."""
    with closing(sqlite3.connect(home / f"{service}.db")) as conn:
        triggers = conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            conn.execute(f"DROP TRIGGER {name}")
        yield conn
        conn.commit()


def position_of(home: Path, service: str, fact: str) -> int:
    """Where the fifth fact of that name stands: neither first nor last in its log."""
    query = "SELECT position FROM fact WHERE name = ? ORDER BY position LIMIT 1 OFFSET 4"
    with closing(sqlite3.connect(home / f"{service}.db")) as conn:
        return int(conn.execute(query, [fact]).fetchone()[0])


def size_of(home: Path, service: str) -> int:
    """How many facts the log holds."""
    with closing(sqlite3.connect(home / f"{service}.db")) as conn:
        return int(conn.execute("SELECT count(*) FROM fact").fetchone()[0])


def edit_body(home: Path, position: int) -> None:
    """A hundred yuan more for one household; the leaf is left as it was."""
    with owned(home, "payments") as conn:
        conn.execute(
            "UPDATE fact SET body = ? WHERE position = ?", [_richer(conn, position), position]
        )


def edit_column(home: Path, position: int) -> None:
    """Somebody else is to have done it."""
    with owned(home, "payments") as conn:
        conn.execute("UPDATE fact SET officer = 'o-nobody' WHERE position = ?", [position])


def delete_last(home: Path) -> None:
    """The last thing never happened."""
    last = size_of(home, "payments") - 1
    with owned(home, "payments") as conn:
        conn.execute("DELETE FROM fact WHERE position = ?", [last])
        conn.execute("DELETE FROM fact_person WHERE position = ?", [last])


def swap(home: Path, position: int) -> None:
    """This and the next change places, with all that belongs to them."""
    steps = ((position, -1), (position + 1, position), (-1, position + 1))
    with owned(home, "payments") as conn:
        for table in ("fact", "fact_person"):
            for old, new in steps:
                values = [new, old]
                conn.execute(f"UPDATE {table} SET position = ? WHERE position = ?", values)


def rebuild(home: Path, position: int, *, with_true_key: bool, with_record: bool) -> None:
    """Change a body and make everything fit it: leaf, tiles, roots, checkpoints, signatures.

    `with_record`: the signer's own record is rewritten too.
    """
    with owned(home, "payments") as conn:
        body = _richer(conn, position)
        leaf = leaf_hash(body)
        conn.execute(
            "UPDATE fact SET body = ?, leaf = ? WHERE position = ?", [body, leaf, position]
        )
        conn.execute("DELETE FROM merkle_tile")
        conn.execute("DELETE FROM checkpoint")
    record = Home(home).signer_state("payments") if with_record else home / "forged.json"
    record.unlink(missing_ok=True)
    _sign_anew(Home(home), record, with_true_key=with_true_key)


def _sign_anew(home: Home, record: Path, *, with_true_key: bool) -> None:
    charter, secrets = home.charter(), home.secrets
    true = log_signer(secrets, charter, "payments")
    signer = true if with_true_key else Signer(f"{CODE}/payments", OTHER_KEY)
    cosigner = witness_signer(secrets, charter)
    database = SqliteDatabase(home.database("payments"))
    integrator = Integrator(
        f"{CODE}/payments", database, signer, cosigner, home.clock(charter), record
    )
    while integrator.step():
        pass
    database.close()


def _richer(conn: sqlite3.Connection, position: int) -> bytes:
    """The fact's body with another allowance, canonical as ever."""
    query = "SELECT body FROM fact WHERE position = ?"
    tree = json.loads(conn.execute(query, [position]).fetchone()[0])
    tree["data"]["allowance_fen"] += 10_000
    return canonical.encode(tree)
