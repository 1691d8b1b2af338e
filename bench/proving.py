"""Verifying a whole log, and proving that one fact is in it."""

import random
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import samples
from bench.appending import tenfold
from bench.figures import Figure, at_least, at_most
from bench.logs import LONG, SHORT, SIZES, on_sqlite
from bench.long_sites import LongLog
from bench.measuring import Side, interleave, timed
from bench.millions import fill
from bench.stage import Stage
from shared.clock import SystemClock
from shared.log import store
from shared.log.integrator import Integrator
from shared.log.merkle import TILE_WIDTH
from shared.log.proof import inclusion_proof
from shared.log.signing import Signer
from shared.log.tiles import node_reader
from shared.log.verification import Keys, verify


class SignedLog:
    """A log on a file, signed to its end."""

    def __init__(self, stage: Stage, name: str, count: int) -> None:
        self.log = on_sqlite(stage, name, 0)
        self.log.database.close()
        fill(Path(self.log.name), count)
        signer = Signer(samples.LOG, Ed25519PrivateKey.generate())
        cosigner = Signer("411603/witness", Ed25519PrivateKey.generate())
        self.keys = Keys(samples.LOG, signer.verifier, cosigner.verifier)
        self.state: Path = stage.folder / f"{name}.json"
        integrator = Integrator(
            samples.LOG, self.log.database, signer, cosigner, SystemClock(), self.state
        )
        while integrator.step() is not None:
            pass

    def verify(self, processes: int = 1) -> int:
        """The whole log; how many facts it found as they were signed."""
        with self.log.database.read() as conn:
            report = verify(conn, self.keys, state_file=self.state, processes=processes)
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
    yield from _on_two_cores(stage)


def _on_two_cores(stage: Stage) -> Iterator[Figure]:
    """A log so long that starting a process doesn't count for much."""
    log = SignedLog(stage, "verify-longest", stage.count(5 * LONG))
    sides = {"one": timed(log.verify), "two": timed(partial(log.verify, processes=2))}
    taken = interleave(sides, min(stage.rounds, _LONG_ROUNDS))
    yield Figure.beside(
        "verify whole, two processes: one process",
        taken.rate("two"), "facts/s", taken.rate("one"), taken.ratio("two", "one"), at_least(1.7),
    )  # fmt: skip


_LONG_ROUNDS = 3


def _hashed(bodies: list[bytes]) -> Side:
    def work() -> int:
        for body in bodies:
            sha256(body).digest()
        return len(bodies)

    return timed(work)


def inclusion(stage: Stage) -> Iterator[Figure]:
    """Proofs of facts anywhere in a log; each reads all its hashes from the database anew.

    Only what the few tiles above the lowest level hash to is remembered, by their bytes, as in
    production; the warm-up has met them.

    What a proof reads at a tree's right edge is as much as happens to lie in the tiles that aren't
    full yet, 0 to 255 hashes at each level, in a short log as in a long one. So that only length
    counts, the trees compared have the same edge.
    """
    short = stage.count(SIZES[0])
    sides = {}
    for size in map(stage.count, SIZES):
        tree = short + (size - short) // _SAME_EDGE * _SAME_EDGE
        sides[f"{tree:,}"] = _proofs(LongLog.of(stage, size), tree, stage.count(400))
    taken = interleave(sides, stage.rounds)
    first, *others = sides
    for name in others:
        yield Figure.beside(
            f"inclusion proof in {name} facts: in {first}",
            taken.rate(name), "proofs/s", taken.rate(first), taken.ratio(first, name), at_most(1.5),
        )  # fmt: skip


_SAME_EDGE = TILE_WIDTH**2
"""So many facts more fill a tile of the second level and leave the edge as it was."""


def _proofs(log: LongLog, size: int, times: int) -> Side:
    chance = random.Random(7)  # noqa: S311 - any positions will do

    def work() -> int:
        for _ in range(times):
            with log.database.read() as conn:
                index = chance.randrange(size)
                inclusion_proof(node_reader(conn, size), index, size)
        return times

    return timed(work)
