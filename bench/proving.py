"""Verifying a whole log, and proving that one fact is in it."""

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import samples
from bench.appending import tenfold
from bench.figures import Figure, at_least, at_most
from bench.logs import LONG, SHORT, on_sqlite
from bench.long_sites import LongLog
from bench.measuring import Side, interleave, timed
from bench.stage import Stage
from shared.clock import SystemClock
from shared.log import store
from shared.log.integrator import Integrator
from shared.log.proof import inclusion_proof
from shared.log.signing import Signer
from shared.log.tiles import node_reader
from shared.log.verification import Keys, verify


class SignedLog:
    """A log on a file, signed to its end."""

    def __init__(self, stage: Stage, name: str, count: int) -> None:
        self.log = on_sqlite(stage, name, count)
        signer = Signer(samples.LOG, Ed25519PrivateKey.generate())
        cosigner = Signer("411603/witness", Ed25519PrivateKey.generate())
        self.keys = Keys(samples.LOG, signer.verifier, cosigner.verifier)
        self.state: Path = stage.folder / f"{name}.json"
        integrator = Integrator(
            samples.LOG, self.log.database, signer, cosigner, SystemClock(), self.state
        )
        while integrator.step() is not None:
            pass

    def verify(self) -> int:
        """The whole log; how many facts it found as they were signed."""
        with self.log.database.read() as conn:
            report = verify(conn, self.keys, state_file=self.state)
        if not report.ok:
            raise RuntimeError(f"not as signed: {report.findings[:3]}")
        return report.size

    def bodies(self) -> list[bytes]:
        """All that was hashed."""
        with self.log.database.read() as conn:
            return [fact.body for fact in store.read_all(conn)]


def verification(stage: Stage) -> Iterator[Figure]:
    """All that `verify` looks at, in one process and on two cores, beside SHA-256 of the bodies."""
    short = SignedLog(stage, "verify-short", stage.count(SHORT))
    long = SignedLog(stage, "verify-long", stage.count(LONG))
    bodies = short.bodies()
    taken = interleave(
        {"ours": timed(short.verify), "hash": _hashed(bodies), "long": timed(long.verify)},
        stage.rounds,
    )
    name, rate = "verify whole, one process", taken.rate("ours")
    yield Figure.beside(
        f"{name}: SHA-256 of the same bytes",
        rate, "facts/s", taken.rate("hash"), taken.ratio("ours", "hash"), at_least(0.15),
    )  # fmt: skip
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))


def _hashed(bodies: list[bytes]) -> Side:
    def work() -> int:
        for body in bodies:
            sha256(body).digest()
        return len(bodies)

    return timed(work)


def inclusion(stage: Stage) -> Iterator[Figure]:
    """Proofs of facts anywhere in a log; each is made out of the database anew, no node kept."""
    logs = {
        f"{size:,}": LongLog.of(stage, size) for size in map(stage.count, (SHORT, LONG, 10 * LONG))
    }
    sides = {name: _proofs(log, stage.count(400)) for name, log in logs.items()}
    taken = interleave(sides, stage.rounds)
    first, *others = logs
    for name in others:
        yield Figure.beside(
            f"inclusion proof in {name} facts: in {first}",
            taken.rate(name), "proofs/s", taken.rate(first), taken.ratio(first, name), at_most(1.5),
        )  # fmt: skip


def _proofs(log: LongLog, times: int) -> Side:
    chance = random.Random(7)  # noqa: S311 - any positions will do

    def work() -> int:
        for _ in range(times):
            with log.database.read() as conn:
                index = chance.randrange(log.size)
                inclusion_proof(node_reader(conn, log.size), index, log.size)
        return times

    return timed(work)
