"""The log on PostgreSQL: dense under concurrent writers, and closed to whoever runs on it."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from shared.database import Database, PostgresDatabase
from shared.envelope import Row
from shared.log import store
from shared.log.grants import grant_run_role
from shared.log.integrator import Integrator
from shared.log.leading import Leadership
from shared.log.store import Conflict, FactIdConflict, RowsUnsound
from shared.log.verification import Kind
from tests.servers import PostgresDatabase as Server
from tests.servers.processes import wait_until
from tests.shared.log.extra_facts import extra, said_each_way
from tests.shared.log.samples import signer_named
from tests.shared.log.site_log import NAME, SiteLog, fact
from tests.shared.log.test_store_sqlite import UNSIGNABLE, unsound

WRITERS = 4
PROJECT = Path(__file__).parents[2]


class PostgresLog(SiteLog):
    """The same log on a real server."""

    placeholder = "%s"
    url = ""

    def new_database(self) -> Database:
        return PostgresDatabase(self.url)

    def drop_triggers(self, conn: sa.Connection) -> None:
        for table in ("fact", "fact_person", "merkle_tile", "checkpoint"):
            conn.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.fixture
def site(postgres_database: Server, tmp_path: Path) -> Iterator[PostgresLog]:
    PostgresLog.url = postgres_database.url()
    log = PostgresLog(tmp_path)
    yield log
    log.integrator.release()
    log.database.close()


def test_positions_are_dense_under_concurrent_writers_and_a_reader_misses_none(
    site: PostgresLog,
) -> None:
    """Four processes, a quarter of their work rolled back, one stream that all want."""
    writers = started_writers(site)
    seen: list[bytes] = []
    running = True
    while running:
        running = any(writer.poll() is None for writer in writers)
        with site.database.read() as conn:
            # Raises LogGap when a position isn't the one after the last.
            seen.extend(stored.body for stored in store.read_all(conn, len(seen)))
    committed = [line for w in writers for line in w.communicate()[0].split()]
    assert [0] * WRITERS == [writer.returncode for writer in writers]
    assert len(committed) > WRITERS * 150
    with site.database.read() as conn:
        ids = conn.exec_driver_sql("SELECT id, body FROM fact ORDER BY position").all()
        assert len(committed) == store.size(conn)
    assert sorted(committed) == sorted(row.id for row in ids)
    assert [bytes(row.body) for row in ids] == seen
    assert site.integrator.step() is not None
    assert site.verify().ok


def started_writers(site: PostgresLog) -> list[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.integration.log_writer", site.url]
    return [
        subprocess.Popen([*command, str(n)], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for n in range(WRITERS)
    ]


def test_a_log_holds_while_it_is_written_and_signed(site: PostgresLog) -> None:
    """Verification takes a moment's extent and isn't misled by what comes meanwhile."""
    writers = started_writers(site)
    signing = threading.Event()

    def sign() -> None:
        while not signing.is_set():
            site.integrator.step()

    signer = threading.Thread(target=sign)
    signer.start()
    reports = []
    try:
        while any(writer.poll() is None for writer in writers):
            reports.append(site.verify())
    finally:
        signing.set()
        signer.join()
        for writer in writers:
            writer.communicate()
    assert [] == [report for report in reports if not report.ok]
    assert [0] * WRITERS == [writer.returncode for writer in writers]
    assert max(report.checkpoint_count for report in reports) > 1


def append(site: SiteLog, *numbers: int, text: str = "甲") -> list[int]:
    rows = [fact(number, text=text) for number in numbers]
    return site.database.write(partial(store.append, rows=rows))


def size(site: SiteLog) -> int:
    with site.database.read() as conn:
        return store.size(conn)


def test_the_same_facts_again_give_the_first_positions(site: PostgresLog) -> None:
    """With the same bytes; with others it is a conflict and nothing is written."""
    assert [0] == append(site, 0)
    assert [1, 2] == append(site, 1, 2)
    assert [1, 2] == append(site, 1, 2)
    assert [2, 0] == append(site, 2, 0)
    with pytest.raises(FactIdConflict):
        append(site, 2, text="乙")
    with pytest.raises(FactIdConflict):
        append(site, 2, 3)
    assert 3 == size(site)


@pytest.mark.parametrize("version", [-1, 0, 1, 3])
def test_a_taken_or_skipped_version_is_a_conflict(site: PostgresLog, version: int) -> None:
    """The next version of a stream with one fact is 2."""
    site.append([fact(0, "case/a")])
    with pytest.raises(Conflict):
        site.append([fact(1, "case/b"), fact(2, "case/a", version)])
    assert 1 == size(site)
    assert [1] == site.append([fact(2, "case/a", 2)])


@pytest.mark.parametrize("versions", [[2, 1], [1, 3, 2], [1, 1], [2, 3]])
def test_versions_ascend_in_the_order_given(site: PostgresLog, versions: list[int]) -> None:
    """As on SQLite."""
    rows = [fact(number, "case/a", version) for number, version in enumerate(versions)]
    with pytest.raises(Conflict):
        site.append([fact(9), *rows])
    assert 0 == size(site)
    assert [0, 1] == site.append([fact(0, "case/a", 1), fact(1, "case/a", 2)])


@pytest.mark.parametrize("rows", unsound(), ids=["twice", "long", "other leaf", "no leaf"])
def test_rows_that_contradict_themselves_are_refused(site: PostgresLog, rows: list[Row]) -> None:
    """As on SQLite, by the database itself."""
    with pytest.raises(RowsUnsound):
        site.append(rows)
    assert 0 == size(site)


def test_a_fact_that_names_a_person_is_found_by_it(site: PostgresLog) -> None:
    """Persons go with their facts, none where a fact names none."""
    append(site, 0, 1)
    with site.database.read() as conn:
        found = conn.exec_driver_sql("SELECT person, position FROM fact_person ORDER BY 2").all()
    assert [("p-0", 0), ("p-1", 1)] == [tuple(row) for row in found]


@pytest.mark.parametrize("table", ["fact", "fact_person", "merkle_tile", "checkpoint"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_owner_is_refused_too(site: PostgresLog, table: str, change: str) -> None:
    """Until the owner takes the triggers away, which verification doesn't rely on."""
    site.grow(3)
    column = {"merkle_tile": "number", "checkpoint": "size"}.get(table, "position")
    with pytest.raises(sa.exc.ProgrammingError, match=f"{table} is append-only"):
        site.database.write(lambda conn: conn.exec_driver_sql(change.format(table, column)))


@pytest.fixture
def run_role(site: PostgresLog, postgres_database: Server) -> Iterator[PostgresDatabase]:
    """A service's database as the service sees it."""
    role = f"run_{postgres_database.name}"
    metadata = sa.MetaData()
    sa.Table("projection", metadata, sa.Column("id", sa.Integer, primary_key=True))

    def grant(conn: sa.Connection) -> None:
        metadata.create_all(conn)
        conn.exec_driver_sql("CREATE TABLE other (id int)")
        conn.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        grant_run_role(conn, role, metadata)

    site.database.write(grant)
    database = PostgresDatabase(postgres_database.url(role))
    yield database
    database.close()
    site.database.write(lambda conn: conn.exec_driver_sql(f"DROP OWNED BY {role}"))
    postgres_database.server.run(f"DROP ROLE {role}")


FACT = "(position, id, stream, version, name, at, officer, journey, body, leaf)"


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO fact {FACT} VALUES (0, 'i', 's', 1, 'n', 'a', 'o', 'j', '', '')",
        "INSERT INTO fact_person VALUES ('p', 0)",
        *[
            change.format(table, column)
            for table, column in (
                ("fact", "position"),
                ("fact_person", "position"),
                ("merkle_tile", "number"),
                ("checkpoint", "size"),
            )
            for change in ("UPDATE {0} SET {1} = 1", "DELETE FROM {0}", "TRUNCATE {0}")
        ],
        "ALTER TABLE fact DISABLE TRIGGER USER",
        "CREATE TABLE mine (id int)",
        "SELECT * FROM other",
        "TRUNCATE projection",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
    ],
)
def test_a_service_can_not_write_to_its_log_but_by_the_append(
    run_role: PostgresDatabase, statement: str
) -> None:
    """Whatever breaks into a running service can add facts, not change or remove them."""
    with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
        run_role.write(lambda conn: conn.exec_driver_sql(statement))


def test_a_service_appends_reads_and_integrates(
    site: PostgresLog, run_role: PostgresDatabase
) -> None:
    """All that running needs is granted."""
    assert [0, 1, 2] == run_role.write(partial(store.append, rows=[fact(n) for n in range(3)]))
    mine = (NAME, run_role, site.signer, site.cosigner, site.clock, site.state_file)
    integrator = Integrator(*mine)
    assert integrator.lead()
    signed = integrator.step()
    assert signed is not None
    assert 3 == signed.size
    integrator.release()
    run_role.write(lambda conn: conn.exec_driver_sql("INSERT INTO projection VALUES (1)"))
    run_role.write(lambda conn: conn.exec_driver_sql("DELETE FROM projection"))
    assert site.verify().ok


_CALL = (
    "SELECT append_facts(%(id)s::text[], %(stream)s::text[], %(version)s::int[], %(name)s::text[], "
    "%(at)s::text[], %(officer)s::text[], %(journey)s::text[], %(household)s::text[], "
    "%(township)s::text[], %(village)s::text[], %(body)s::bytea[], %(leaf)s::bytea[], "
    "%(persons)s::text[], %(person_rows)s::int[])"
)
_FIELDS = (
    "id", "stream", "version", "name", "at", "officer", "journey", "household", "township",
    "village", "body", "leaf",
)  # fmt: skip
_NONE: dict[str, list[Any]] = {field: [] for field in _FIELDS}


@pytest.mark.parametrize(
    "change",
    [
        {**_NONE, "persons": ["p-evil"], "person_rows": [-3]},
        {**_NONE, "persons": ["p-evil"], "person_rows": [500]},
        {**_NONE, "persons": [], "person_rows": []},
        *[{"persons": ["p-evil"], "person_rows": [row]} for row in (-3, 0, 2, None)],
        {"persons": ["p-evil"], "person_rows": [1, 1]},
        {"persons": ["p-evil"], "person_rows": None},
        {"id": [None]},
        *[{field: []} for field in _FIELDS],
        *[{field: None} for field in _FIELDS],
        {"officer": ["o-1", "o-2"]},
    ],
    ids=str,
)
def test_the_append_takes_nothing_that_no_store_would_send(
    site: PostgresLog, run_role: PostgresDatabase, change: dict[str, list[Any] | None]
) -> None:
    """Whatever breaks into a running service reaches no other fact's index rows."""
    site.grow(3)
    row = fact(3)
    sent: dict[str, Any] = {field: [getattr(row, field)] for field in _FIELDS}
    sent |= {"persons": list(row.persons), "person_rows": [1], **change}
    with pytest.raises(sa.exc.DBAPIError) as refused:
        run_role.write(lambda conn: conn.exec_driver_sql(_CALL, sent))
    assert "YB003" == getattr(refused.value.orig, "pgcode", None)
    site.grow(1)
    assert site.verify().ok


@pytest.mark.parametrize(("table", "values"), UNSIGNABLE)
def test_what_no_signer_could_have_written_is_refused(
    site: PostgresLog, run_role: PostgresDatabase, table: str, values: str
) -> None:
    """As on SQLite, also behind a temporary table `fact` that is longer."""
    site.grow(250)
    site.append([fact(n) for n in range(250, 300)])
    values = re.sub(r"zeroblob\((\d+)\)", r"decode(repeat('00', \1), 'hex')", values)
    values = values.replace("x''", "''")

    def insert(conn: sa.Connection) -> None:
        conn.exec_driver_sql("CREATE TEMP TABLE fact (position bigint)")
        conn.exec_driver_sql("INSERT INTO fact VALUES (10000000000)")
        conn.exec_driver_sql(f"INSERT INTO {table} VALUES ({values})")

    with pytest.raises(sa.exc.IntegrityError, match=table):
        run_role.write(insert)
    site.integrator.step()
    assert site.verify().ok


def test_a_temporary_table_does_not_borrow_the_owners_rights(
    site: PostgresLog, run_role: PostgresDatabase
) -> None:
    """The append writes to the log, whatever a caller has named `fact`."""

    def lure(conn: sa.Connection) -> list[int]:
        conn.exec_driver_sql("CREATE TEMP TABLE fact (LIKE fact)")
        return store.append(conn, [fact(0)])

    assert [0] == run_role.write(lure)
    assert 1 == size(site)


def test_one_integrator_leads_for_a_log(site: PostgresLog) -> None:
    """Until it lets go or its session ends."""
    site.append([fact(0)])
    other = site.new_integrator()
    assert [True, True, False] == [site.integrator.lead(), site.integrator.lead(), other.lead()]
    site.integrator.release()
    assert [True, False] == [other.lead(), site.integrator.lead()]
    kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    site.database.write(lambda conn: conn.exec_driver_sql(kill).all())
    # A session that is told to end takes a moment, and its lock with it.
    wait_until(site.integrator.lead, "the lock of an ended session")
    assert not other.lead()
    other.release()


def test_an_untouched_log_holds(site: PostgresLog) -> None:
    """With every witness."""
    site.grow(3, 297, 260)
    report = site.verify(mirror=site.mirror, handed=[site.newest_note()])
    assert (True, (), (), 560) == (report.ok, report.findings, report.warnings, report.size)


@pytest.mark.parametrize(
    ("statement", "position", "kind"),
    [
        ("UPDATE fact SET body = '' WHERE position = 300", 300, Kind.BODY_EDITED),
        ("UPDATE fact SET leaf = '' WHERE position = 300", 300, Kind.LEAF_EDITED),
        ("UPDATE fact SET officer = 'x' WHERE position = 300", 300, Kind.COLUMN_EDITED),
        ("DELETE FROM fact WHERE position = 300", 300, Kind.MISSING),
        ("DELETE FROM fact WHERE position >= 300", 300, Kind.TRUNCATED),
        ("DELETE FROM fact_person WHERE position = 7", 7, Kind.PERSON_INDEX_EDITED),
        ("UPDATE merkle_tile SET hashes = overlay(hashes placing '\\x00' from 65)"
         " WHERE number = 1", 258, Kind.TILE_EDITED),
        ("UPDATE checkpoint SET root = '' WHERE size = 300", None, Kind.CHECKPOINT_EDITED),
        ("UPDATE fact SET position = 559 + 300 - position WHERE position IN (300, 559)",
         300, Kind.SWAPPED),
    ],
)  # fmt: skip
def test_what_the_owner_does_is_named(
    site: PostgresLog, statement: str, position: int | None, kind: Kind
) -> None:
    """The same answers as on SQLite."""
    site.grow(3, 297, 260)
    if kind is Kind.SWAPPED:
        site.attack("ALTER TABLE fact DROP CONSTRAINT fact_pkey")
    site.attack(statement)
    report = site.verify(mirror=site.mirror)
    assert not report.ok
    assert (position, kind) == (report.findings[0].position, report.findings[0].kind)


@pytest.mark.parametrize("position", [None, 5, 256, 559])
def test_a_fact_too_many_is_named(
    site: PostgresLog, monkeypatch: pytest.MonkeyPatch, position: int | None
) -> None:
    """At no position of its own, in a table without its key: a stream has it all the same."""
    site.grow(3, 297, 260)
    site.attack(
        "ALTER TABLE fact DROP CONSTRAINT fact_pkey CASCADE",
        "ALTER TABLE fact ALTER COLUMN position DROP NOT NULL",
        extra(position),
    )
    with site.database.read() as conn:
        assert 2 == len(store.bodies(conn, "case/5"))
    report = said_each_way(site, monkeypatch)
    assert not report.ok
    assert (position, Kind.INSERTED) == (report.findings[0].position, report.findings[0].kind)


def test_a_tile_that_is_there_twice_is_named(
    site: PostgresLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its key, too, a table is read to its end."""
    site.grow(3, 297, 260)
    site.attack(
        "ALTER TABLE merkle_tile DROP CONSTRAINT merkle_tile_pkey",
        "INSERT INTO merkle_tile SELECT * FROM merkle_tile WHERE number = 1",
    )
    report = said_each_way(site, monkeypatch)
    assert {Kind.TILE_EDITED} == {finding.kind for finding in report.findings}
    assert "第 0 层第 1 个树块不止一个" in [finding.sentence for finding in report.findings]


def test_a_rebuilt_log_is_named(site: PostgresLog) -> None:
    """Rebuilt under another key, from some position on."""
    site.grow(3, 297)
    rows = [fact(n, text="乙" if n >= 120 else "甲") for n in range(300)]
    site.rebuild(rows, [3, 300], signer_named(NAME, seed=9))
    report = site.verify(mirror=site.mirror)
    assert (120, Kind.REBUILT) == (report.findings[0].position, report.findings[0].kind)


def test_who_may_not_lead_leaves_its_connection_as_it_was(site: PostgresLog) -> None:
    """A transaction on it later is one, and needs no statement more than on any other."""
    holder, other = Leadership(site.database.engine, "task"), PostgresDatabase(site.url, 1)
    assert [True, False] == [holder.lead(), Leadership(other.engine, "task").lead()]
    with other.engine.connect() as conn:
        driver: Any = conn.connection.driver_connection
        assert (False, None) == (driver.autocommit, driver.isolation_level)
    holder.release()
    other.close()
