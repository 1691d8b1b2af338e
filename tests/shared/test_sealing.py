"""Personal data: sealed to one place, readable with a key, gone without it, provable for ever."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from shared import codec
from shared.carrying.source import Carried
from shared.envelope import from_body, to_row
from shared.facts.base import Fact
from shared.facts.intake import ApplicationSubmitted
from shared.identity import KeySource, random_keys, seeded_keys
from shared.log import store
from shared.log.merkle import leaf_hash
from shared.log.proof import verify_inclusion
from shared.log.store import Stored
from shared.sealing import KeyRing, SealBroken, TravellingKey, place_of, seal, unseal
from shared.service import Service
from shared.sqlite import SqliteDatabase
from shared.tables import service_tables
from tests.houses import HEAD_ID, Houses, facts_of, stored_bytes
from tests.shared.facts.specimen import KEY, body_of, published, specimen
from tests.shared.log.naive_tree import NaiveTree

PERSONAL = {"name": "赵德厚", "number": HEAD_ID}
PLACE = place_of("411603/intake", "application/case-1", 1, "fact-1")
OTHER_PLACES = [
    place_of("411603/review", "application/case-1", 1, "fact-1"),
    place_of("411603/intake", "application/case-2", 1, "fact-1"),
    place_of("411603/intake", "application/case-1", 2, "fact-1"),
    place_of("411603/intake", "application/case-1", 1, "fact-2"),
]


def empty(path: Path) -> Iterator[SqliteDatabase]:
    metadata = sa.MetaData()
    service_tables(metadata)
    opened = SqliteDatabase(path)
    opened.write(metadata.create_all)
    yield opened
    opened.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A service's tables in an empty file."""
    yield from empty(tmp_path / "keys.db")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """Another service's."""
    yield from empty(tmp_path / "other.db")


def test_what_was_sealed_is_read_with_the_same_key_at_the_same_place() -> None:
    """Nothing of it shows in between."""
    sealed = seal(PERSONAL, KEY, PLACE, "fact-1")
    assert {"household", "key", "sealed"} == set(sealed)
    assert (KEY.household, KEY.key) == (sealed["household"], sealed["key"])
    assert "赵德厚" not in str(sealed)
    assert PERSONAL == unseal(sealed, KEY, PLACE, "fact-1")


@pytest.mark.parametrize("place", OTHER_PLACES)
def test_a_sealed_part_moved_elsewhere_is_broken(place: str) -> None:
    """To another log, stream, version or fact, each."""
    with pytest.raises(SealBroken):
        unseal(seal(PERSONAL, KEY, PLACE, "fact-1"), KEY, place, "fact-1")


def test_another_key_another_id_or_other_bytes_break_the_seal() -> None:
    """Also bytes that aren't base64 at all."""
    sealed = seal(PERSONAL, KEY, PLACE, "fact-1")
    flipped = ("B" if sealed["sealed"][0] == "A" else "A") + sealed["sealed"][1:]
    for part, key, fact_id in (
        (sealed, replace(KEY, secret=bytes(32)), "fact-1"),
        (sealed, KEY, "fact-2"),
        ({**sealed, "sealed": flipped}, KEY, "fact-1"),
        ({**sealed, "sealed": sealed["sealed"][:-4]}, KEY, "fact-1"),
        ({**sealed, "sealed": ""}, KEY, "fact-1"),
        ({**sealed, "sealed": "不是"}, KEY, "fact-1"),
    ):
        with pytest.raises(SealBroken):
            unseal(part, key, PLACE, fact_id)


@pytest.mark.parametrize(
    "change", [{"stream": "sample/other"}, {"version": 4}, {"log": "x/y"}], ids=str
)
def test_a_body_whose_sealed_part_came_from_elsewhere_is_not_read(change: dict[str, Any]) -> None:
    """Through the codec too: who copies a household's part into another fact is caught."""
    body = body_of(specimen(published()["intake.application_submitted"]))
    moved = to_row(replace(from_body(body), **change)).body
    with pytest.raises(SealBroken):
        codec.decode(moved, KEY)


def test_the_same_fact_seals_to_the_same_bytes_and_another_to_others() -> None:
    """So a repeated append is recognised, and no nonce serves two facts."""
    assert seal(PERSONAL, KEY, PLACE, "fact-1") == seal(PERSONAL, KEY, PLACE, "fact-1")
    assert seal(PERSONAL, KEY, PLACE, "fact-1") != seal(PERSONAL, KEY, PLACE, "fact-2")
    assert seal(PERSONAL, KEY, PLACE, "f") != seal(
        PERSONAL, replace(KEY, secret=b"k" * 32), PLACE, "f"
    )


def test_a_household_s_key_is_made_once_and_kept_wrapped(database: SqliteDatabase) -> None:
    """The secret lies nowhere in the file; another master key opens nothing."""
    ring = KeyRing(b"m" * 32, b"c" * 32, random_keys)
    first = database.write(lambda conn: ring.key_for_writing(conn, "hh-1"))
    again = database.write(lambda conn: ring.key_for_writing(conn, "hh-1"))
    other = database.write(lambda conn: ring.key_for_writing(conn, "hh-2"))
    assert first == again
    assert first.secret != other.secret
    held = b"".join(p.read_bytes() for p in database.path.parent.iterdir())
    assert first.secret not in held
    with database.read() as conn:
        expected = {first.key: first, other.key: other}
        assert expected == ring.keys(conn, [first.key, other.key, "no such"])
        with pytest.raises(InvalidUnwrap):
            KeyRing(b"x" * 32, b"c" * 32, random_keys).keys(conn, [first.key])


def test_keys_travel_wrapped_under_the_carrier_key(
    database: SqliteDatabase, elsewhere: SqliteDatabase
) -> None:
    """The receiver keeps the same secret under its own master key; known ones change nothing."""
    sender = KeyRing(b"m" * 32, b"c" * 32, random_keys)
    receiver = KeyRing(b"r" * 32, b"c" * 32, random_keys)
    made = database.write(lambda conn: sender.key_for_writing(conn, "hh-1"))
    with database.read() as conn:
        packed = sender.pack(conn, [made.key, "no such"])
    assert [made.key] == list(packed)
    assert made.secret not in packed[made.key].wrapped
    for _ in range(2):
        elsewhere.write(lambda conn: receiver.accept(conn, packed.values()))
    with elsewhere.read() as conn:
        assert {made.key: made} == receiver.keys(conn, [made.key])


@pytest.mark.parametrize("source", [random_keys, seeded_keys(1)])
def test_a_destroyed_key_never_comes_back(
    database: SqliteDatabase, elsewhere: SqliteDatabase, source: KeySource
) -> None:
    """Not beside a later fact, not on a trial site; what is written next gets another key."""
    ring = KeyRing(b"m" * 32, b"c" * 32, source)
    other = KeyRing(b"r" * 32, b"c" * 32, source)
    old = database.write(lambda conn: ring.key_for_writing(conn, "hh-1"))
    with database.read() as conn:
        packed = ring.pack(conn, [old.key])
    elsewhere.write(lambda conn: other.accept(conn, packed.values()))
    assert 1 == database.write(lambda conn: ring.destroy(conn, "hh-1"))
    database.write(lambda conn: ring.accept(conn, packed.values()))
    new = database.write(lambda conn: ring.key_for_writing(conn, "hh-1"))
    assert old.secret != new.secret
    with database.read() as conn:
        assert {new.key: new} == ring.keys(conn, [old.key, new.key])
        onward = ring.pack(conn, [new.key])
    elsewhere.write(lambda conn: other.accept(conn, onward.values()))
    with elsewhere.read() as conn:
        assert {old.key: old, new.key: new} == other.keys(conn, [old.key, new.key])


def test_a_key_under_another_s_name_is_refused(database: SqliteDatabase) -> None:
    """A lying source can't put its key in the place of a household's own."""
    ring = KeyRing(b"m" * 32, b"c" * 32, random_keys)
    made = database.write(lambda conn: ring.key_for_writing(conn, "hh-1"))
    with database.read() as conn:
        honest = ring.pack(conn, [made.key])[made.key]
    for lie in (replace(honest, household="hh-2"), replace(honest, key="0" * 16)):
        with pytest.raises(SealBroken):
            database.write(lambda conn, lie=lie: ring.accept(conn, [lie]))  # type: ignore[misc]


@pytest.mark.parametrize("wrapped", [None, b"", b"x" * 40, b"x" * 10_000])
def test_a_key_that_is_not_of_this_site_s_carrier_is_refused(
    database: SqliteDatabase, elsewhere: SqliteDatabase, wrapped: bytes | None
) -> None:
    """Wrapped by another site, or not wrapped at all; none of those beside it is kept."""
    ring = KeyRing(b"m" * 32, b"c" * 32, seeded_keys(1))
    stranger = KeyRing(b"m" * 32, b"z" * 32, seeded_keys(1))
    made = elsewhere.write(lambda conn: stranger.key_for_writing(conn, "hh-1"))
    with elsewhere.read() as conn:
        key = stranger.pack(conn, [made.key])[made.key]
    foreign = key if wrapped is None else TravellingKey("hh-1", "0" * 16, wrapped)
    with pytest.raises(SealBroken):
        database.write(lambda conn: ring.accept(conn, [foreign]))
    with database.read() as conn:
        assert {} == ring.keys(conn, [made.key])


@pytest.fixture
def applied(houses: Houses) -> Houses:
    """One household has applied, among other facts."""
    houses.give("worker", "accept_application", {"case": "case-none"})
    houses.apply(phone="15400000001", address="王庄村七组 9 号")
    houses.give("worker", "accept_application", {"case": "case-none"})
    return houses


def submitted(facts: list[codec.Recorded[Fact]]) -> codec.Recorded[Fact]:
    return next(recorded for recorded in facts if isinstance(recorded.fact, ApplicationSubmitted))


def carried(service: Service) -> list[Carried]:
    return list(service.source.facts_after(-1, 100))


def test_no_personal_word_stands_in_the_database(applied: Houses) -> None:
    """Neither in its file nor in its write-ahead log; the log itself reads it with the key."""
    recorded = submitted(facts_of(applied.intake))
    assert isinstance(recorded.fact, ApplicationSubmitted)
    assert recorded.fact.personal is not None
    assert (HEAD_ID, "赵德厚") == (
        recorded.fact.personal.members[0].resident_id,
        recorded.fact.personal.applicant_name,
    )
    held = stored_bytes(applied.intake)
    for word in ("赵德厚", "赵小麦", HEAD_ID, "6299990000000000017", "15400000001", "七组", "农商"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(encoding) not in held
    assert b"application_submitted" in held


def test_a_destroyed_key_leaves_the_proof_and_takes_the_person(applied: Houses) -> None:
    """Nobody reads or receives it again; leaf, bytes and root stay, and so does the proof."""
    before = carried(applied.intake)
    tree = NaiveTree([one.body for one in before])
    position = next(one.position for one in before if one.key is not None)
    household = submitted(facts_of(applied.intake)).household
    assert household is not None
    ring = applied.intake.keyring
    assert 1 == applied.intake.database.write(lambda conn: ring.destroy(conn, household))
    recorded = submitted(facts_of(applied.intake))
    assert isinstance(recorded.fact, ApplicationSubmitted)
    assert recorded.fact.personal is None
    after = carried(applied.intake)
    assert [one.body for one in before] == [one.body for one in after]
    assert [None] * len(after) == [one.key for one in after]
    with applied.intake.database.read() as conn:
        stored = store.read(conn, position, 1)[0]
    assert Stored(position, before[position].body, leaf_hash(before[position].body)) == stored
    path = tree.path(position, 0, len(before))
    assert verify_inclusion(stored.leaf, position, len(before), path, tree.mth(0, len(before)))


def test_what_a_household_s_case_says_next_is_still_decided_without_its_key(
    applied: Houses,
) -> None:
    """The state folds without names; a refusal or an answer comes, no crash."""
    recorded = submitted(facts_of(applied.intake))
    household = str(recorded.household)
    applied.intake.database.write(lambda conn: applied.intake.keyring.destroy(conn, household))
    case = recorded.envelope.journey
    assert applied.must("worker", "withdraw_application", case=case, reason="自愿").done
