"""A log in its newest form, as all of a service's migrations leave it."""

from sqlalchemy.engine import Connection

from shared.log.schema import create_log
from shared.log.schema_single import append_single
from shared.log.schema_slim import slim_log


def newest_log(conn: Connection) -> None:
    """Make one in an empty database."""
    create_log(conn)
    slim_log(conn)
    append_single(conn)
