"""What starting, watching and ending a server's processes needs, as a test does it."""

from deploy.native.processes import (
    HOST,
    WAIT_SECONDS_MAX,
    children_of,
    ended,
    free_port,
    ordinary_user,
    state_of,
    wait_until,
)

__all__ = [
    "HOST",
    "WAIT_SECONDS_MAX",
    "as_ordinary_user",
    "children_of",
    "ended",
    "free_port",
    "state_of",
    "wait_until",
]


def as_ordinary_user() -> tuple[list[str], int]:
    """The words before a command so that it runs unprivileged, and the user id it runs under.

    PostgreSQL refuses root. A server also gets a fast shutdown when the test process dies.
    """
    words, user_id = ordinary_user()
    return ["setpriv", "--pdeathsig", "INT", *words[1:]], user_id
