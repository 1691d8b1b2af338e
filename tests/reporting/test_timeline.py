"""Anyone who must answer can be found: the timeline by every filter, alone and together."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.mirror import Entry, timeline
from services.reporting.mirror.timeline import timeline_sql
from shared.clock import day_of, instant_text
from shared.envelope import About, Envelope, from_body
from shared.facts.door import CommandRefused
from tests.reporting.speech import about, at, confirmed, withdrawn
from tests.reporting.world import START, Record, sqlite_record

FILTERS = {
    "household": "hh-1",
    "case": "case-1",
    "person": "p-1",
    "officer": "o-1",
    "township": "411603101",
    "fact": "intake.application_withdrawn",
    "from_on": date(2024, 3, 2),
    "to_on": date(2024, 3, 3),
}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Two houses speaking at the same hours about five households in two townships."""
    made = sqlite_record(Path(tmp_path_factory.mktemp("timeline")))
    for number in range(60):
        when = START + timedelta(hours=number * 2)
        township = f"41160310{1 + number % 2}"
        fact = confirmed(number, "2024-04")
        stream, whom = f"case/{number % 5}", about(number % 5, township)
        made.logs["review"].say(fact, stream, whom, when, f"o-{number % 3}")
        made.logs["intake"].say(withdrawn(number), stream, whom, when, f"o-{number % 2}")
    refused = CommandRefused("confirm_eligibility", "c", "WRONG_ROLE", True, "d")
    made.logs["review"].say(refused, "refusal/c", about(1), START, "o-9")
    made.settle()
    yield made
    made.database.close()


def shown(record: Record, **filters: Any) -> list[Entry]:
    with record.database.read() as conn:
        return list(timeline(conn, **filters))


def naive(record: Record, **filters: Any) -> list[tuple[str, str, int]]:
    """The same answer by reading everything."""
    found = [
        (envelope.at, envelope.log, position)
        for log in record.logs.values()
        for position, envelope in enumerate(map(from_body, log.bodies))
        if all(_fits(envelope, name, wanted) for name, wanted in filters.items())
    ]
    return sorted(found)


def _fits(envelope: Envelope, name: str, wanted: Any) -> bool:
    day = day_of(datetime.fromisoformat(envelope.at))
    match name:
        case "household" | "case" | "township":
            return bool(getattr(envelope.about, name) == wanted)
        case "person":
            return wanted in envelope.about.persons
        case "officer":
            return bool(envelope.actor.officer == wanted)
        case "fact":
            return bool(envelope.fact == wanted)
        case "from_on":
            return bool(day >= wanted)
        case _:
            return bool(day <= wanted)


@settings(deadline=None, max_examples=60)
@given(names=st.sets(st.sampled_from(sorted(FILTERS))))
def test_filters_combine_as_if_everything_were_read(spoken: Record, names: set[str]) -> None:
    """Any set of filters gives what fits them all, by time, log and position."""
    filters = {name: FILTERS[name] for name in names}

    assert naive(spoken, **filters) == [entry.place for entry in shown(spoken, **filters)]


def test_an_entry_says_who_when_for_whom_and_by_which_article(spoken: Record) -> None:
    """Everything but the sealed part."""
    [entry] = shown(spoken, fact="door.command_refused")
    origin = from_body(spoken.logs["review"].bodies[60])

    assert ("411603/review", 60, instant_text(START)) == (entry.log, entry.position, entry.at)
    assert (origin.actor, origin.about, origin.basis) == (entry.actor, entry.about, entry.basis)
    assert ("refusal/c", 1, "WRONG_ROLE") == (entry.stream, entry.version, entry.data["code"])


def test_nothing_sealed_is_shown_not_even_as_ciphertext(spoken: Record) -> None:
    """A confirmation's sealed part stays in the log."""
    entries = shown(spoken, fact="review.eligibility_confirmed")
    sealed = [from_body(body).personal for body in spoken.logs["review"].bodies[:60]]

    assert all(part is not None for part in sealed)
    assert not [e for e in entries if "personal" in e.data or "sealed" in repr(e)]


def test_pages_join_without_gap_or_doubling(spoken: Record) -> None:
    """`limit` and `after` walk the same road as the whole."""
    whole = shown(spoken, township="411603101")
    walked: list[Entry] = []
    while page := shown(
        spoken, township="411603101", limit=7, after=walked[-1].place if walked else None
    ):
        walked += page

    assert whole == walked


def test_a_day_is_a_day_in_china(record: Record) -> None:
    """Half past midnight in Huaiyang belongs to the new day, though UTC still counts the old."""
    record.logs["intake"].say(withdrawn(1), "s", About(), at("2024-03-05", 0))
    record.settle()

    assert [] == shown(record, to_on=date(2024, 3, 4))
    assert 1 == len(shown(record, from_on=date(2024, 3, 5), to_on=date(2024, 3, 5)))


KEYS = ("household", "journey", "person", "officer", "township", "name")


@pytest.mark.parametrize(
    "given",
    [
        frozenset(keys) | more
        for count in (1, 2)
        for keys in combinations(KEYS, count)
        for more in (frozenset[str](), frozenset({"from_at", "end_at", "after_at", "limit"}))
    ],
    ids=lambda given: "+".join(sorted(given)),
)
def test_no_filter_reads_the_whole_record(spoken: Record, given: frozenset[str]) -> None:
    """The plan searches an index for each, and sorts only a single person's facts."""
    names = (*KEYS, "from_at", "end_at", "after_at", "after_log", "after_position", "limit")
    with spoken.database.read() as conn:
        plan = conn.execute(
            sa.text(f"EXPLAIN QUERY PLAN {timeline_sql(given)}"), dict.fromkeys(names, 1)
        )
        steps = [row.detail for row in plan]

    assert not [step for step in steps if step.startswith("SCAN")]
    assert ("person" in given) == any("TEMP B-TREE" in step for step in steps)


def test_without_a_filter_the_record_is_read_in_its_own_order(spoken: Record) -> None:
    """No sorting of everything before the first line is shown."""
    with spoken.database.read() as conn:
        plan = conn.execute(sa.text(f"EXPLAIN QUERY PLAN {timeline_sql(frozenset())}")).all()

    assert ["SCAN m USING INDEX mirror_fact_at"] == [row.detail for row in plan]
