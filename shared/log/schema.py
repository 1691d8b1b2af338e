"""The first form of a log in the database: tables, triggers, and on PostgreSQL the append.

Called by each service's first migration. A later change of form gets a function of its own;
this one never changes, for sites have run it.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.tables import APPEND_ONLY, log_tables


def create_log(conn: Connection) -> None:
    """Create a log's tables and everything that makes them append-only."""
    metadata = sa.MetaData()
    log_tables(metadata)
    metadata.create_all(conn)
    guard = _guard_sqlite if conn.dialect.name == "sqlite" else _guard_postgres
    guard(conn)


def _guard_sqlite(conn: Connection) -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            conn.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # INSERT OR REPLACE would delete without firing a delete trigger; density forbids it.
    conn.exec_driver_sql(
        "CREATE TRIGGER fact_dense BEFORE INSERT ON fact "
        "WHEN NEW.position <> (SELECT coalesce(max(position), -1) + 1 FROM fact) "
        "OR EXISTS (SELECT 1 FROM fact WHERE id = NEW.id) "
        "OR EXISTS (SELECT 1 FROM fact WHERE stream = NEW.stream AND version = NEW.version) "
        "BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: fact is dense and append-only'); END"
    )
    for table, key in (
        ("checkpoint", "size = NEW.size"),
        ("merkle_tile", "level = NEW.level AND number = NEW.number"),
        ("fact_person", "person = NEW.person AND position = NEW.position"),
    ):
        conn.exec_driver_sql(  # names of our own tables, nobody's input
            f"CREATE TRIGGER {table}_once BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) "
            f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}'); END"
        )


def _guard_postgres(conn: Connection) -> None:
    conn.exec_driver_sql(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', "
        "ERRCODE = 'insufficient_privilege'; END $$"
    )
    for table in APPEND_ONLY:
        conn.exec_driver_sql(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    schema = conn.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    conn.exec_driver_sql(_APPEND_FUNCTION.replace("{schema}", schema))
    conn.exec_driver_sql("REVOKE ALL ON FUNCTION append_facts FROM PUBLIC")


# pg_temp stands last: else a caller's temporary table `fact`, with a trigger on it, would be
# taken for ours and run with the owner's rights.
_APPEND_FUNCTION = """
CREATE FUNCTION append_facts(
    ids text[], streams text[], versions int[], names text[], ats text[], officers text[],
    journeys text[], households text[], townships text[], villages text[],
    bodies bytea[], leaves bytea[], persons text[], person_rows int[]
) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    known int;
    same bigint[];
    head bigint;
BEGIN
    -- One commit at a time: positions come out dense and in commit order.
    PERFORM pg_advisory_xact_lock(hashtextextended('yingbao.log', 0));
    SELECT count(*) INTO known FROM fact WHERE id = ANY(ids);
    IF known > 0 THEN
        SELECT array_agg(f.position ORDER BY n.i) INTO same
        FROM unnest(ids, bodies) WITH ORDINALITY AS n(id, body, i)
        JOIN fact f ON f.id = n.id AND f.body = n.body;
        IF coalesce(cardinality(same), 0) <> cardinality(ids) THEN
            RAISE EXCEPTION 'fact id with other bytes' USING ERRCODE = 'YB001';
        END IF;
        RETURN same;
    END IF;
    SELECT coalesce(max(position), -1) INTO head FROM fact;
    INSERT INTO fact (position, id, stream, version, name, at, officer, journey,
                      household, township, village, body, leaf)
    SELECT head + i, id, stream, version, name, at, officer, journey,
           household, township, village, body, leaf
    FROM unnest(ids, streams, versions, names, ats, officers, journeys,
                households, townships, villages, bodies, leaves)
         WITH ORDINALITY AS n(id, stream, version, name, at, officer, journey,
                              household, township, village, body, leaf, i);
    IF EXISTS (
        SELECT 1 FROM unnest(streams, versions) AS n(stream, version)
        WHERE n.version <> 1 AND NOT EXISTS (
            SELECT 1 FROM fact f WHERE f.stream = n.stream AND f.version = n.version - 1)
    ) THEN
        RAISE EXCEPTION 'a stream would skip a version' USING ERRCODE = 'YB002';
    END IF;
    INSERT INTO fact_person (person, position)
    SELECT person, head + r FROM unnest(persons, person_rows) AS p(person, r);
    PERFORM pg_notify('yingbao_log', (head + cardinality(ids))::text);
    RETURN ARRAY(SELECT generate_series(head + 1, head + cardinality(ids)));
END $$
"""
