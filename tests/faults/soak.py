"""`make soak`: many seeded months under fire. `python -m tests.faults.soak --rounds 1 --seed S`
plays the round of seed S again.

Exit status 1 when a round failed; its folder is kept, with what every process has said.
"""

import argparse
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.faults.outcome import Outcome
from tests.faults.rounds import Fault, drawn, play_round, undisturbed
from tests.servers import PostgresServer, RabbitServer

FOLDER = Path("var/soak")


@dataclass
class Tally:
    """What the rounds so far came to."""

    rounds: int = 0
    failed: list[int] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    late: int = 0

    def show(self, console: Console) -> None:
        console.print(f"{self.rounds} rounds, {len(self.failed)} failed {self.failed or ''}")
        for kind, count in sorted(self.struck.items()):
            console.print(f"  {count:4} {kind}")
        console.print(f"ended by themselves and were started again: {dict(self.ended)}")
        console.print(f"commands that came too late and were refused: {self.late}")


class Soak:
    """Rounds on servers of their own, which all rounds share."""

    def __init__(self, folder: Path, console: Console) -> None:
        self.folder, self.console, self.tally = folder, console, Tally()

    def play(self, seeds: Sequence[int]) -> None:
        """Ends early by Ctrl-C; what was played by then is in the tally."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TimeElapsedColumn())  # fmt: skip
        with ExitStack() as stack:
            postgres = stack.enter_context(PostgresServer())
            rabbit = stack.enter_context(RabbitServer())
            progress = stack.enter_context(Progress(*columns, console=self.console))
            task = progress.add_task("undisturbed", total=len(seeds))
            expected = undisturbed(self._fresh("undisturbed"), postgres, rabbit)
            for seed in seeds:
                progress.update(task, description=f"seed {seed}, {len(self.tally.failed)} failed")
                self._round(seed, postgres, rabbit, expected)
                progress.advance(task)

    def _round(
        self, seed: int, postgres: PostgresServer, rabbit: RabbitServer, expected: Outcome
    ) -> None:
        folder = self._fresh(f"round-{seed}")
        faults = drawn(seed, sum(expected.facts.values()))
        try:
            played = play_round(folder, postgres, rabbit, faults, expected)
            wrong = played.wrong
            self.tally.late += played.late
            self.tally.ended.update(played.ended)
        except Exception:
            wrong = [traceback.format_exc()]
        self.tally.rounds += 1
        self.tally.struck.update(fault.kind for fault in faults)
        if wrong:
            self._failed(seed, faults, wrong, folder)
        else:
            shutil.rmtree(folder)

    def _failed(
        self, seed: int, faults: Sequence[Fault], wrong: Sequence[str], folder: Path
    ) -> None:
        self.tally.failed.append(seed)
        lines = [f"seed {seed} failed", *map(str, faults), *wrong[:20], f"kept in {folder}"]
        self.console.print("\n".join(lines), markup=False)
        (folder / "wrong.txt").write_text("\n".join([*map(str, faults), *wrong]), "utf-8")

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


def main(words: Sequence[str] | None = None) -> int:
    """The command; gives its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first round")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    asked = parser.parse_args(words)
    console = Console()
    soak = Soak(asked.folder.resolve(), console)
    interrupted = False
    try:
        soak.play(range(asked.seed, asked.seed + asked.rounds))
    except KeyboardInterrupt:
        interrupted = True
    soak.tally.show(console)
    return 1 if soak.tally.failed else 130 if interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
