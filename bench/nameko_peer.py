"""nameko as its own runner starts it: fully patched, default settings. A process, told by lines.

`python -m bench.nameko_peer AMQP_URI`: each line of input is a JSON object with `do` and arguments,
each is answered by one line. Instants are CLOCK_MONOTONIC, the same for all processes.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import eventlet

eventlet.monkey_patch()

from eventlet import tpool  # noqa: E402 - after the patch, as all that follows
from nameko.events import event_handler  # noqa: E402 - after the patch
from nameko.rpc import rpc  # noqa: E402 - after the patch
from nameko.runners import ServiceRunner  # noqa: E402 - after the patch
from nameko.standalone.events import event_dispatcher  # noqa: E402 - after the patch
from nameko.standalone.rpc import ClusterRpcProxy  # noqa: E402 - after the patch

HANDLED: list[tuple[float, float]] = []
"""Of each event: when it was sent, by its own word, and when it was handled."""


class Handler:
    """Notes each event, and has a method that does nothing."""

    name = "handler"

    @event_handler("sender", "fact")
    def handle(self, payload: Any) -> None:
        """Without any database."""
        HANDLED.append((payload["sent"], time.monotonic()))

    @rpc
    def nothing(self, *_given: Any, **_named: Any) -> None:
        """An empty call."""


class Peer:
    """What the bench may ask of it."""

    def __init__(self, uri: str) -> None:
        self._config = {"AMQP_URI": uri}
        self._runner: ServiceRunner | None = None

    def start(self, workers: int = 10) -> float:
        """Serve; 10 is nameko's own number of workers."""
        HANDLED.clear()
        self._runner = ServiceRunner({**self._config, "max_workers": workers})
        self._runner.add_service(Handler)
        self._runner.start()
        return time.monotonic()

    def stop(self) -> None:
        """Serve no longer; what comes waits in the queue."""
        if self._runner is not None:
            self._runner.stop()

    def handled(self, count: int) -> dict[str, Any]:
        """Wait for so many events; first and last instant, and each one's delay in seconds."""
        while len(HANDLED) < count:
            eventlet.sleep(0.002)
        told = list(HANDLED)
        HANDLED.clear()
        return {
            "count": len(told),
            "first": told[0][1],
            "last": max(at for _, at in told),
            "delays": [at - sent for sent, at in told],
        }

    def send(self, file: str, each_seconds: float = 0) -> float:
        """Dispatch what stands in a file, a JSON object a line; when it began."""
        payloads = [json.loads(line) for line in Path(file).read_bytes().splitlines()]
        dispatch = event_dispatcher(self._config)
        start = time.monotonic()
        for number, payload in enumerate(payloads):
            wait = start + number * each_seconds - time.monotonic()
            if each_seconds and wait > 0:
                time.sleep(wait)
            payload["sent"] = time.monotonic()
            dispatch("sender", "fact", payload)
        return start

    def call(self, count: int) -> float:
        """So many empty calls, one after another, by nameko's own client; seconds."""
        with ClusterRpcProxy(self._config) as cluster:
            cluster.handler.nothing()
            start = time.monotonic()
            for _ in range(count):
                cluster.handler.nothing()
            return time.monotonic() - start


def main(uri: str) -> None:
    """Until the input ends."""
    peer = Peer(uri)
    while line := tpool.execute(sys.stdin.readline):
        asked = json.loads(line)
        answer = getattr(peer, asked.pop("do"))(**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    peer.stop()


if __name__ == "__main__":
    main(sys.argv[1])
