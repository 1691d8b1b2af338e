"""Proofs out of the database are the proofs of the tree, and read little."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from shared.driver import Asked
from shared.log.edge import Edge
from shared.log.merkle import EMPTY_ROOT
from shared.log.proof import consistency_proof, inclusion_proof, root_at
from shared.log.tile_reader import TileError, TileReader, TileSource
from shared.log.tiles import SqlTiles, insert_tiles, node_reader
from shared.sqlite import SqliteDatabase
from tests.shared.log.newest import newest_log
from tests.shared.log.samples import LEAVES, TREE, untimed

SIZE = 66_000


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    """A log of 66 000 facts, their tiles up to the second level."""
    folder: Path = tmp_path_factory.mktemp("tiles")
    log = SqliteDatabase(folder / "log.db")
    log.write(newest_log)
    log.write(_fill)
    yield log
    log.close()


def _fill(conn: sa.Connection) -> None:
    values = [
        (p, f"f-{p}", f"s-{p}", 1, "n", "t", "o", "j", None, None, None, b"{}", leaf)
        for p, leaf in enumerate(LEAVES[:SIZE])
    ]
    conn.exec_driver_sql("DROP TRIGGER fact_sound")  # the many are dense by construction
    conn.exec_driver_sql("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values)
    insert_tiles(conn, Edge().extend(LEAVES[:SIZE]))


@untimed
@given(st.data())
def test_proofs_out_of_the_database_are_those_of_the_tree(
    database: SqliteDatabase, data: st.DataObject
) -> None:
    """For every size that was signed, also an earlier one than the newest."""
    size = data.draw(st.integers(1, SIZE))
    index = data.draw(st.integers(0, size - 1))
    with database.read() as conn:
        reader = node_reader(conn, size)
        assert TREE.mth(0, size) == root_at(reader, size)
        assert TREE.path(index, 0, size) == inclusion_proof(reader, index, size)
        assert TREE.proof(index, size) == consistency_proof(reader, index, size)


def test_the_empty_log_has_the_empty_root(database: SqliteDatabase) -> None:
    """Size 0 needs nothing of the database."""
    with database.read() as conn:
        assert EMPTY_ROOT == root_at(node_reader(conn, 0), 0)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with what each question costs: the rows that the database gives."""
    rows: list[int] = []
    ask = Asked.of

    def of(asked: Asked, *how: Any) -> list[tuple[Any, ...]]:
        found = ask(asked, *how)
        rows.append(len(found))
        return found

    monkeypatch.setattr(Asked, "of", of)
    return rows


@pytest.mark.parametrize("size", [65_535, 65_791, SIZE])
def test_a_proof_reads_at_most_a_row_a_hash_of_the_right_edge(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """255 for each level's partial tile at most, and a row for each full tile on the way."""
    levels = 3
    rows = counted(monkeypatch)
    with database.read() as conn:
        inclusion_proof(node_reader(conn, size), 1_234, size)
    assert 0 < sum(rows) <= levels * 256


def test_a_proof_of_a_changed_tile_is_another_one(database: SqliteDatabase) -> None:
    """What was remembered of a tile is of its bytes: they are read for every proof."""

    def proof(source: TileSource) -> list[bytes]:
        return inclusion_proof(TileReader(source, SIZE), 1_234, SIZE)

    class Changed(SqlTiles):
        def tile(self, level: int, number: int, width: int) -> bytes:
            found = super().tile(level, number, width)
            return found if level == 0 else found[:-32] + bytes(32)

    with database.read() as conn:
        before = proof(SqlTiles(conn))
        assert before != proof(Changed(conn))
        assert before == proof(SqlTiles(conn))


class Priced:
    """What SqlTiles would read for a tree too large to be made here."""

    def __init__(self) -> None:
        self.rows = 0

    def tile(self, _level: int, _number: int, width: int) -> bytes:
        self.rows += 1 if width == 256 else width
        return bytes(32 * width)


@pytest.mark.parametrize("size", [10_000_000, 256**3 - 1, 10_000_127])
def test_a_proof_at_ten_million_facts_reads_a_few_hundred_rows(size: int) -> None:
    """By the price that the test above has seen: a row a full tile, a row a hash of a partial."""
    priced = Priced()
    inclusion_proof(TileReader(priced, size), 5_000_000, size)
    consistency_proof(TileReader(priced, size), 5_000_000, size)
    assert priced.rows <= 2 * 3 * 256


def test_a_tile_that_is_not_there_is_trouble_by_name(database: SqliteDatabase) -> None:
    """A proof is never made up."""
    with database.read() as conn:
        assert b"" == SqlTiles(conn).tile(0, 9_999, 256)
        with pytest.raises(TileError, match="tile 0/300"):
            node_reader(conn, 80_000).node(0, 300 * 256)


def test_a_written_tile_is_never_written_again(database: SqliteDatabase) -> None:
    """Tiles are append-only as facts are."""
    tiles = Edge().extend(LEAVES[:256])
    with pytest.raises(sa.exc.IntegrityError, match="merkle_tile"):
        database.write(partial(insert_tiles, tiles=tiles))
