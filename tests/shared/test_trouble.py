"""What passes by itself, by what the drivers say of it."""

import errno
import sqlite3
from typing import Any

import pytest
import sqlalchemy as sa

from shared.trouble import is_trouble


class Said(Exception):
    """A driver's error with a SQLSTATE."""

    def __init__(self, pgcode: str | None) -> None:
        super().__init__(pgcode)
        self.pgcode = pgcode


def raised(state: str | None, kind: type[sa.exc.DBAPIError], *, lost: bool = False) -> Exception:
    return kind("SELECT 1", {}, Said(state), connection_invalidated=lost)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("08006", sa.exc.OperationalError),  # connection_failure
        ("40001", sa.exc.OperationalError),  # serialization_failure
        ("40P01", sa.exc.OperationalError),  # deadlock_detected
        ("53100", sa.exc.OperationalError),  # disk_full
        ("53300", sa.exc.OperationalError),  # too_many_connections
        ("55P03", sa.exc.OperationalError),  # lock_not_available
        ("57014", sa.exc.OperationalError),  # query_canceled
        ("57P01", sa.exc.OperationalError),  # admin_shutdown
        ("57P03", sa.exc.OperationalError),  # cannot_connect_now
        ("58030", sa.exc.OperationalError),  # io_error
        ("25006", sa.exc.InternalError),  # read_only_sql_transaction
        ("25P03", sa.exc.InternalError),  # idle_in_transaction_session_timeout
        (None, sa.exc.OperationalError),
        (None, sa.exc.InterfaceError),
    ],
)
def test_what_the_server_could_not_do_is_trouble(
    state: str | None, kind: type[sa.exc.DBAPIError]
) -> None:
    """By its state; without one, by the kind of error."""
    assert is_trouble(raised(state, kind))


def test_a_lost_connection_is_trouble_whatever_else_it_says() -> None:
    """And so is none becoming free."""
    assert is_trouble(raised("XX000", sa.exc.InternalError, lost=True))
    assert is_trouble(sa.exc.TimeoutError())


@pytest.mark.parametrize(
    "error",
    [
        raised("23505", sa.exc.IntegrityError),  # unique_violation
        raised("42501", sa.exc.ProgrammingError),  # insufficient_privilege
        raised("42P01", sa.exc.ProgrammingError),  # undefined_table
        raised("22003", sa.exc.DataError),  # numeric_value_out_of_range
        raised("54000", sa.exc.OperationalError),  # program_limit_exceeded: too long for an index
        raised("25P02", sa.exc.InternalError),  # in_failed_sql_transaction
        raised("YB002", sa.exc.InternalError),
        raised(None, sa.exc.IntegrityError),
        sa.exc.IntegrityError("INSERT", {}, sqlite3.IntegrityError()),
        ValueError("bug"),
        OSError("elsewhere"),
    ],
    ids=repr,
)
def test_what_would_come_out_the_same_is_not(error: Any) -> None:
    """Tried again it would only fail again."""
    assert not is_trouble(error)


def test_a_sqlite_file_that_is_locked_is_trouble() -> None:
    """Its driver gives no state."""
    assert is_trouble(sa.exc.OperationalError("BEGIN", {}, sqlite3.OperationalError("locked")))


def test_a_full_disk_is_trouble_and_a_missing_file_is_not() -> None:
    """Room can be made, and the same command then be done."""
    assert [True, True, False] == [
        is_trouble(OSError(number, "")) for number in (errno.ENOSPC, errno.EDQUOT, errno.ENOENT)
    ]
