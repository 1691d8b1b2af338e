"""Trouble with a server is nobody's fault and passes: what was asked may be asked again as it was.

Everything else (a rule broken, a value that doesn't fit, a bug) would only come out the same.
"""

import errno

import sqlalchemy as sa

# SQLSTATE classes: connection lost, rolled back for another's sake (serialization, deadlock), too
# few resources, the operator stepped in (shutdown, cancelled), the system below failed.
_CLASSES = ("08", "40", "53", "57", "58")
# A lock not given in time; a server that only reads; a session idle for too long.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)  # on our own disk, for what a long decision keeps there
_STATES = ("55P03", "25006", "25P03")


def is_trouble(error: BaseException) -> bool:
    """Whether the database or the disk couldn't do its part, whatever it was asked."""
    if isinstance(error, sa.exc.TimeoutError):  # no connection became free
        return True
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    state = getattr(error.orig, "pgcode", None)
    if error.connection_invalidated or state is None:
        return error.connection_invalidated or isinstance(error, _WITHOUT_STATE)
    return state.startswith(_CLASSES) or state in _STATES


# From a driver that gives no state: the connection or, with SQLite, the file is not at hand.
_WITHOUT_STATE = (sa.exc.OperationalError, sa.exc.InterfaceError)
