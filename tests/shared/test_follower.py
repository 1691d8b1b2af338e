"""Following: every fact takes effect exactly once, in order, whatever the source or a reaction does."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from shared.carrying.follower import LogBehind, LogOutOfOrder
from shared.carrying.source import Carried
from shared.codec import decode
from shared.envelope import from_body, to_row
from shared.facts.intake import ApplicationDecided
from shared.facts.review import EligibilityConfirmed
from shared.log.store import Conflict
from tests.houses import Houses, facts_of
from tests.shared.facts.specimen import specimen
from tests.shared.following import KEY, LOG, LyingSource, World, carried, sealed

COUNT = 12
Lie = Callable[[Sequence[Carried]], Sequence[Carried]]
LIES: dict[str, Lie] = {
    "twice": lambda facts: [*facts, *facts],
    "each twice": lambda facts: [one for one in facts for _ in range(2)],
    "backwards": lambda facts: facts[::-1],
    "old ones first": lambda facts: [carried(0), carried(1), *facts],
    "the first missing": lambda facts: facts[1:],
    "one missing in the middle": lambda facts: [*facts[:2], *facts[3:]],
    "of another log": lambda facts: [replace(one, log="411603/payments") for one in facts],
    "nothing": lambda facts: facts[:0],
    "half": lambda facts: facts[: len(facts) // 2],
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Twelve facts in three streams: 0, 3, 6, 9 in case/0; 1, 4 … in case/1; 2, 5 … in case/2."""
    facts = [carried(n, f"case/{n % 3}") for n in range(COUNT)]
    made = World(tmp_path, LyingSource(facts))
    with capture_logs():
        yield made
    made.database.close()


def step_until_honest(world: World, limit: int) -> None:
    """Step through all lies; a gap is noticed, and the follower comes again."""
    for _ in range(len(world.source.lies) + COUNT + 1):
        try:
            world.follower.step(limit)
        except LogOutOfOrder:
            continue


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_one_lie_changes_no_effect(world: World, lie: Lie) -> None:
    """Duplicates, another order, a gap, another log: each fact once and in order in the end."""
    world.source.lies = [lambda facts: facts[:4], lie]
    step_until_honest(world, COUNT)
    assert list(range(COUNT)) == world.effects() == world.mirrored()
    assert [] == world.parked()


@given(st.lists(st.sampled_from(sorted(LIES)), max_size=8), st.integers(1, COUNT))
@settings(deadline=None, max_examples=25)
def test_no_mixture_of_lies_changes_an_effect(names: list[str], limit: int) -> None:
    """Whatever the order of lies and the size of batches."""
    with tempfile.TemporaryDirectory() as folder, capture_logs():
        world = World(Path(folder), LyingSource([carried(n) for n in range(COUNT)]))
        world.source.lies = [LIES[name] for name in names]
        step_until_honest(world, limit)
        assert list(range(COUNT)) == world.effects()
        world.database.close()


@pytest.mark.parametrize(
    "name", ["the first missing", "one missing in the middle", "of another log"]
)
def test_a_gap_is_noticed_before_anything_is_applied(world: World, name: str) -> None:
    """Nothing of that batch has an effect, and nothing is parked."""
    world.source.lies = [LIES[name]]
    with pytest.raises(LogOutOfOrder):
        world.follower.step()
    assert ([], []) == (world.effects(), world.parked())


def test_a_restart_in_the_middle_repeats_and_loses_nothing(world: World) -> None:
    """The cursor lies with the effects in one file."""
    for _ in range(COUNT):
        assert 1 == world.follower.step(1)
        world.restart()
    assert 0 == world.follower.step()
    assert list(range(COUNT)) == world.effects()


@pytest.mark.parametrize("blow", [KeyboardInterrupt, SystemExit])
def test_a_batch_broken_off_in_the_middle_has_no_effect(
    world: World, blow: type[BaseException]
) -> None:
    """As when the process is killed between two facts: after the restart all come, once."""
    world.broken, world.trouble = {"case/2"}, blow
    with pytest.raises(blow):
        world.follower.step()
    assert ([], [], []) == (world.effects(), world.mirrored(), world.parked())
    world.broken = set()
    world.restart()
    world.drain()
    assert list(range(COUNT)) == world.effects()


def test_a_raising_reaction_parks_its_stream_only(world: World) -> None:
    """The others go on; what comes later in the stream waits behind; all is kept and told."""
    world.broken = {"case/1"}
    with capture_logs() as lines:
        world.drain()
    assert [n for n in range(COUNT) if n % 3 != 1] == world.effects()
    behind = [(n, "behind a parked fact", 0) for n in (4, 7, 10)]
    assert [(1, "RuntimeError", 1), *behind] == world.parked()
    status = world.follower.status()
    assert (COUNT - 1, COUNT - 1, 4, 0) == (
        status.position, status.head, status.parked, status.lag,
    )  # fmt: skip
    assert list(range(COUNT)) == world.mirrored()
    assert [1] == [line["position"] for line in lines if line["event"] == "parked"]
    assert {"error"} == {line["log_level"] for line in lines if line["event"] == "parked"}


def test_what_comes_after_a_parked_fact_waits_behind_it(world: World) -> None:
    """Also in later batches, also once the reaction is mended, until the retry."""
    world.broken = {"case/1"}
    world.follower.step(3)
    world.broken = set()
    world.drain()
    assert [n for n in range(COUNT) if n % 3 != 1] == world.effects()
    assert [1, 4, 7, 10] == [position for position, _, _ in world.parked()]


def test_retrying_backs_off_by_the_machine_s_clock(world: World) -> None:
    """2, 4, 8 … seconds to an hour at most, and never before; the site's clock stands still."""
    world.broken = {"case/1"}
    world.drain()
    for attempts in range(1, 15):
        wait = min(2**attempts, 3_600)
        world.clock.set(world.clock.now() + timedelta(seconds=wait, microseconds=-1))
        assert 0 == world.follower.retry_parked()
        assert (1, "RuntimeError", attempts) == world.parked()[0]
        world.clock.set(world.clock.now() + timedelta(microseconds=1))
        assert 0 == world.follower.retry_parked()
        assert (1, "RuntimeError", attempts + 1) == world.parked()[0]
    assert [n for n in range(COUNT) if n % 3 != 1] == world.effects()


def test_a_clock_set_back_does_not_postpone_a_retry(world: World) -> None:
    """An hour back: what waits is tried at once, and from then on backs off as before."""
    world.broken = {"case/1"}
    world.drain()
    assert 0 == world.follower.retry_parked()
    world.clock.set(world.clock.now() - timedelta(hours=1))
    assert 0 == world.follower.retry_parked()
    assert (1, "RuntimeError", 2) == world.parked()[0]
    world.clock.set(world.clock.now() + timedelta(seconds=4, microseconds=-1))
    assert 0 == world.follower.retry_parked()
    assert (1, "RuntimeError", 2) == world.parked()[0]
    world.broken = set()
    world.clock.set(world.clock.now() + timedelta(microseconds=1))
    assert 4 == world.follower.retry_parked()
    assert [1, 4, 7, 10] == world.effects()[-4:]


def test_after_mending_the_stream_is_applied_in_order(world: World) -> None:
    """Once each, and then the stream goes on as any other."""
    world.broken = {"case/1"}
    world.drain()
    world.broken = set()
    world.clock.set(world.clock.now() + timedelta(seconds=2))
    assert 4 == world.follower.retry_parked()
    assert 0 == world.follower.retry_parked()
    assert [1, 4, 7, 10] == world.effects()[-4:]
    assert [] == world.parked()
    world.source.facts.append(carried(COUNT, "case/1"))
    world.drain()
    assert sorted(world.effects()) == list(range(COUNT + 1))


def test_retrying_stops_at_the_next_fact_that_fails(world: World) -> None:
    """What is behind it goes on waiting, in order."""
    world.broken = {"case/1"}
    world.drain()
    world.clock.set(world.clock.now() + timedelta(hours=1))
    only = world.react

    def fails_at_seven(conn: Any, facts: Sequence[Any]) -> None:
        world.broken = {"case/1"} if any(f.position == 7 for f in facts) else set()
        only(conn, facts)

    world.react = fails_at_seven  # type: ignore[method-assign]
    world.follower = world.new_follower()
    assert 2 == world.follower.retry_parked()
    assert [1, 4] == world.effects()[-2:]
    assert [(7, "RuntimeError", 1), (10, "behind a parked fact", 0)] == world.parked()


def test_two_who_retry_at_once_have_one_effect(world: World) -> None:
    """Whoever comes second finds it no longer parked."""
    world.broken = {"case/1"}
    world.drain()
    world.broken = set()
    world.clock.set(world.clock.now() + timedelta(seconds=2))
    second, honest = world.new_follower(), world.source.facts_at

    def first_the_other(positions: Sequence[int]) -> Sequence[Carried]:
        world.source.facts_at = honest  # type: ignore[method-assign]
        second.retry_parked()
        return honest(positions)

    world.source.facts_at = first_the_other  # type: ignore[method-assign]
    world.follower.retry_parked()
    assert sorted(world.effects()) == list(range(COUNT))


def operational() -> BaseException:
    return sa.exc.OperationalError("SELECT 1", {}, Exception("disk full"))


def interface() -> BaseException:
    return sa.exc.InterfaceError("SELECT 1", {}, Exception("gone"))


@pytest.mark.parametrize("trouble", [operational, interface])
def test_trouble_of_the_database_parks_nothing(
    world: World, trouble: Callable[[], BaseException]
) -> None:
    """It isn't the fact's fault: the whole batch comes again."""
    world.broken, world.trouble = {"case/1"}, trouble
    for _ in range(3):
        with pytest.raises((sa.exc.OperationalError, sa.exc.InterfaceError)):
            world.follower.step()
    assert ([], []) == (world.effects(), world.parked())
    world.broken = set()
    world.drain()
    assert list(range(COUNT)) == world.effects()


def test_trouble_while_retrying_keeps_everything_parked(world: World) -> None:
    """With its attempts uncounted."""
    world.broken = {"case/1"}
    world.drain()
    before = world.parked()
    world.trouble = operational
    world.clock.set(world.clock.now() + timedelta(seconds=2))
    with pytest.raises(sa.exc.OperationalError):
        world.follower.retry_parked()
    assert before == world.parked()


def test_a_lasting_conflict_does_not_hold_the_other_streams_up(world: World) -> None:
    """A unique key that will never give way parks its stream like any other failure."""
    world.broken, world.trouble = {"case/1"}, lambda: Conflict("case/1")
    world.drain()
    assert [n for n in range(COUNT) if n % 3 != 1] == world.effects()
    assert (1, "Conflict", 1) == world.parked()[0]


def test_a_conflict_that_passes_parks_nothing(world: World) -> None:
    """A door was first on the same stream: loaded again, the fact finds its place."""
    first = iter([Conflict("case/1"), Conflict("case/1")])
    only = world.react

    def conflicts_twice(conn: Any, facts: Sequence[Any]) -> None:
        only(conn, facts)
        for conflict in first:
            raise conflict

    world.react = conflicts_twice  # type: ignore[method-assign]
    world.follower = world.new_follower()
    world.drain()
    assert (list(range(COUNT)), []) == (world.effects(), world.parked())


def test_a_log_that_lost_its_tail_is_noticed(world: World) -> None:
    """What was followed and is no longer there is trouble, not the end of the log."""
    world.drain()
    del world.source.facts[-2:]
    with pytest.raises(LogBehind):
        world.follower.step()
    assert list(range(COUNT)) == world.effects()


def test_a_fact_newer_than_the_program_is_parked(world: World) -> None:
    """Until the program is; its stream waits, the others don't."""
    newer = replace(from_body(world.source.facts[1].body), v=99)
    world.source.facts[1] = Carried(LOG, 1, to_row(newer).body)
    world.drain()
    assert (1, "UnknownFact", 1) == world.parked()[0]
    assert [n for n in range(COUNT) if n % 3 != 1] == world.effects()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"stream":1}', b"\xff"])
def test_bytes_that_are_no_fact_are_parked_alone(world: World, body: bytes) -> None:
    """They belong to no stream and hold nobody up; verification names them in the log itself."""
    world.source.facts[5] = Carried(LOG, 5, body)
    world.drain()
    assert [n for n in range(COUNT) if n != 5] == world.effects()
    assert [5] == [position for position, _, _ in world.parked()]


def test_bytes_that_are_no_fact_dont_stop_one_who_waits_for_others(world: World) -> None:
    """Looking whether their stream is parked doesn't stumble over them."""
    world.broken = {"case/0"}
    world.source.facts[5] = Carried(LOG, 5, b"garbage")
    world.drain()
    assert [n for n in range(COUNT) if n % 3 and n != 5] == world.effects()
    assert [5, *range(0, COUNT, 3)] == sorted(
        (position for position, _, _ in world.parked()), key=lambda n: (n != 5, n)
    )


def key_rows(world: World) -> list[tuple[str, str]]:
    with world.database.read() as conn:
        rows = conn.exec_driver_sql("SELECT household, key FROM subject_key")
        return [tuple(row) for row in rows]


def test_keys_that_come_beside_facts_are_kept_and_used(tmp_path: Path) -> None:
    """One copy for each household, wrapped anew; the reaction reads the personal part."""
    world = World(tmp_path, LyingSource([sealed(0), sealed(1)]))
    world.drain()
    assert [(KEY.household, KEY.key)] == key_rows(world)
    assert [specimen(type(world.seen[0].fact))] * 2 == [recorded.fact for recorded in world.seen]
    assert KEY.secret not in (tmp_path / "following.db").read_bytes()
    world.database.close()


def test_a_house_that_may_not_read_never_keeps_a_key(tmp_path: Path) -> None:
    """It sees the fact without its personal part, as does one to whom no key came."""
    world = World(tmp_path, LyingSource([sealed(0)]), reads_personal=False)
    world.drain()
    assert [] == key_rows(world)
    assert [None] == [recorded.fact.personal for recorded in world.seen]
    assert [0] == world.effects() == world.mirrored()
    world.database.close()


def test_a_key_under_another_carrier_key_parks_the_fact(tmp_path: Path) -> None:
    """And once the source wraps it rightly, the retry reads it."""
    world = World(tmp_path, LyingSource([sealed(0, wrapped_under=b"z" * 32), carried(1)]))
    with capture_logs():
        world.drain()
    assert [(0, "SealBroken", 1)] == world.parked()
    assert ([1], []) == (world.effects(), key_rows(world))
    world.source.facts[0] = sealed(0)
    world.clock.set(world.clock.now() + timedelta(seconds=2))
    assert 1 == world.follower.retry_parked()
    assert ([1, 0], []) == (world.effects(), world.parked())
    world.database.close()


@pytest.mark.parametrize("lie", ["twice", "each twice", "old ones first"])
def test_a_command_that_comes_twice_is_carried_out_once(houses: Houses, lie: str) -> None:
    """Intake notes review's decision: one fact, caused by review's, in the name of the system."""
    case = houses.apply()
    houses.must("worker", "accept_application", case=case)
    confirmed: EligibilityConfirmed = replace(
        specimen(EligibilityConfirmed), case=case, confirmed_on=date(2024, 3, 20)
    )
    said = replace(carried(0, f"case/{case}", confirmed), log="411603/review")
    source = LyingSource([said], [lambda facts: LIES[lie](facts)[-2:]], log="411603/review")
    follower = houses.intake.follow(source)
    for _ in range(3):
        try:
            follower.step()
        except LogOutOfOrder:
            continue
    noted = facts_of(houses.intake, f"application/{case}")[2:]
    assert [ApplicationDecided(case, "CONFIRMED", date(2024, 3, 20))] == [r.fact for r in noted]
    envelope = noted[0].envelope
    assert ("SYSTEM/intake", "fact-0", case) == (
        envelope.actor.officer, envelope.cause, envelope.about.case,
    )  # fmt: skip
    assert decode(said.body).envelope.id == envelope.cause
