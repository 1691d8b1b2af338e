"""Where a row is measured: a folder and servers of its own, and how much time it may take."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Figure
from tests.servers.postgres import PostgresServer

QUICK = 20


@dataclass(eq=False)
class Stage:
    """Handed to every row. A server starts when the first row asks for it, and stays."""

    folder: Path
    rounds: int
    quick: bool = False
    things: ExitStack = field(default_factory=ExitStack)
    _postgres: PostgresServer | None = None

    @property
    def postgres(self) -> PostgresServer:
        """A durable cluster on loopback."""
        if self._postgres is None:
            self._postgres = self.things.enter_context(PostgresServer())
        return self._postgres

    @property
    def seconds(self) -> float:
        """How long one side works in one round, where time is what is fixed."""
        return 0.05 if self.quick else 1.0

    def count(self, full: int) -> int:
        """How many of something: all, or few on a quick run."""
        return max(2, full // QUICK) if self.quick else full


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its name on the command line, and what measures it."""

    name: str
    measure: Callable[[Stage], Iterable[Figure]]


@contextmanager
def stage(rounds: int, *, quick: bool = False) -> Iterator[Stage]:
    """A stage that leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="yingbao-bench-"))
    try:
        with ExitStack() as things:
            yield Stage(folder, rounds, quick, things)
    finally:
        shutil.rmtree(folder)
