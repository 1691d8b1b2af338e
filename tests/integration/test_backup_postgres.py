"""deploy/backup on a real server: the restored cluster is the one that was backed up."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from services.runtime.founding import appoint_first_administrator, found
from services.runtime.home import Charter, Home
from services.runtime.houses import NAMES, definition
from services.runtime.reading import follow_status, reading
from services.runtime.rewinding import rewind
from services.runtime.signers import log_signer, witness_signer
from services.runtime.sites import build_site
from services.runtime.tokens import issue_token
from services.runtime.verifying import verify_log
from shared.database import PostgresDatabase
from shared.log.growth import NotConsistent
from shared.log.integrator import Integrator
from shared.service import Service
from tests.architecture.papers import ROOT
from tests.servers import PostgresServer, postgres_bin
from tests.servers.postgres import SUPERUSER
from tests.servers.processes import HOST, WAIT_SECONDS_MAX
from tests.servers.roles import ServerDatabases

SCRIPTS = ROOT / "deploy" / "backup"


@dataclass
class Site:
    """Gateway and intake of a distributed site, without carrier: intake reads gateway's log."""

    home: Home

    def __post_init__(self) -> None:
        self.charter = self.home.charter()
        self.gateway, self.intake = self._service("gateway"), self._service("intake")
        self.follower = self.intake.follow(self.gateway.source)
        self.integrator = Integrator(
            self.gateway.log,
            self.gateway.database,
            log_signer(self.home.secrets, self.charter, "gateway"),
            witness_signer(self.home.secrets, self.charter),
            self.gateway.site.clock,
            self.home.signer_state("gateway"),
        )
        self.ids = count(1)

    def register(self) -> None:
        """One more fact, followed at once."""
        number = next(self.ids)
        unit = {"unit": f"411603{number:03d}", "title": "某镇", "kind": "TOWNSHIP",
                "from_on": "2021-02-01"}  # fmt: skip
        token = issue_token(self.home, "admin", None, 30)
        command = str(UUID(int=number, version=5))
        assert self.gateway.door.execute("register_unit", unit, token, command).done
        self.follower.step()

    def sign(self) -> None:
        """All that has come."""
        while self.integrator.step() is not None:
            pass

    def close(self) -> None:
        for service in (self.gateway, self.intake):
            service.database.close()

    def _service(self, name: str) -> Service:
        assert self.home.settings is not None
        database = PostgresDatabase(self.home.settings.database_url(name))
        site = build_site(self.home, self.charter, self.home.secrets)
        return Service(definition(name), site, database, self.home.secrets.get(f"master-{name}"))


@pytest.fixture
def site(server_databases: ServerDatabases, tmp_path: Path) -> Iterator[Site]:
    """Founded, with an administrator."""
    home = server_databases.home(tmp_path / "site")
    found(
        home,
        Charter("411603", trial=True, clock="file", seed=1),
        datetime(2024, 3, 1, 1, tzinfo=UTC),
    )
    site = Site(home)
    appoint_first_administrator(site.gateway, "admin", "管某某", "411603", date(2021, 2, 1))
    yield site
    site.close()


def script(name: str, home: Path, *words: Path | str, port: int = 0) -> tuple[int, str]:
    """Run one of the two; exit status and all that it said."""
    environment = {
        "PATH": f"{postgres_bin()}:{os.environ['PATH']}", "YINGBAO_HOME": str(home),
        "PGHOST": HOST, "PGPORT": str(port), "PGUSER": SUPERUSER,
    }  # fmt: skip
    done = subprocess.run(
        [str(SCRIPTS / name), *map(str, words)], env=environment, check=False, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture
def restored_server() -> Iterator[PostgresServer]:
    """A server whose data folder is to be restored; not started."""
    server = PostgresServer()
    yield server
    server.stop()


def started(server: PostgresServer, databases: ServerDatabases, home: Path, keys: Path) -> Home:
    """Start the server on what was restored, put the keys back, and give the site there."""
    owner = server.folder.stat().st_uid
    for path in (server.folder / "data", *(server.folder / "data").rglob("*")):
        os.chown(path, owner, -1)
    server.start()
    shutil.copytree(keys, home / "keys")
    return ServerDatabases(server, names=databases.names).home(home)


def facts(home: Home) -> dict[str, list[tuple[int, bytes, bytes]]]:
    """Every fact of every log, byte by byte."""
    found = {}
    for name in NAMES:
        with reading(home, name) as conn:
            rows = conn.exec_driver_sql("SELECT position, body, leaf FROM fact ORDER BY position")
            found[name] = [(r.position, bytes(r.body), bytes(r.leaf)) for r in rows]
    return found


def test_the_restored_cluster_has_the_same_facts_and_verifies(
    site: Site, server_databases: ServerDatabases, restored_server: PostgresServer, tmp_path: Path
) -> None:
    """And goes on: the next fact gets the next position and is signed."""
    for _ in range(5):
        site.register()
    site.sign()
    backup, home = tmp_path / "backup", tmp_path / "restored"
    status, said = script("backup.sh", site.home.path, backup, port=server_databases.server.port)
    assert (0, False) == (status, "拒签" in said), said
    assert not (backup / "site" / "keys").exists()
    status, said = script("restore.sh", home, backup, restored_server.folder / "data", "--rewind")
    assert 0 == status, said
    again = started(restored_server, server_databases, home, site.home.path / "keys")
    before = facts(site.home)
    assert before == facts(again)
    assert [(True, ())] * 5 == [(r.ok, r.findings) for r in (verify_log(again, n) for n in NAMES)]
    resumed = Site(again)
    resumed.ids = count(100)
    resumed.register()
    resumed.sign()
    resumed.close()
    assert (True, len(before["gateway"]) + 1, 0) == (
        (report := verify_log(again, "gateway")).ok, report.size, report.unsigned_count
    )  # fmt: skip


def test_a_cluster_backed_up_while_facts_come_is_of_one_moment(
    site: Site, server_databases: ServerDatabases, restored_server: PostgresServer, tmp_path: Path
) -> None:
    """Nobody has followed more than there is; what was signed meanwhile holds the signer back."""
    site.register()
    site.sign()
    stop, done = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            site.register()
            site.sign()
            done.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert done.wait(WAIT_SECONDS_MAX)
    backup, home = tmp_path / "backup", tmp_path / "restored"
    status, said = script("backup.sh", site.home.path, backup, port=server_databases.server.port)
    done.clear()
    assert done.wait(WAIT_SECONDS_MAX)  # at least one more came after the backup
    stop.set()
    writer.join()
    assert (0, True) == (status, "拒签" in said), said
    data = restored_server.folder / "data"
    assert 0 == script("restore.sh", home, backup, data, "--rewind")[0]
    again = started(restored_server, server_databases, home, site.home.path / "keys")
    assert [] == [row for row in follow_status(again) if row.position > row.head]
    was, now = facts(site.home)["gateway"], facts(again)["gateway"]
    assert 2 < len(now) < len(was)
    assert was[: len(now)] == now


def test_a_signer_ahead_of_the_restored_cluster_refuses_until_it_is_rewound(
    site: Site, server_databases: ServerDatabases, restored_server: PostgresServer, tmp_path: Path
) -> None:
    """Its folder was kept on another disk; the cluster is from an older backup."""
    site.register()
    site.sign()
    backup, home = tmp_path / "backup", tmp_path / "restored"
    port = server_databases.server.port
    assert 0 == script("backup.sh", site.home.path, backup, port=port)[0]
    for _ in range(2):
        site.register()
        site.sign()
    data, records = restored_server.folder / "data", site.home.path / "signer"
    assert 2 == script("restore.sh", home, backup, data)[0]
    assert 1 == script("restore.sh", home, backup, data, "--signer", tmp_path)[0]
    assert not home.exists()
    assert 0 == script("restore.sh", home, backup, data, "--signer", records)[0]
    again = started(restored_server, server_databases, home, site.home.path / "keys")
    resumed = Site(again)
    with pytest.raises(NotConsistent):
        resumed.sign()
    assert not verify_log(again, "gateway").ok
    assert 2 == rewind(again, "gateway").now
    resumed.sign()
    resumed.close()
    assert verify_log(again, "gateway").ok


@pytest.mark.parametrize("damaged", ["site/signer/gateway/state.json", "cluster/global/pg_control"])
def test_a_flipped_byte_is_refused_and_nothing_is_put_in_place(
    site: Site, server_databases: ServerDatabases, tmp_path: Path, damaged: str
) -> None:
    """In the site's part or in the cluster's."""
    site.sign()
    backup = tmp_path / "backup"
    port = server_databases.server.port
    assert 0 == script("backup.sh", site.home.path, backup, port=port)[0]
    content = bytearray((backup / damaged).read_bytes())
    content[len(content) // 3] ^= 1
    (backup / damaged).write_bytes(content)
    status, said = script("restore.sh", tmp_path / "home", backup, tmp_path / "data", "--rewind")
    assert (1, True) == (status, "没有恢复任何内容" in said)
    assert {"site", "backup"} == {path.name for path in tmp_path.iterdir()}


def test_what_lies_in_the_way_is_left_alone(
    site: Site, server_databases: ServerDatabases, tmp_path: Path
) -> None:
    """An older backup, a site, a data folder; and a server that doesn't answer leaves nothing."""
    port = server_databases.server.port
    backup, taken = tmp_path / "backup", tmp_path / "taken"
    assert 1 == script("backup.sh", site.home.path, backup, port=1)[0]
    assert {"site"} == {path.name for path in tmp_path.iterdir()}
    assert 0 == script("backup.sh", site.home.path, backup, port=port)[0]
    assert 1 == script("backup.sh", site.home.path, backup, port=port)[0]
    taken.mkdir()
    (taken / "note").touch()
    for home, data in ((taken, tmp_path / "data"), (tmp_path / "home", taken)):
        status, said = script("restore.sh", home, backup, data, "--rewind")
        assert (1, True) == (status, "不是空目录" in said)
    assert {"site", "backup", "taken"} == {path.name for path in tmp_path.iterdir()}
