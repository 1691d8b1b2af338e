"""A PostgreSQL cluster of its own for tests."""

import os
import shutil
import signal
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2

from deploy.native.programs import postgres_bin
from tests.places import open_to_all
from tests.servers.processes import (
    HOST,
    WAIT_SECONDS_MAX,
    as_ordinary_user,
    children_of,
    ended,
    free_port,
    state_of,
    wait_until,
)

SUPERUSER = "postgres"


class PostgresServer:
    """A PostgreSQL cluster of its own; `with PostgresServer() as server:` leaves nothing behind.

    Superuser `postgres`, trust on loopback only, no unix socket, durable as in production.
    """

    def __init__(self) -> None:
        self._bin = postgres_bin()
        self._as_user, user_id = as_ordinary_user()
        self.folder = Path(tempfile.mkdtemp(prefix="yingbao-postgres-", dir=open_to_all()))
        self._data = str(self.folder / "data")
        os.chown(self.folder, user_id, -1)
        self.port = free_port()
        self._names = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id; None while it is down."""
        return self._process.pid if self._process else None

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """A libpq address; also what psycopg2.connect takes."""
        return f"postgresql://{user}@{HOST}:{self.port}/{database}"

    def url(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """The same for SQLAlchemy, which must be told the driver."""
        return self.dsn(database, user).replace("postgresql://", "postgresql+psycopg2://", 1)

    def create_database(self, owner: str = SUPERUSER) -> str:
        """Makes an empty database, its public schema the owner's, and returns its name."""
        name = f"test_{next(self._names)}"
        self.run(f"CREATE DATABASE {name} OWNER {owner}")
        return name

    def create_role(self, name: str) -> None:
        """Makes a role that may log in, unless there is one."""
        if not self.ask("postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            self.run(f"CREATE ROLE {name} LOGIN")

    def ask(self, database: str, question: str) -> list[tuple[Any, ...]]:
        """One question as superuser."""
        connection = psycopg2.connect(self.dsn(database))
        try:
            with connection.cursor() as cursor:
                cursor.execute(question)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def drop_database(self, name: str) -> None:
        """Takes a database away, whoever is still connected to it."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """One statement as superuser outside any transaction."""
        connection = psycopg2.connect(self.dsn(database))
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def start(self) -> None:
        """Starts the server and waits until it answers; nothing when it runs already."""
        if self._process and self._process.poll() is None:
            return
        options = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 300,
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        command = [*self._as_user, str(self._bin / "postgres"), "-D", self._data, *settings]
        with (self.folder / "log").open("ab") as log:
            # A session of its own: an interrupt at the keyboard is for the tests to tidy up after.
            self._process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self._answers, "PostgreSQL answers")

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(WAIT_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """Ends all its processes at once with SIGKILL, as a power cut would."""
        if self._process is None or self._process.poll() is not None:
            return
        pid = self._process.pid
        # Stopped, the parent neither forks nor reaps: its children's ids stay theirs.
        self._process.send_signal(signal.SIGSTOP)
        wait_until(lambda: state_of(pid) in "TZ", "the server stands still")
        children = children_of(pid)
        for child in children:
            os.kill(child, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._process = None
        wait_until(lambda: all(map(ended, children)), "the killed server's processes end")

    def restart(self) -> None:
        """Kills what runs and starts on the same data and port: recovery from the log."""
        self.kill()
        self.start()

    def _initialise(self) -> None:
        words = ["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
        command = [*self._as_user, str(self._bin / "initdb"), "-D", self._data, *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"initdb: {done.stderr}")

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended: {(self.folder / 'log').read_text()[-2000:]}")
        try:
            psycopg2.connect(self.dsn()).close()
        except psycopg2.OperationalError:
            return False
        return True
