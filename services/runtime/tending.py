"""Keeping an embedded site running: followers, parked streams, signatures, until told to stop."""

import threading

import structlog

from services.runtime.embedded import EmbeddedSite

SIGN_EVERY_SECONDS = 1.0
logger = structlog.get_logger("site")


def tend(site: EmbeddedSite, stop: threading.Event) -> None:
    """Round after round until `stop` is set; trouble is logged and tried again with back-off."""
    failures = 0
    while not stop.is_set():
        try:
            site.settle()
            site.retry_parked()
            site.checkpoint()
            failures = 0
        except Exception:
            failures += 1
            logger.exception("round failed", failures=failures)
        stop.wait(min(SIGN_EVERY_SECONDS * 2 ** min(failures, 6), 60.0))
    site.settle()
    site.checkpoint()
