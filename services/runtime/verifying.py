"""Verifying an embedded site's logs beside its writer."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from services.reporting.mirror import mirror_pages
from services.reporting.service import REPORTING
from services.runtime.home import Home
from services.runtime.reading import reading
from shared.log import store
from shared.log.note import Note, Verifier
from shared.log.verification import Keys, Mirror, Report, verify


def log_size(home: Home, service: str) -> int:
    """How many facts a service's log holds."""
    with reading(home, service) as conn:
        return store.size(conn)


def verify_log(
    home: Home,
    service: str,
    handed: Sequence[Note] = (),
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Verify one log with all that the site keeps apart from its database."""
    log = f"{home.charter().code}/{service}"
    with ExitStack() as stack:
        conn = stack.enter_context(reading(home, service))
        mirror: Mirror | None = None
        if service in REPORTING.follows:
            mirror = partial(mirror_pages, stack.enter_context(reading(home, REPORTING.name)), log)
        return verify(
            conn,
            Keys(log, _verifier(home, service), _verifier(home, "witness")),
            state_file=home.signer_state(service),
            handed=[note for note in handed if note.checkpoint.origin == log],
            mirror=mirror,
            progress=progress,
        )


def _verifier(home: Home, name: str) -> Verifier:
    return Verifier.parse(home.public_key(name).read_text("ascii").strip())
