"""What accountability costs an append: the integrator and signer beside it, and the sealing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from threading import Event, Thread

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import Connection

from bench import samples
from bench.appending import tenfold
from bench.figures import Figure, at_least
from bench.logs import LONG, SHORT, Log, on_postgres
from bench.measuring import Side, interleave, prepared
from bench.stage import Stage
from shared.clock import SystemClock
from shared.decider import Books, Frame, UnitOfWork
from shared.envelope import Row
from shared.facts.base import Fact
from shared.facts.review import ObjectionRaised, Objector
from shared.identity import random_keys
from shared.log.integrator import Integrator
from shared.log.signing import Signer
from shared.sealing import KeyRing

SLICE_SECONDS = 0.25
"""How often a service's signer looks; it signs once a second or at 256 facts."""


def signed(stage: Stage) -> Iterator[Figure]:
    """Appending one by one while the signer follows in a thread of the same process, or doesn't.

    It reads the leaves, makes the tree, signs, cosigns and stores four times a second: at least
    as often as a service's own does.
    """
    short, long = on_postgres(stage, stage.count(SHORT)), on_postgres(stage, stage.count(LONG))
    total = stage.count(1_000)
    signers = {log.name: _integrator(stage, log) for log in (short, long)}

    def side(log: Log, *, beside: bool) -> Side:
        def work(rows: list[Row]) -> int:
            with _running(signers[log.name]) if beside else _nothing():
                return log.append(rows)

        return prepared(partial(log.take, total), work)

    taken = interleave(
        {
            "ours": side(short, beside=True),
            "without": side(short, beside=False),
            "long": side(long, beside=True),
        },
        stage.rounds,
    )
    name, rate = "append 1 beside integrator and signer, PostgreSQL", taken.rate("ours")
    ratio = taken.ratio("ours", "without")
    yield Figure.beside(
        f"{name}: without them", rate, "facts/s", taken.rate("without"), ratio, at_least(0.95)
    )
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))


def sealed(stage: Stage) -> Iterator[Figure]:
    """An objection recorded with its objector sealed under the household's key, or without one.

    From the decided fact on: key, encryption, encoding, hash, append, commit; one a transaction.
    """
    short, long = on_postgres(stage, stage.count(SHORT)), on_postgres(stage, stage.count(LONG))
    total, numbers = stage.count(600), count(500_000_000)

    def side(log: Log, objector: Objector | None) -> Side:
        def make() -> list[tuple[int, Fact]]:
            fact = ObjectionRaised(samples.case(0), 1, samples.visit(0).visited_on, objector)
            return [(next(numbers), fact) for _ in range(total)]

        return prepared(make, partial(_record, log))

    taken = interleave(
        {
            "ours": side(short, OBJECTOR),
            "open": side(short, None),
            "long": side(long, OBJECTOR),
        },
        stage.rounds,
    )
    name, rate = "record 1 with a sealed part, PostgreSQL", taken.rate("ours")
    ratio = taken.ratio("ours", "open")
    yield Figure.beside(
        f"{name}: without one", rate, "facts/s", taken.rate("open"), ratio, at_least(0.70)
    )
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))


OBJECTOR = Objector("赵某某", "0394-0000000", "公示的家庭收入与实际不符，请重新调查。")
_BOOKS = Books(samples.LOG, KeyRing(bytes(32), bytes(32), random_keys), {})


def _record(log: Log, facts: Sequence[tuple[int, Fact]]) -> int:
    for number, fact in facts:
        log.database.write(partial(_record_one, number, fact))
    return len(facts)


def _record_one(number: int, fact: Fact, conn: Connection) -> None:
    stream, cause = f"objection/{number}", f"cause-{number}"
    unit = UnitOfWork(conn, _BOOKS)
    # A household for each hundred facts: most find its key made.
    about = samples.about(samples.case(number // 100 * samples.FACTS_PER_CASE))
    unit.record(stream, about, [fact], Frame(samples.ACTOR, samples.START, "57号 Art 19", cause))
    unit.flush()


def _integrator(stage: Stage, log: Log) -> Integrator:
    signer = Signer(samples.LOG, Ed25519PrivateKey.generate())
    cosigner = Signer("411603/witness", Ed25519PrivateKey.generate())
    folder = stage.folder / f"signer-{log.name}"
    folder.mkdir()
    made = Integrator(
        samples.LOG, log.database, signer, cosigner, SystemClock(), folder / "state.json"
    )
    stage.things.callback(made.release)
    made.lead()
    while made.step() is not None:
        pass
    return made


@contextmanager
def _running(integrator: Integrator) -> Iterator[None]:
    stop = Event()

    def sign() -> None:
        while not stop.wait(SLICE_SECONDS):
            integrator.step()

    thread = Thread(target=sign)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
