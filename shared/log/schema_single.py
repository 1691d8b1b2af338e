"""The third form of a log on PostgreSQL: one fact alone is appended without arrays.

Called by each service's fourth migration. Like the first two forms, this one never changes.
"""

from sqlalchemy.engine import Connection


def append_single(conn: Connection) -> None:
    """Beside append_facts, its twin for one fact; who runs the service may call both."""
    if conn.dialect.name == "postgresql":
        schema = conn.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        conn.exec_driver_sql(_APPEND_FACT.replace("{schema}", schema))
        conn.exec_driver_sql("REVOKE ALL ON FUNCTION append_fact FROM PUBLIC")
        # Plans are made once a session, on a new site before the log has grown: then a scan of the
        # whole table looks cheap, and stays until the server has counted its rows.
        conn.exec_driver_sql("ALTER FUNCTION append_facts SET enable_seqscan = off")


# A parameter's underscore keeps it apart from the column. It refuses what append_facts refuses, in the same order; the same lock, so that a service which
# still calls the other one keeps positions dense.
_APPEND_FACT = """
CREATE FUNCTION append_fact(
    id_ text, stream_ text, version_ int, name_ text, at_ text, officer_ text,
    journey_ text, household_ text, township_ text, village_ text,
    body_ bytea, leaf_ bytea, persons_ text[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    head bigint;
    found_at bigint;
    found_same bool;
    before int;
BEGIN
    IF (id_ IS NOT NULL AND persons_ IS NOT NULL AND octet_length(body_) <= 65535
        AND leaf_ = sha256('\\x00'::bytea || body_)) IS NOT TRUE THEN
        RAISE EXCEPTION 'no id or persons, a long body, or another leaf' USING ERRCODE = 'YB003';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('yingbao.log', 0));
    SELECT (SELECT max(position) FROM fact),
           (SELECT max(f.version) FROM fact f WHERE f.stream = stream_),
           k.position, k.body = body_
    INTO head, before, found_at, found_same
    FROM (SELECT) AS one LEFT JOIN fact k ON k.id = id_;
    IF found_same THEN
        RETURN found_at;
    ELSIF found_at IS NOT NULL THEN
        RAISE EXCEPTION 'fact id with other bytes' USING ERRCODE = 'YB001';
    ELSIF version_ IS DISTINCT FROM 1 + coalesce(before, 0) THEN
        RAISE EXCEPTION 'a version is taken or skipped' USING ERRCODE = 'YB002';
    END IF;
    head := coalesce(head, -1);
    INSERT INTO fact (position, id, stream, version, name, at, officer, journey,
                      household, township, village, body, leaf)
    VALUES (head + 1, id_, stream_, version_, name_, at_, officer_, journey_,
            household_, township_, village_, body_, leaf_);
    INSERT INTO fact_person (person, position) SELECT unnest(persons_), head + 1;
    PERFORM pg_notify('yingbao_log', (head + 1)::text);
    RETURN head + 1;
END $$
"""
