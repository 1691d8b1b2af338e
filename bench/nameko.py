"""The nameko peer's processes, as the bench holds them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SETPRIV = "/usr/bin/setpriv"  # the peer ends with us


class Nameko:
    """One process; `ask` says what it shall do and waits for its answer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, do: str, **arguments: Any) -> Any:
        """Tell it and wait."""
        self.tell(do, **arguments)
        return self.answer()

    def tell(self, do: str, **arguments: Any) -> None:
        """Tell it; `answer` waits."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """What it answers to what it was told."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the nameko process has ended")
        return json.loads(line)


@contextmanager
def nameko(url: str) -> Iterator[Nameko]:
    """A process at this broker."""
    process = subprocess.Popen(
        [SETPRIV, "--pdeathsig", "KILL", sys.executable, "-W", "ignore",
         "-m", "bench.nameko_peer", url],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        yield Nameko(process)
    finally:
        process.communicate(timeout=30)
