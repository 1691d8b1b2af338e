"""What becomes cooperative in a service process, and what stays as it is.

Sockets, select, sleep: so that nameko's hub carries many RPC calls and heartbeats at once. Threads,
locks and psycopg stay native: databases are used and decisions taken in real threads, which never
hold the hub up, however long they take.
"""

import sys
import warnings

SWITCH_SECONDS = 0.001  # the hub gets its turn soon, also beside a thread that only computes


def patch() -> None:
    """Once, first of all. Asserts in its tests that nothing else is patched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet announces that it is in maintenance
        import eventlet  # noqa: PLC0415
        import eventlet.tpool  # noqa: PLC0415

        eventlet.monkey_patch(
            os=True, select=True, socket=True, time=True, thread=False, psycopg=False
        )
    sys.setswitchinterval(SWITCH_SECONDS)
