"""Verifying a site's logs beside whoever writes."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from services.reporting.mirror import APPEND_ONLY, CheckedCopy, check_strangers
from services.reporting.service import REPORTING
from services.runtime.home import Home
from services.runtime.reading import reading
from services.runtime.signers import verifier
from shared.log import store
from shared.log.note import Note
from shared.log.verification import (
    Findings,
    Keys,
    Kind,
    Report,
    check_triggers,
    joined,
    lenient_text,
    verify,
)


def log_size(home: Home, service: str) -> int:
    """How many facts a service's log holds."""
    with reading(home, service) as conn:
        return store.size(conn)


def verify_log(
    home: Home,
    service: str,
    handed: Sequence[Note] = (),
    progress: Callable[[int], None] = lambda _done: None,
    processes: int | None = None,
) -> Report:
    """Verify one log with all that the site keeps apart from its database.

    By as many `processes` as are said, or as the log and the machine are good for.

    The record that reporting keeps of it is held to the same: whole, unchanged, found by search.
    """
    log = f"{home.charter().code}/{service}"
    keys = Keys(log, verifier(home, service), verifier(home, "witness"))
    beside = Findings()
    with ExitStack() as stack:
        copy = _copy(home, service, log, beside, stack)  # looked at before its source moves on
        conn = stack.enter_context(reading(home, service))
        report = verify(
            conn,
            keys,
            state_file=home.signer_state(service),
            handed=[note for note in handed if note.checkpoint.origin == log],
            mirror=copy,
            progress=progress,
            processes=processes or _suited(store.size(conn)),
        )
        if copy is not None:
            copy.close(report.size)
        if service == REPORTING.name:
            _check_record(home, conn, beside)
    return joined(report, beside)


def _suited(size: int) -> int:
    """A process takes half a second to start, which a short log doesn't give back."""
    return 1 if size < _LONG else min(len(os.sched_getaffinity(0)), _PROCESSES_MAX)


_LONG: Final = 200_000
_PROCESSES_MAX: Final = 4


def _copy(
    home: Home, service: str, log: str, beside: Findings, stack: ExitStack
) -> CheckedCopy | None:
    """Reporting's copy; one that can't be read is a finding, and the log is read without it."""
    if service not in REPORTING.follows:
        return None
    try:
        conn = stack.enter_context(reading(home, REPORTING.name))
        stack.enter_context(lenient_text(conn))
        return CheckedCopy(conn, log, beside)
    except FileNotFoundError:
        beside.add(None, Kind.UNREADABLE, "监督记录的数据库不见了")
    except DatabaseError as error:
        beside.add(None, Kind.UNREADABLE, f"监督记录无法读取：{error.orig}")
    return None


def _check_record(home: Home, conn: Connection, beside: Findings) -> None:
    """What concerns the record of all logs together."""
    code = home.charter().code
    with lenient_text(conn):
        check_strangers(conn, frozenset(f"{code}/{one}" for one in REPORTING.follows), beside)
        check_triggers(conn, APPEND_ONLY, beside)
