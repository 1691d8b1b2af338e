"""An aggregate of the `eventsourcing` library, as its own guide writes them, on PostgreSQL."""

from collections.abc import Callable
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench import samples
from bench.peer import environment
from bench.stage import Stage


class Case(Aggregate):
    """What `services.review` keeps of a case while visits come in."""

    def __init__(self) -> None:
        self.people: frozenset[str] = frozenset()
        self.visit: dict[str, Any] = {}

    @event("Visited")
    def visited(
        self,
        visitors: list[str],
        recorded_by: list[str],
        visited_on: str,
        signed_by_member: bool,
        members_count: int,
        monthly_income_fen: int,
        property_fen: int,
    ) -> None:
        """A visit of the household; a day is ISO text, as the library's own JSON has no dates."""
        self.people = self.people.union(visitors, recorded_by)
        self.visit = {
            "visited_on": visited_on,
            "signed_by_member": signed_by_member,
            "members_count": members_count,
            "monthly_income_fen": monthly_income_fen,
            "property_fen": property_fen,
        }


def visited_library(stage: Stage, events: int, times: int) -> Callable[[], int]:
    """Work that loads an aggregate of so many events so often, from the library's repository."""
    database = stage.postgres.create_database()
    application = Application(environment(stage.postgres.port, database))
    stage.things.callback(application.close)
    case = Case()
    for number in range(1, events):
        visit = samples.visit(number)
        case.visited(
            list(visit.visitors),
            list(visit.recorded_by),
            visit.visited_on.isoformat(),
            visit.signed_by_member,
            visit.members_count,
            visit.monthly_income_fen,
            visit.property_fen,
        )
    application.save(case)

    def work() -> int:
        return sum(application.repository.get(case.id).version for _ in range(times))

    return work
