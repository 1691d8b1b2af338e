"""What a played month came to, read from outside: facts, figures, money; and what must hold of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.runtime.books import all_differences
from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS, NAMES
from services.runtime.reading import follow_status, reading
from services.runtime.verifying import verify_log
from shared.log import store

OWN = ("seconds", "roots", "facts")
"""Of a summary: what differs from run to run, and what is counted here in its own way."""
CLOCKED = ("at", "id", "cause", "personal")
"""Of a fact: its instant, what is named and sealed by it, and causes, which are such names."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A month's end. `facts`: per log and name; `contents`: each fact without its instant;
    `commands`: what each door remembers; `late`: COMMAND_EXPIRED, not among the facts."""

    figures: dict[str, Any]
    facts: dict[str, int]
    contents: dict[str, int]
    commands: dict[str, int]
    late: int

    @classmethod
    def of(cls, home: Home) -> "Outcome":
        """Read a site that has come to rest, in either mode."""
        facts = [fact for name in NAMES for fact in _facts(home, name)]
        kept = [fact for fact in facts if fact["data"].get("code") != "COMMAND_EXPIRED"]
        summary = json.loads((home.path / "summary.json").read_text("utf-8"))
        return cls(
            {name: value for name, value in summary.items() if name not in OWN},
            dict(Counter(f"{fact['log']} {fact['fact']}" for fact in kept)),
            dict(Counter(_content(fact) for fact in kept)),
            {name: _commands(home, name) for name in NAMES},
            len(facts) - len(kept),
        )

    def apart(self, other: "Outcome") -> list[str]:
        """Where this one differs from another, one sentence each."""
        return [
            f"{what}: {there} became {here}"
            for table, theirs in ((self.figures, other.figures), (self.facts, other.facts),
                                  (self.contents, other.contents), (self.commands, other.commands))
            for what, there, here in _unequal(theirs, table)
        ]  # fmt: skip


def faults_of(home: Home) -> list[str]:
    """What doesn't hold of a site at rest: proofs, books, order, followers, money."""
    reports = [verify_log(home, one.name) for one in DEFINITIONS]
    return [
        *(f"{r.log}: {finding}" for r in reports for finding in r.findings),
        *(f"{r.log} does not verify" for r in reports if not r.ok),
        *(f"books differ: {difference}" for difference in all_differences(home)),
        *(f"{row}" for row in follow_status(home) if row.lag or row.parked),
        *(f"{name}: positions have a gap" for name in NAMES if not _dense(home, name)),
        *(f"{name}: a command stands twice" for name in NAMES if _commands(home, name) < 0),
        *(f"paid {count} times: {line}" for line, count in _settled(home) if count != 1),
    ]


def _facts(home: Home, service: str) -> Iterator[dict[str, Any]]:
    with reading(home, service) as conn:
        for stored in store.read_all(conn):
            yield json.loads(stored.body)


def _content(fact: dict[str, Any]) -> str:
    """What a fact says, its place in its stream included."""
    return json.dumps({k: v for k, v in fact.items() if k not in CLOCKED}, sort_keys=True)


def _commands(home: Home, service: str) -> int:
    """How many commands the door remembers; −1 where one stands twice."""
    count, different = _row(
        home, service, "SELECT count(*), count(DISTINCT command_id) FROM command_done"
    )
    return int(count) if count == different else -1


def _dense(home: Home, service: str) -> bool:
    count, first, last = _row(
        home, service, "SELECT count(*), coalesce(min(position), 0), "
        "coalesce(max(position), -1) FROM fact"
    )  # fmt: skip
    return bool(first == 0 and last == count - 1)


def _settled(home: Home) -> list[tuple[str, int]]:
    """How often each line was paid: by the facts."""
    settled = (f for f in _facts(home, "payments") if f["fact"] == "payments.payment_settled")
    return list(Counter(str(fact["stream"]) for fact in settled).items())


def _row(home: Home, service: str, question: str) -> tuple[Any, ...]:
    with reading(home, service) as conn:
        return tuple(conn.exec_driver_sql(question).one())


def _unequal(expected: dict[str, Any], found: dict[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    names = {**expected, **found}
    both = ((name, expected.get(name), found.get(name)) for name in names)
    return [one for one in both if one[1] != one[2]]


def save(outcome: Outcome, path: Path) -> None:
    """As JSON."""
    fields = {name: getattr(outcome, name) for name in Outcome.__slots__}
    path.write_text(json.dumps(fields), "utf-8")


def load(path: Path) -> Outcome:
    """What `save` wrote."""
    return Outcome(**json.loads(path.read_text("utf-8")))
