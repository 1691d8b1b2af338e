"""The log on SQLite: dense, idempotent, and never changed."""

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.envelope import Row
from shared.log import store
from shared.log.merkle import leaf_hash
from shared.log.store import Conflict, FactIdConflict, LogGap, RowsUnsound
from tests.shared.log.site_log import SiteLog, fact


def append(site: SiteLog, *rows: Row) -> list[int]:
    return site.database.write(partial(store.append, rows=rows))


def positions(site: SiteLog) -> list[int]:
    with site.database.read() as conn:
        return [stored.position for stored in store.read_all(conn)]


def test_positions_are_dense_from_zero(site: SiteLog) -> None:
    """One at a time or many, in the order given."""
    assert [0] == append(site, fact(0))
    assert [1, 2, 3] == append(site, fact(1), fact(2), fact(3))
    assert [] == append(site)
    assert [4] == append(site, fact(4))
    assert [0, 1, 2, 3, 4] == positions(site)


def test_what_is_read_is_what_was_hashed(site: SiteLog) -> None:
    """Byte for byte."""
    row = fact(0)
    append(site, row)
    with site.database.read() as conn:
        assert [store.Stored(0, row.body, row.leaf)] == store.read(conn, 0)
        assert [store.Stored(0, row.body, row.leaf)] == store.stream(conn, row.stream)
        assert {row.stream: 1} == store.versions(conn, [row.stream, "case/none"])


def test_the_same_facts_again_give_the_first_positions(site: SiteLog) -> None:
    """A commit whose answer was lost can be repeated."""
    rows = [fact(1), fact(2), fact(3)]
    append(site, fact(0))
    first = append(site, *rows)
    append(site, fact(4))
    assert first == append(site, *rows)
    assert [0, 1, 2, 3, 4] == positions(site)


def test_a_known_id_with_other_bytes_is_a_conflict_and_writes_nothing(site: SiteLog) -> None:
    """Also when only one of several is."""
    append(site, fact(0))
    with pytest.raises(FactIdConflict):
        append(site, fact(0, text="乙"))
    with pytest.raises(FactIdConflict):
        append(site, fact(0), fact(1))
    assert [0] == positions(site)


@pytest.mark.parametrize("version", [0, 1, 3, -1])
def test_a_taken_or_skipped_version_is_a_conflict_and_writes_nothing(
    site: SiteLog, version: int
) -> None:
    """The next version of a stream with one fact is 2."""
    append(site, fact(0, "case/a"))
    with pytest.raises(Conflict):
        append(site, fact(1, "case/b"), fact(2, "case/a", version))
    assert [0] == positions(site)
    assert [1] == append(site, fact(2, "case/a", 2))


def test_a_first_fact_has_version_one(site: SiteLog) -> None:
    """A stream can't begin in its middle."""
    with pytest.raises(Conflict):
        append(site, fact(0, "case/a", 2))


@pytest.mark.parametrize("versions", [[2, 1], [1, 3, 2], [1, 1], [2, 3]])
def test_versions_ascend_in_the_order_given(site: SiteLog, versions: list[int]) -> None:
    """All being there in the end isn't enough: a log is read in the order of its positions."""
    rows = [fact(number, "case/a", version) for number, version in enumerate(versions)]
    with pytest.raises(Conflict):
        append(site, fact(9), *rows)
    assert [] == positions(site)
    assert [0, 1] == append(site, fact(0, "case/a", 1), fact(1, "case/a", 2))
    site.integrator.step()
    assert site.verify().ok


def unsound() -> list[list[Row]]:
    """Rows that contradict themselves, one way in each list."""
    row, long = fact(1), b"x" * 65_536
    return [
        [fact(0), row, row],
        [fact(0), replace(row, body=long, leaf=leaf_hash(long))],
        [fact(0), replace(row, leaf=fact(2).leaf)],
        [fact(0), replace(row, leaf=b"")],
    ]


@pytest.mark.parametrize("rows", unsound(), ids=["twice", "long", "other leaf", "no leaf"])
def test_rows_that_contradict_themselves_are_refused(site: SiteLog, rows: list[Row]) -> None:
    """By a name of its own: to load and decide again would change nothing."""
    with pytest.raises(RowsUnsound):
        append(site, *rows)
    assert [] == positions(site)


HASH, TILE = "zeroblob(32)", "zeroblob(8192)"
UNSIGNABLE = [
    ("checkpoint", f"999999999, {HASH}, {HASH}, ''"),
    ("checkpoint", f"301, {HASH}, {HASH}, ''"),
    ("checkpoint", f"100, {HASH}, {HASH}, ''"),
    ("checkpoint", f"299, {HASH}, {TILE}, ''"),
    ("checkpoint", f"290, zeroblob(31), zeroblob({40 * 32}), ''"),
    ("merkle_tile", f"0, 1, {TILE}, {HASH}"),
    ("merkle_tile", f"0, -1, {TILE}, {HASH}"),
    ("merkle_tile", f"1, 0, {TILE}, {HASH}"),
    ("merkle_tile", f"7, 0, {TILE}, {HASH}"),
    ("merkle_tile", f"0, 0, zeroblob(8191), {HASH}"),
    ("merkle_tile", f"0, 0, {TILE}, x''"),
]


@pytest.mark.parametrize(("table", "values"), UNSIGNABLE)
def test_what_no_signer_could_have_written_is_refused(
    site: SiteLog, table: str, values: str
) -> None:
    """Sizes beyond the facts or not beyond the last, hashes of another length."""
    site.grow(250)
    site.append([fact(n) for n in range(250, 300)])
    statement = f"INSERT INTO {table} VALUES ({values})"
    with pytest.raises(sa.exc.IntegrityError, match=table):
        site.database.write(lambda conn: conn.exec_driver_sql(statement))
    site.integrator.step()
    assert site.verify().ok


def test_a_failed_work_leaves_no_gap(site: SiteLog) -> None:
    """What was rolled back used no position up."""

    def fail(conn: sa.Connection) -> None:
        store.append(conn, [fact(0), fact(1)])
        raise LookupError

    with pytest.raises(LookupError):
        site.database.write(fail)
    assert [0] == append(site, fact(2))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=4))
def test_whatever_is_appended_positions_are_dense(site: SiteLog, batches: list[list[str]]) -> None:
    """Streams mixed as they like."""
    with site.database.read() as conn:
        size = store.size(conn)
        known = store.versions(conn, ["case/a", "case/b", "case/c"])
    for batch in batches:
        rows: list[Row] = []
        for name in batch:
            stream = f"case/{name}"
            known[stream] = known.get(stream, 0) + 1
            rows.append(fact(size + len(rows), stream, known[stream]))
        assert list(range(size, size + len(rows))) == append(site, *rows)
        size += len(rows)
    assert list(range(size)) == positions(site)


@pytest.mark.parametrize("table", ["fact", "fact_person", "merkle_tile", "checkpoint"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_stands_is_neither_changed_nor_deleted(site: SiteLog, table: str, change: str) -> None:
    """Triggers refuse it to everyone who hasn't taken them away."""
    site.grow(300)
    column = {"merkle_tile": "number", "checkpoint": "size"}.get(table, "position")
    with pytest.raises(sa.exc.IntegrityError, match=f"{table} is append-only"):
        site.database.write(lambda conn: conn.exec_driver_sql(change.format(table, column, column)))


@pytest.mark.parametrize(
    ("position", "number", "version"), [(0, 9, 1), (3, 0, 9), (7, 9, 1), (1, 9, 1)]
)
def test_a_fact_is_not_replaced_by_an_insert(
    site: SiteLog, position: int, number: int, version: int
) -> None:
    """INSERT OR REPLACE deletes without a delete trigger: neither by position, id nor version."""
    append(site, fact(0), fact(1), fact(2))
    row = fact(number, "case/0", version, text="乙")
    values = (
        position, row.id, row.stream, row.version, row.name, row.at, row.officer, row.journey,
        row.household, row.township, row.village, row.body, row.leaf,
    )  # fmt: skip
    insert = "INSERT OR REPLACE INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        site.database.write(lambda conn: conn.exec_driver_sql(insert, values))
    with site.database.read() as conn:
        assert [fact(n).body for n in range(3)] == [stored.body for stored in store.read(conn, 0)]


def test_a_gap_stops_a_reader(site: SiteLog) -> None:
    """A reader that met a gap would otherwise never come back for it."""
    append(site, *[fact(n) for n in range(5)])
    site.attack("DELETE FROM fact WHERE position = 2")
    with site.database.read() as conn, pytest.raises(LogGap, match="position 2 is missing"):
        list(store.read_all(conn))
