"""A log may be read a page at once or fact by fact, by one process or by several: it is one log."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from shared.log.merkle import leaf_hash
from shared.log.verification import Findings, Keys, Report, rows, verify
from shared.log.verification.examining import Examiner
from shared.log.verification.parts import parts
from shared.log.verification.told import Part
from shared.sqlite import SqliteDatabase
from tests.shared.log.extra_facts import extra
from tests.shared.log.site_log import NAME, KeptCopy, SiteLog, fact

Change = tuple[str, tuple[object, ...]]
SIZE = 700
"""Three pages; signed within a page, at the end of one, and not at all beyond 650."""


@dataclass(frozen=True)
class Kept:
    """A log as it was, to be attacked in copies."""

    folder: Path
    keys: Keys
    bodies: dict[int, bytes]
    numbers: Iterator[int]

    def attacked(self, changes: list[Change]) -> Path:
        """The file of a copy on which somebody has been at work."""
        path = self.folder / f"copy-{next(self.numbers)}.db"
        shutil.copy(self.folder / "review.db", path)
        with closing(SqliteDatabase(path)) as database, database.engine.begin() as conn:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in conn.exec_driver_sql(names).scalars().all():
                conn.exec_driver_sql(f"DROP TRIGGER {name}")
            for sql, values in changes:
                conn.exec_driver_sql(sql, values)
        return path

    def report(self, path: Path, *, processes: int = 1, mirrored: bool = False) -> Report:
        """What is said of a copy."""
        with closing(SqliteDatabase(path)) as database, database.read() as conn:
            return verify(
                conn,
                self.keys,
                state_file=self.folder / "signer.json",
                mirror=KeptCopy(self.bodies) if mirrored else None,
                processes=processes,
            )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    site = SiteLog(tmp_path_factory.mktemp("kept"))
    site.grow(3, 297, 212, 138)
    site.append([fact(number) for number in range(650, SIZE)])
    with site.database.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    site.database.close()
    keys = Keys(NAME, site.signer.verifier, site.cosigner.verifier)
    return Kept(site.folder, keys, dict(site.copy), count())


def one_by_one(monkeypatch: pytest.MonkeyPatch, work: Callable[[], Report]) -> Report:
    """What comes out where no page is ever taken whole."""
    with monkeypatch.context() as patch:
        patch.setattr(rows, "fact_tuples", lambda *_: None)
        return work()


def read_here(monkeypatch: pytest.MonkeyPatch) -> list[Part]:
    """Fills with the parts that this process reads from now on."""
    read: list[Part] = []

    def examiner(
        conn: Connection, log: str, part: Part, findings: Findings, **how: bool
    ) -> Examiner:
        read.append(part)
        return Examiner(conn, log, part, findings, **how)

    monkeypatch.setattr("shared.log.verification.parts.Examiner", examiner)
    return read


def spelled(old: bytes, new: bytes, *, leaf: bool) -> Callable[[int], list[Change]]:
    """Another text in a body, with a leaf that fits it or without."""

    def changes(position: int) -> list[Change]:
        body = fact(position).body.replace(old, new)
        sql = "UPDATE fact SET body = ?{} WHERE position = ?"
        if not leaf:
            return [(sql.format(""), (body, position))]
        return [(sql.format(", leaf = ?"), (body, leaf_hash(body), position))]

    return changes


def on_fact(column: str, value: object) -> Callable[[int], list[Change]]:
    return lambda position: [
        (f"UPDATE fact SET {column} = ? WHERE position = ?", (value, position))
    ]


def on_person(sql: str) -> Callable[[int], list[Change]]:
    return lambda position: [(sql.format(position=position), ())]


def beside(position: int, at: int | None) -> list[Change]:
    """One more fact in the stream of another, in a table that takes it."""
    return [
        ("CREATE TABLE loose AS SELECT * FROM fact ORDER BY position", ()),
        ("DROP TABLE fact", ()),
        ("ALTER TABLE loose RENAME TO fact", ()),
        extra(at, f"case/{position}"),
    ]


TAMPERINGS: dict[str, Callable[[int], list[Change]]] = {
    "body": spelled(b'"text":"\xe7\x94\xb2"', b'"text":"\xe4\xb9\x99"', leaf=False),
    "body and leaf": spelled(b'"text":"\xe7\x94\xb2"', b'"text":"\xe4\xb9\x99"', leaf=True),
    "spaces": spelled(b'"about":', b'"about": ', leaf=True),
    "line feed": spelled(b'"about":', b'\n"about":', leaf=True),
    "line feed after": spelled(b'"version":1}', b'"version":1}\n', leaf=True),
    "two facts in one": spelled(b'"version":1}', b'"version":1}\n{}', leaf=True),
    "half a fact": spelled(b'"version":1}', b'"version":', leaf=True),
    "float": spelled(b'"number":', b'"number":1.5,"x":', leaf=True),
    "whole float": spelled(b'"number":', b'"number":1.0,"x":', leaf=True),
    "large": spelled(b'"number":', b'"number":9007199254740992,"x":', leaf=True),
    "nested large": spelled(b'"number":', b'"number":[[9007199254740992]],"x":', leaf=True),
    "largest": spelled(b'"number":', b'"a":[-9007199254740991],"number":', leaf=True),
    "deep": spelled(b'"number":', b'"a":[[[[[[[1]]]]]]],"number":', leaf=True),
    "too deep": spelled(b'"number":', b'"a":' + b"[" * 40 + b"]" * 40 + b',"number":', leaf=True),
    "key": spelled('"text":"甲"'.encode(), '"text":"甲","名":1'.encode(), leaf=True),
    "nested key": spelled(b'"number":', '"a":{"名":1},"number":'.encode(), leaf=True),
    "nested object": spelled(b'"number":', b'"a":{"b":{}},"number":', leaf=True),
    "brace in a text": spelled(b'"text":"', b'"text":"{', leaf=True),
    "key order": spelled(b'"data":{', b'"data":{"z":1,', leaf=True),
    "key twice": spelled(b'"number":', b'"number":1,"number":', leaf=True),
    "escape": spelled(b'"text":"', b'"text":"\\u4e59', leaf=True),
    "lone surrogate": spelled(b'"text":"', b'"text":"\\ud800', leaf=True),
    "no UTF-8": spelled(b'"text":"', b'"text":"\xff', leaf=True),
    "unknown field": spelled(b'"about":', b'"aaa":1,"about":', leaf=True),
    "other log": spelled(NAME.encode(), b"411603/intake", leaf=True),
    "long": spelled(b'"text":"', b'"text":"' + b"x" * 66_000, leaf=True),
    "no fact": lambda p: [
        ("UPDATE fact SET body = ?, leaf = ? WHERE position = ?", (b"{}", leaf_hash(b"{}"), p))
    ],
    "other time": spelled(b'"at":"2024', b'"at":"2031', leaf=True),
    "person twice": spelled(b'"persons":["', b'"persons":["p-x","p-x","', leaf=True),
    "person twice, and twice in an index without a key": lambda p: [
        *spelled(b'"persons":["', b'"persons":["p-x","p-x","', leaf=True)(p),
        ("CREATE TABLE free AS SELECT * FROM fact_person", ()),
        ("DROP TABLE fact_person", ()),
        ("ALTER TABLE free RENAME TO fact_person", ()),
        ("INSERT INTO fact_person VALUES ('p-x', ?), ('p-x', ?)", (p, p)),
    ],
    "text for a body": on_fact("body", "text"),
    "leaf": on_fact("leaf", bytes(32)),
    "short leaf": on_fact("leaf", b"short"),
    "text for a leaf": on_fact("leaf", "text"),
    "officer": on_fact("officer", "o-2"),
    "name": on_fact("name", b"\x00\xff"),
    "village": on_fact("village", "村"),
    "household": on_fact("household", None),
    "no text": on_person(
        "UPDATE fact SET journey = CAST(x'ff41' AS TEXT) WHERE position={position}"
    ),
    "no time": on_fact("at", ""),
    "one more at its position": lambda p: beside(p, p),
    "one more at none": lambda p: beside(p, None),
    "gone": on_person("DELETE FROM fact WHERE position = {position}"),
    "moved": on_person("UPDATE fact SET position = -1 - position WHERE position = {position}"),
    "version": on_person("UPDATE fact SET version = 7 WHERE position = {position}"),
    "stream": on_person(
        "UPDATE fact SET stream = 'case/0', version = 2 + {position} WHERE position = {position}"
    ),
    "person gone": on_person("DELETE FROM fact_person WHERE position = {position}"),
    "person": on_person("UPDATE fact_person SET person = 'p-x' WHERE position = {position}"),
    "person more": on_person("INSERT OR IGNORE INTO fact_person VALUES ('p-x', {position})"),
    "person before": on_person("INSERT OR IGNORE INTO fact_person VALUES ('p-x', -{position})"),
    "person after": on_person("INSERT OR IGNORE INTO fact_person VALUES ('p-x', {position} + 700)"),
    "person between": on_person(
        "INSERT OR IGNORE INTO fact_person VALUES ('p-x', {position} + .5)"
    ),
    "person nowhere": on_person(
        "INSERT OR IGNORE INTO fact_person VALUES ('p-x', 'at {position}')"
    ),
    "person no text": on_person(
        "INSERT OR IGNORE INTO fact_person VALUES (CAST(x'ff' AS TEXT), {position})"
    ),
    "tile": on_person(
        "UPDATE merkle_tile SET hashes = CAST(substr(hashes, 1, 32) || zeroblob(32) || "
        "substr(hashes, 65) AS BLOB) WHERE number = {position} % 2"
    ),
    "short tile": on_person(
        "UPDATE merkle_tile SET hashes = CAST(substr(hashes, 1, 5000) AS BLOB) "
        "WHERE number = {position} % 2"
    ),
    "root of a tile": on_person(
        "UPDATE merkle_tile SET root = zeroblob(32) WHERE number = {position} % 2"
    ),
    "tile gone": on_person("DELETE FROM merkle_tile WHERE number = {position} % 2"),
    "list": on_person(
        "UPDATE checkpoint SET leaves = CAST(zeroblob(32) || substr(leaves, 33) AS BLOB) "
        "WHERE size = 300"
    ),
    "checkpoint gone": on_person("DELETE FROM checkpoint WHERE size = 512"),
    "cut": on_person("DELETE FROM fact WHERE position > {position}"),
}
Attack = list[tuple[str, int]]
attacks: st.SearchStrategy[Attack] = st.lists(
    st.tuples(st.sampled_from(sorted(TAMPERINGS)), st.integers(0, SIZE - 1)),
    min_size=1,
    max_size=4,
    unique=True,
)


def changes(attack: Attack) -> list[Change]:
    return [change for name, position in attack for change in TAMPERINGS[name](position)]


@given(attack=attacks, mirrored=st.booleans())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_page_at_once_says_what_fact_by_fact_says(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, attack: Attack, mirrored: bool
) -> None:
    """Whatever was done, wherever: the quick way never sees less, nor anything else."""
    path = kept.attacked(changes(attack))
    at_once = kept.report(path, mirrored=mirrored)
    each = one_by_one(monkeypatch, lambda: kept.report(path, mirrored=mirrored))
    path.unlink()
    assert each == at_once


@pytest.mark.parametrize("name", sorted(TAMPERINGS))
@pytest.mark.parametrize("position", [256, 690])
def test_every_tampering_is_found_alike(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, name: str, position: int
) -> None:
    """Each by itself: where a page begins, and where only what a fact is tells it from another."""
    path = kept.attacked(changes([(name, position)]))
    each = one_by_one(monkeypatch, lambda: kept.report(path))
    assert each == kept.report(path)


def test_several_processes_say_what_one_says(kept: Kept) -> None:
    """Every tampering that leaves the others be, two at a time, in both parts at once."""
    names = sorted(TAMPERINGS.keys() - {"cut", "gone", "moved"})
    first = [(name, 2 + number) for number, name in enumerate(names)]
    second = [(name, 600 - number) for number, name in enumerate(names)]
    path = kept.attacked(changes([*first, *second]))
    for mirrored in (False, True):
        alone = kept.report(path, mirrored=mirrored)
        assert not alone.ok
        assert alone == kept.report(path, processes=2, mirrored=mirrored)
        assert alone == kept.report(path, processes=3, mirrored=mirrored)


def test_several_processes_count_what_one_counts(kept: Kept) -> None:
    """Of more findings than are named the first are named, wherever they were found."""
    path = kept.attacked(
        [
            ("UPDATE fact SET officer = 'o-2' WHERE position % 9 = 0", ()),
            ("DELETE FROM fact_person WHERE position % 7 = 0", ()),
        ]
    )
    alone = kept.report(path)
    assert 2 == len([warning for warning in alone.warnings if "未列出" in warning])
    assert alone == kept.report(path, processes=2)


def test_several_processes_find_an_untouched_log_whole(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so does one; each reads its own part and no other."""
    path = kept.attacked([])
    alone = kept.report(path, mirrored=True)
    assert (True, SIZE, SIZE - 650) == (alone.ok, alone.size, alone.unsigned_count)
    read = read_here(monkeypatch)
    assert alone == kept.report(path, processes=2, mirrored=True)
    assert [Part(0, 256, last=False)] == read


def test_a_part_whose_process_fails_is_read_here(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's report depends on whether a process could be started."""
    path = kept.attacked(changes([("officer", 600)]))
    alone = kept.report(path)
    read = read_here(monkeypatch)
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert alone == kept.report(path, processes=2)
    assert [Part(0, 256, last=False), Part(256, SIZE, last=True)] == read


@given(end=st.integers(0, 5_000), processes=st.integers(1, 9))
def test_parts_follow_one_another_from_the_first_position_to_the_last(
    end: int, processes: int
) -> None:
    """None is empty but in an empty log, each begins a page, one is the last."""
    cut = parts(end, processes)
    assert [0, *[part.stop for part in cut]] == [*[part.start for part in cut], end]
    assert all(part.start % rows.PAGE == 0 for part in cut)
    assert all(part.start < part.stop for part in cut) or end == 0
    assert [part.last for part in cut] == [False] * (len(cut) - 1) + [True]
    assert len(cut) <= processes
