"""A service that computes for seven seconds where a title asks for it: `slow_house gateway`.

慢办: the door's decision computes. 慢随: whoever follows the fact computes. 极慢: the decision
computes as long as the site's folder holds the file `slow`.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

SECONDS = 7.0


def compute(on: Callable[[], bool]) -> None:
    """Pure Python, holding the interpreter as long as it lets one."""
    while on():
        sum(n * n for n in range(2_000))


def compute_seven_seconds() -> None:
    """More than three heartbeats of two seconds."""
    end = time.monotonic() + SECONDS
    compute(lambda: time.monotonic() < end)


def slow(name: str) -> Any:
    """The service's definition, computing on the way."""
    from services.gateway.commands import RegisterUnit
    from services.runtime.houses import definition
    from shared.facts.gateway import UnitRegistered

    found = definition(name)
    commands = [slow_row(row) if row.command is RegisterUnit else row for row in found.commands]
    reactions = [slow_reaction(r) if r.fact is UnitRegistered else r for r in found.reactions]
    return replace(found, commands=tuple(commands), reactions=tuple(reactions))


def slow_row(row: Any) -> Any:
    """Computes, then decides."""

    def decide(state: Any, command: Any, context: Any) -> Any:
        if command.title == "慢办":
            compute_seven_seconds()
        if command.title == "极慢":
            compute((Path(os.environ["YINGBAO_HOME"]) / "slow").exists)
        return row.decider.decide(state, command, context)

    return replace(row, decider=replace(row.decider, decide=decide))


def slow_reaction(reaction: Any) -> Any:
    """Computes, then writes its rows."""

    def rows(conn: Any, recorded: Any) -> None:
        for one in recorded:
            if one.fact.title == "慢随":
                compute_seven_seconds()
        reaction.rows(conn, recorded)

    return replace(reaction, rows=rows)


def main() -> None:
    """As `yingbao run` starts a service."""
    from services.runtime.processes.patching import patch

    patch()
    from services.runtime.processes.serving import serve
    from shared.logging import configure
    from shared.settings import load_settings

    settings = load_settings()
    configure(settings.log_format, settings.log_level)
    serve(sys.argv[1], settings, of=slow)


if __name__ == "__main__":
    main()
