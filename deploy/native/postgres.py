"""One PostgreSQL cluster on loopback: durable, passwords for everybody, no unix socket."""

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from deploy.native.plan import SUPERUSER
from deploy.native.processes import HOST, ordinary_user, write_private
from deploy.native.programs import postgres_bin

ROLES = Path(__file__).parents[1] / "postgres" / "roles.sh"
_SETTINGS = {"listen_addresses": HOST, "unix_socket_directories": "", "max_connections": "200"}


class NotInitialised(Exception):
    """The cluster or its roles couldn't be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a cluster lives. Root hands it to an ordinary user, as PostgreSQL demands."""

    folder: Path
    port: int
    password: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def prepare(self) -> None:
        """Make the cluster unless it is there whole; raises NotInitialised."""
        words, user_id = ordinary_user()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chown(self.folder, user_id, -1)
        if subprocess.run([*words, "test", "-w", str(self.folder)], check=False).returncode != 0:  # noqa: S603 - our own words
            raise NotInitialised(
                f"PostgreSQL 不能以 root 运行，而用户 {user_id} 进不了 {self.folder}："
                "请把目录放在其他用户可以进入的地方，或以普通用户运行。"
            )
        if not (self.folder / "made").exists():
            self._initialise(words, user_id)

    def command(self) -> list[str]:
        """The server, in the foreground."""
        settings = [w for name, value in _SETTINGS.items() for w in ("-c", f"{name}={value}")]
        program = str(postgres_bin() / "postgres")
        return [*ordinary_user()[0], program, "-D", str(self.data), "-p", str(self.port), *settings]

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's: PGDATA and the like would get in."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}

    def answers(self) -> bool:
        """Whether the superuser can log in."""
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(
                host=HOST, port=self.port, user=SUPERUSER, password=self.password,
                dbname="postgres", connect_timeout=5,
            ).close()  # fmt: skip
            return True
        return False

    def make_roles(self, passwords: Mapping[str, str]) -> None:
        """A database and two roles for each service; repeatable. Raises NotInitialised."""
        path = f"{postgres_bin()}:{os.environ.get('PATH', os.defpath)}"
        where = {"PGHOST": HOST, "PGPORT": str(self.port), "PGUSER": SUPERUSER}
        secret = {"PGPASSWORD": self.password, **passwords}
        self._run([str(ROLES)], self.environment() | {"PATH": path} | where | secret)

    def _initialise(self, words: list[str], user_id: int) -> None:
        """A half-made cluster of an interrupted start is made anew."""
        secret = self.folder / "password"
        write_private(secret, self.password + "\n")
        os.chown(secret, user_id, -1)
        self._run(["rm", "-rf", str(self.data)], self.environment())
        command = [*words, str(postgres_bin() / "initdb"), "-D", str(self.data)]
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        who = [f"--username={SUPERUSER}", f"--pwfile={secret}"]
        self._run([*command, *options, *who], self.environment())
        secret.unlink()
        (self.folder / "made").touch()

    def _run(self, command: list[str], environment: Mapping[str, str]) -> None:
        done = subprocess.run(  # noqa: S603 - our own words
            command,
            cwd=self.folder,
            env=dict(environment),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise NotInitialised(f"{Path(command[0]).name}: {done.stderr.strip()}")
