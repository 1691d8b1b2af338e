"""The same record on PostgreSQL: kept, guarded, compared, shown, counted and counted again."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.reporting.mirror import compare_checkpoint, timeline
from services.reporting.reactions import rebuild_from_mirror
from services.reporting.read_models import METADATA, monthly_table
from shared.database import PostgresDatabase
from shared.log.note import Signer
from tests.reporting.speech import DIBAO
from tests.reporting.test_rebuild import figures, speak
from tests.reporting.world import Record
from tests.servers import PostgresDatabase as EmptyDatabase


@pytest.fixture
def on_postgres(postgres_database: EmptyDatabase) -> Iterator[Record]:
    made = Record(PostgresDatabase(postgres_database.url()))
    speak(made)
    made.settle(limit=3)
    yield made
    made.database.close()


def test_the_whole_road_on_postgresql(on_postgres: Record) -> None:
    """The copy holds, the timeline is in order, the table counts, a rebuild changes nothing."""
    log = on_postgres.logs["payments"]
    signer = Signer(log.log, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
    found = on_postgres.database.write(
        lambda conn: compare_checkpoint(conn, log.log, log.note(signer, 7), signer.verifier)
    )
    before = figures(on_postgres)
    on_postgres.database.write(rebuild_from_mirror)

    assert found is not None
    assert found.holds
    assert before == figures(on_postgres)
    with on_postgres.database.read() as conn:
        places = [entry.place for entry in timeline(conn, township="411603101")]
        shown = len(list(timeline(conn, person="p-1", officer="o-1", limit=2)))
        [row] = monthly_table(conn, DIBAO, "2024-04")
    assert (sorted(places), 13, 2) == (places, len(places), shown)
    assert (4, 90_000, 30_000) == (row.end_households, row.approved_fen, row.paid_fen)


@pytest.mark.parametrize("table", ["mirror_fact", "mirror_person", "mirror_checkpoint"])
@pytest.mark.parametrize("attack", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET log = 'x'"])
def test_what_is_kept_cannot_be_changed(on_postgres: Record, table: str, attack: str) -> None:
    """Not even by the tables' owner, while the triggers stand."""
    statement = attack.format(table)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        on_postgres.database.write(lambda conn: conn.exec_driver_sql(statement))


@pytest.mark.parametrize("engine", ["record", "on_postgres"])
def test_the_migrations_make_exactly_the_tables_declared(
    engine: str, request: pytest.FixtureRequest
) -> None:
    """On both engines nothing is missing, left over or of another type."""
    made: Record = request.getfixturevalue(engine)
    with made.database.read() as conn:
        assert [] == compare_metadata(MigrationContext.configure(conn), METADATA)
