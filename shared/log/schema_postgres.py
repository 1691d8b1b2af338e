"""What guards a log on PostgreSQL, also against the role that a service runs as.

Part of `schema.create_log`, so as unchanging as that.
"""

from sqlalchemy.engine import Connection

from shared.log.tables import APPEND_ONLY

CHANNEL = "yingbao_log"
"""Where append_facts notifies; each database has its own."""


def guard(conn: Connection) -> None:
    """Triggers against change and against what can't be signed, and the one way to append."""
    schema = conn.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for function in (_REFUSE_CHANGE, _CHECK_TILE, _CHECK_CHECKPOINT, _APPEND_FACTS):
        conn.exec_driver_sql(function.replace("{schema}", schema))
    for table in APPEND_ONLY:
        conn.exec_driver_sql(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in ("merkle_tile", "checkpoint"):
        conn.exec_driver_sql(
            f"CREATE TRIGGER {table}_sound BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION check_{table}()"
        )
    conn.exec_driver_sql("REVOKE ALL ON FUNCTION append_facts FROM PUBLIC")


_REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only',
        ERRCODE = 'insufficient_privilege';
END $$
"""

# In each search_path pg_temp stands last: else a caller's temporary table `fact` would be taken
# for ours, in append_facts even with the owner's rights.

# 32 = a hash, 8192 = a tile's 256; a tile stands above facts that are in the log.
_CHECK_TILE = """
CREATE FUNCTION check_merkle_tile() RETURNS trigger LANGUAGE plpgsql
SET search_path = {schema}, pg_temp AS $$
DECLARE
    facts bigint;
BEGIN
    SELECT coalesce(max(position), -1) + 1 INTO facts FROM fact;
    IF octet_length(NEW.hashes) <> 8192 OR octet_length(NEW.root) <> 32
       OR NEW.level NOT BETWEEN 0 AND 6 OR NEW.number < 0
       OR NEW.number >= facts >> (8 * (NEW.level + 1)) THEN
        RAISE EXCEPTION 'merkle_tile stands above the facts' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

_CHECK_CHECKPOINT = """
CREATE FUNCTION check_checkpoint() RETURNS trigger LANGUAGE plpgsql
SET search_path = {schema}, pg_temp AS $$
DECLARE
    facts bigint;
    signed bigint;
BEGIN
    SELECT coalesce(max(position), -1) + 1 INTO facts FROM fact;
    SELECT coalesce(max(size), 0) INTO signed FROM checkpoint;
    IF NEW.size <= signed OR NEW.size > facts OR octet_length(NEW.root) <> 32
       OR octet_length(NEW.leaves) <> 32 * (NEW.size - signed) THEN
        RAISE EXCEPTION 'checkpoint grows with the facts' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

_APPEND_FACTS = """
CREATE FUNCTION append_facts(
    ids text[], streams text[], versions int[], names text[], ats text[], officers text[],
    journeys text[], households text[], townships text[], villages text[],
    bodies bytea[], leaves bytea[], persons text[], person_rows int[]
) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    sound int;
    known int;
    same bigint[];
    head bigint;
    rows_count int := cardinality(ids);
BEGIN
    -- Whoever calls can give anything: only rows that fit each other and their bytes get in.
    IF coalesce(rows_count, 0) = 0
       OR array_fill(rows_count, ARRAY[11]) IS DISTINCT FROM ARRAY[
           cardinality(streams), cardinality(versions), cardinality(names), cardinality(ats),
           cardinality(officers), cardinality(journeys), cardinality(households),
           cardinality(townships), cardinality(villages), cardinality(bodies),
           cardinality(leaves)]
       OR cardinality(persons) IS DISTINCT FROM cardinality(person_rows)
       OR (1 <= ALL (person_rows) AND rows_count >= ALL (person_rows)) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'rows that do not fit each other' USING ERRCODE = 'YB003';
    END IF;
    SELECT count(DISTINCT n.id) INTO sound FROM unnest(ids, bodies, leaves) AS n(id, body, leaf)
    WHERE octet_length(n.body) <= 65535 AND n.leaf = sha256('\\x00'::bytea || n.body);
    IF sound <> rows_count THEN
        RAISE EXCEPTION 'an id twice, a long body, or another leaf' USING ERRCODE = 'YB003';
    END IF;
    -- One commit at a time: positions come out dense and in commit order.
    PERFORM pg_advisory_xact_lock(hashtextextended('yingbao.log', 0));
    SELECT count(*) INTO known FROM fact WHERE id = ANY(ids);
    IF known > 0 THEN
        SELECT array_agg(f.position ORDER BY n.i) INTO same
        FROM unnest(ids, bodies) WITH ORDINALITY AS n(id, body, i)
        JOIN fact f ON f.id = n.id AND f.body = n.body;
        IF coalesce(cardinality(same), 0) <> rows_count THEN
            RAISE EXCEPTION 'fact id with other bytes' USING ERRCODE = 'YB001';
        END IF;
        RETURN same;
    END IF;
    -- Each version follows the one before it in this call, the first what is stored.
    IF EXISTS (
        SELECT 1 FROM (
            SELECT n.stream, n.version, lag(n.version) OVER (PARTITION BY n.stream ORDER BY n.i)
            FROM unnest(streams, versions) WITH ORDINALITY AS n(stream, version, i)
        ) AS v(stream, version, before)
        WHERE v.version IS DISTINCT FROM 1 + coalesce(
            v.before, (SELECT max(f.version) FROM fact f WHERE f.stream = v.stream), 0)
    ) THEN
        RAISE EXCEPTION 'a version is taken or skipped' USING ERRCODE = 'YB002';
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
    INSERT INTO fact_person (person, position)
    SELECT person, head + r FROM unnest(persons, person_rows) AS p(person, r);
    PERFORM pg_notify('yingbao_log', (head + rows_count)::text);
    RETURN ARRAY(SELECT generate_series(head + 1, head + rows_count));
END $$
"""
