"""Facts as review records them: visits, a few to a case, with and without a sealed part."""

from datetime import UTC, date, datetime, timedelta

from shared import codec
from shared.clock import instant_text
from shared.envelope import About, Actor, Envelope, Row
from shared.facts.base import Fact
from shared.facts.review import HouseholdVisited
from shared.identity import fact_id

LOG = "411603/review"
FACTS_PER_CASE = 8
START = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
ACTOR = Actor("o-411603101-1", "王勤", "民政经办员", "411603101")


def visit(number: int) -> HouseholdVisited:
    """What two officers saw; another income for each number."""
    return HouseholdVisited(
        case=case(number),
        visitors=("o-411603101-1", "o-411603101-2"),
        recorded_by=("o-411603101-1",),
        visited_on=date(2024, 3, 4),
        signed_by_member=True,
        members_count=2,
        monthly_income_fen=30_000 + number % 70_000,
        property_fen=500_000,
        form=None,
    )


def case(number: int) -> str:
    """The case that the numbered fact belongs to."""
    return f"case-{number // FACTS_PER_CASE:020x}"


def about(name: str) -> About:
    """A household of two."""
    household = name.removeprefix("case-")
    persons = (f"{household:0>32}"[-32:], f"{household[::-1]:f<32}")
    return About(name, f"hh-{household}", persons, "王庄村", "411603101")


def frame(stream: str, version: int, number: int) -> Envelope:
    """What surrounds the numbered fact."""
    at = START + timedelta(milliseconds=number)
    name = stream.removeprefix("case/")
    cause = f"0b4e5d0a-52f1-5c3e-8a6f-{number:012x}"
    return Envelope(
        log=LOG,
        stream=stream,
        version=version,
        fact="",
        v=0,
        id=fact_id(at, LOG, cause, 0),
        at=instant_text(at),
        actor=ACTOR,
        basis="57号 Art 16",
        cause=cause,
        journey=name,
        about=about(name),
        data={},
        personal=None,
    )


def row(number: int) -> Row:
    """The numbered fact, ready to append."""
    stream, version = f"case/{case(number)}", number % FACTS_PER_CASE + 1
    return row_in(stream, version, number, visit(number))


def row_in(stream: str, version: int, number: int, fact: Fact) -> Row:
    """A fact anywhere."""
    return codec.encode(fact, frame(stream, version, number), None)


def rows(first: int, count: int) -> list[Row]:
    """Facts `first` … `first` + `count` − 1."""
    return [row(number) for number in range(first, first + count)]
