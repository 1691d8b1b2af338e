"""Stands between a client and PostgreSQL and lets a connection die at the worst moment."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.servers.processes import HOST

_COMMIT = b"COMMIT\x00"  # psycopg 2 sends it as a simple query of its own


class LossyProxy:
    """Forwards to `port`. After `lose_next_commit` the server commits, and its answer is lost.

    Unencrypted connections only; `with LossyProxy(port) as proxy:` ends all of them.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        self.lost_count = 0
        self._lock = threading.Lock()
        self._to_lose = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._run(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        _end(self._listening)
        with self._lock:
            ends = list(self._open)
        for end in ends:
            _end(end)
        for thread in list(self._threads):
            thread.join()

    def lose_next_commit(self, count: int = 1) -> None:
        """The answers to the next `count` COMMITs don't arrive; their connections end."""
        with self._lock:
            self._to_lose = count

    def _run(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # until the listening end is closed
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection((HOST, self._target))
                with self._lock:
                    self._open += [client, server]
                doomed = threading.Event()
                self._run(self._forward, client, server, doomed)
                self._run(self._back, server, client, doomed)

    def _forward(
        self, client: socket.socket, server: socket.socket, doomed: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := client.recv(65_536):
                if data.endswith(_COMMIT) and self._take_one():
                    doomed.set()
                server.sendall(data)
        _end(server)

    def _back(self, server: socket.socket, client: socket.socket, doomed: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65_536):
                if doomed.is_set():  # the server has committed: it answers no earlier
                    break
                client.sendall(data)
        _end(client)
        _end(server)

    def _take_one(self) -> bool:
        with self._lock:
            if not self._to_lose:
                return False
            self._to_lose -= 1
            self.lost_count += 1
            return True


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
