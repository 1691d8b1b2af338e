"""Keeping an embedded site running: followers, parked streams, limits, signatures, until told to stop."""

import threading

import structlog

from services.runtime.embedded import EmbeddedSite

SIGN_EVERY_SECONDS = 1.0
BACK_OFF_SECONDS_MAX = 60.0
logger = structlog.get_logger("site")


def tend(site: EmbeddedSite, stop: threading.Event) -> None:
    """Round after round until `stop` is set; each duty for itself, trouble with back-off."""
    failures = 0
    while not stop.is_set():
        failures = 0 if all_duties(site) else failures + 1
        stop.wait(min(SIGN_EVERY_SECONDS * 2 ** min(failures, 6), BACK_OFF_SECONDS_MAX))
    all_duties(site)


def all_duties(site: EmbeddedSite) -> bool:
    """Follow, try parked facts again, note what has passed, sign: one that fails keeps none of the others from it."""
    done = True
    for duty in (site.settle, site.retry_parked, site.keep_day, site.checkpoint):
        try:
            duty()
        except Exception:
            logger.exception("a duty failed", duty=duty.__name__)
            done = False
    return done
