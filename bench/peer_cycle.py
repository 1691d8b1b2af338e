"""The peer's cycle: an aggregate of twenty events loaded, one more decided and saved."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.peer import environment
from bench.stage import Stage

EVENTS = 20


class Case(Aggregate):
    """About as much as a case of ours keeps."""

    @event("Opened")
    def __init__(self, case: str) -> None:
        self.case, self.requested, self.reported = case, False, 0

    @event("Visited")
    def visit(self, case: str, visited_by: str, visited_on: str, income_fen: int) -> None:
        """Go there."""
        self.reported = income_fen

    @event("VerificationRequested")
    def request(self, case: str, requested_by: str, requested_on: str, start_by: str) -> None:
        """Ask."""
        self.requested = True

    @event("VerificationReported")
    def report(self, case: str, reported_by: str, reported_on: str, income_fen: int) -> None:
        """Answer."""
        self.requested, self.reported = False, income_fen


class Library:
    """Its application on PostgreSQL with its defaults."""

    def __init__(self, stage: Stage, count: int) -> None:
        database = stage.postgres.create_database()
        self._app: Any = Application(env=environment(stage.postgres.port, database))
        stage.things.callback(self._app.close)
        self._count = count

    def opened(self) -> list[UUID]:
        """Aggregates of twenty events each."""
        made = [_history(f"case-{number}") for number in range(self._count)]
        for case in made:
            self._app.save(case)
        return [case.id for case in made]

    def decide(self, cases: Sequence[UUID]) -> int:
        """Load, decide, save, each case in turn."""
        for case in cases:
            aggregate = self._app.repository.get(case)
            if aggregate.requested:
                raise ValueError("asked already")
            aggregate.request("case", "officer", "2024-03-01", "2024-03-06")
            self._app.save(aggregate)
        return len(cases)


def _history(name: str) -> Case:
    case: Case = Case(name)
    case.visit(name, "officer", "2024-03-01", 20_000)
    for _ in range((EVENTS - 2) // 2):
        case.request(name, "officer", "2024-03-01", "2024-03-06")
        case.report(name, "bureau", "2024-03-01", 20_000)
    return case
