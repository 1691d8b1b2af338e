"""The second form of a log in the database: fewer indexes, and on PostgreSQL a faster append.

Called by each service's third migration. Like the first form, this one never changes.
"""

from sqlalchemy.engine import Connection


def slim_log(conn: Connection) -> None:
    """Take away indexes that nobody searches by, and append one fact in few statements.

    Inspectors search reporting's record of all logs, which has its own. What a log's own service
    asks goes by position, id, stream and version.
    """
    for index in _UNUSED:
        conn.exec_driver_sql(f"DROP INDEX {index}")
    if conn.dialect.name == "postgresql":
        schema = conn.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        conn.exec_driver_sql(_APPEND_FACTS.replace("{schema}", schema))


_UNUSED = (
    "fact_journey",
    "fact_household",
    "fact_officer",
    "fact_township",
    "fact_name",
    "fact_at",
)

# Replaced in place, so its owner and grants stay. It refuses what the first form refused, in the
# same order; one fact alone goes without arrays, sorts and windows.
_APPEND_FACTS = """
CREATE OR REPLACE FUNCTION append_facts(
    ids text[], streams text[], versions int[], names text[], ats text[], officers text[],
    journeys text[], households text[], townships text[], villages text[],
    bodies bytea[], leaves bytea[], persons text[], person_rows int[]
) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    sound int;
    known int;
    same bigint[];
    head bigint;
    found_at bigint;
    found_same bool;
    before int;
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
    IF rows_count = 1 THEN
        IF (ids[1] IS NOT NULL AND octet_length(bodies[1]) <= 65535
            AND leaves[1] = sha256('\\x00'::bytea || bodies[1])) IS NOT TRUE THEN
            RAISE EXCEPTION 'no id, a long body, or another leaf' USING ERRCODE = 'YB003';
        END IF;
        -- One commit at a time: positions come out dense and in commit order.
        PERFORM pg_advisory_xact_lock(hashtextextended('yingbao.log', 0));
        SELECT (SELECT max(position) FROM fact),
               (SELECT max(f.version) FROM fact f WHERE f.stream = streams[1]),
               k.position, k.body = bodies[1]
        INTO head, before, found_at, found_same
        FROM (SELECT) AS one LEFT JOIN fact k ON k.id = ids[1];
        IF found_same THEN
            RETURN ARRAY[found_at];
        ELSIF found_at IS NOT NULL THEN
            RAISE EXCEPTION 'fact id with other bytes' USING ERRCODE = 'YB001';
        ELSIF versions[1] IS DISTINCT FROM 1 + coalesce(before, 0) THEN
            RAISE EXCEPTION 'a version is taken or skipped' USING ERRCODE = 'YB002';
        END IF;
        head := coalesce(head, -1);
        INSERT INTO fact (position, id, stream, version, name, at, officer, journey,
                          household, township, village, body, leaf)
        VALUES (head + 1, ids[1], streams[1], versions[1], names[1], ats[1], officers[1],
                journeys[1], households[1], townships[1], villages[1], bodies[1], leaves[1]);
        INSERT INTO fact_person (person, position) SELECT unnest(persons), head + 1;
        PERFORM pg_notify('yingbao_log', (head + 1)::text);
        RETURN ARRAY[head + 1];
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
