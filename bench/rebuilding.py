"""Loading one aggregate of 1,000 facts: read, decode, fold."""

from collections.abc import Iterator
from datetime import date

from bench import samples
from bench.appending import tenfold
from bench.figures import Figure, at_least
from bench.logs import LONG, SHORT, Log, on_postgres
from bench.measuring import Side, interleave, timed
from bench.peer_aggregate import visited_library
from bench.stage import Stage
from services.review.domain.review import CASE
from services.runtime.houses import definition
from shared.decider import Books, UnitOfWork
from shared.facts.people import Member
from shared.facts.review import CaseOpened
from shared.identity import random_keys
from shared.sealing import KeyRing

FACTS = 1_000
STREAM = f"case/{samples.case(0)}-visited"
NUMBER = 900_000_000


def rebuild(stage: Stage) -> Iterator[Figure]:
    """A case with 999 visits, through the rules of review as every command loads it.

    The library: an aggregate with one event of the same fields for each visit, no snapshot.
    """
    short, long = on_postgres(stage, stage.count(SHORT)), on_postgres(stage, stage.count(LONG))
    for log in (short, long):
        _visit(log)
    times = stage.count(20)
    sides = {
        "ours": _ours(short, times),
        "peer": timed(visited_library(stage, FACTS, times)),
        "long": _ours(long, times),
    }
    taken = interleave(sides, stage.rounds)
    name, rate = "rebuild an aggregate of 1,000 facts", taken.rate("ours")
    yield Figure.beside(
        f"{name}: eventsourcing",
        rate, "facts/s", taken.rate("peer"), taken.ratio("ours", "peer"), at_least(5),
    )  # fmt: skip
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))


def _visit(log: Log) -> None:
    facts = [_opened(), *[samples.visit(number) for number in range(1, FACTS)]]
    rows = [
        samples.row_in(STREAM, version, NUMBER + version, fact)
        for version, fact in enumerate(facts, start=1)
    ]
    log.append(rows, FACTS)


def _opened() -> CaseOpened:
    place = samples.about(samples.case(0))
    return CaseOpened(
        case=samples.case(0),
        household=place.household or "",
        programme="DIBAO",
        category="RURAL",
        township=place.township or "",
        village=place.village or "",
        applicant=place.persons[0],
        members=tuple(Member(person, "家庭成员") for person in place.persons),
        declared_income_fen=30_000,
        declared_property_fen=500_000,
        accepted_on=date(2024, 3, 1),
        relative_registered=False,
        organ="TOWNSHIP",
        elsewhere=(),
        survey_start_by=date(2024, 3, 6),
        decide_by=date(2024, 4, 2),
        rules={"standard": "2024"},
        calendar="2024",
        personal=None,
    )


def _ours(log: Log, times: int) -> Side:
    keyring = KeyRing(bytes(32), bytes(32), random_keys)
    books = Books(samples.LOG, keyring, definition("review").projections)

    def work() -> int:
        loaded = 0
        for _ in range(times):
            with log.database.read() as conn:
                loaded += UnitOfWork(conn, books).load(CASE, STREAM).version
        return loaded

    return timed(work)
