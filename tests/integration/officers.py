"""A process in which two officers do the same at once, beside other such processes.

Run as `python -m tests.integration.officers DEED URL NUMBER CASE`; waits for a line on stdin when
it is ready, then prints each answer's outcome and code.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from uuid import UUID

from services.intake.service import INTAKE
from shared.answer import Answer
from shared.clock import FixedClock
from shared.database import PostgresDatabase
from shared.service import Service
from shared.token import Identity, issue
from tests.houses import CODE, TOKEN_KEY, application, at_once, nine, site_at
from tests.integration.served import MASTER
from tests.payments.world import house

Deed = Callable[[], Answer]


def at_intake(database: PostgresDatabase, number: int, name: str, payload: object) -> list[Deed]:
    """The worker and the second officer of one township, at one door."""
    clock = FixedClock(nine("2024-03-04"))
    door = Service(INTAKE, site_at(clock), database, MASTER).door
    return [
        partial(
            door.execute, name, payload, issue(TOKEN_KEY, CODE, Identity(officer, None), clock.now()),
            str(UUID(int=number * 10 + place, version=5)),
        )
        for place, officer in enumerate(("worker", "second"))
    ]  # fmt: skip


def at_payments(database: PostgresDatabase, number: int) -> list[Deed]:
    """Two case officers of one township draw its roster."""
    payments = house(database)
    payments.numbers = count(number * 10)
    return [partial(payments.draw, officer=officer) for officer in ("t1-a", "both")]


def main(deed: str, url: str, number: int, of: str) -> None:
    database = PostgresDatabase(url)
    match deed:
        case "accept":
            deeds = at_intake(database, number, "accept_application", {"case": of})
        case "submit":
            deeds = at_intake(database, number, "submit_application", application())
        case _:
            deeds = at_payments(database, number)
    print("ready", flush=True)
    sys.stdin.readline()
    for answer in at_once(*deeds):
        print(answer.outcome, answer.code)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
