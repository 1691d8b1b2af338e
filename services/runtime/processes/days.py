"""A service process looks for what a day asks of it, by the site's own clock."""

import threading

from services.runtime.duties import Duty
from shared.daily import DayKeeper
from shared.service import Service

LOOK_SECONDS = 5.0  # a day's change is noticed so late at most


def keeping_days(service: Service, ending: threading.Event) -> Duty:
    """Instances side by side find the same and do it once: the stream's version says so."""
    keeper = DayKeeper(service)

    def step() -> None:
        keeper.step()
        ending.wait(LOOK_SECONDS)

    return Duty("what the day asks for", step)
