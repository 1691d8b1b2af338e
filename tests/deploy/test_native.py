"""Bringing a site up on this machine: its plan, and processes that are known again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.native.plan import Plan, write_settings
from deploy.native.processes import Daemon, birth_of, free_port, state_of, wait_until
from deploy.native.site import NativeSite, NotOurs
from services.cli.topology import broker_users
from services.runtime.houses import NAMES
from shared.carrying.topology import VHOST
from shared.settings import load_settings

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True);"
    "time.sleep(600)",
]


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    """Not started yet; ended after the test."""
    daemon = Daemon(tmp_path, "sleeper")
    yield daemon
    daemon.stop(0)


def test_a_daemon_is_found_again_and_started_once(daemon: Daemon, tmp_path: Path) -> None:
    """By another object, as by another `make up`; a second start changes nothing."""
    daemon.start(SLEEP, {}, tmp_path)
    first = daemon.pid
    Daemon(tmp_path, "sleeper").start(SLEEP, {}, tmp_path)

    assert first is not None
    assert first == Daemon(tmp_path, "sleeper").pid
    assert os.getsid(first) == first


def test_a_stranger_with_the_same_number_is_left_alone(daemon: Daemon, tmp_path: Path) -> None:
    """Process ids come again after a crash; a birth that differs is somebody else's."""
    with subprocess.Popen(SLEEP) as stranger:
        (tmp_path / "sleeper.pid").write_text(f"{stranger.pid} 1@another-boot\n")

        daemon.send(signal.SIGKILL)
        daemon.stop(0)

        assert daemon.pid is None
        assert state_of(stranger.pid) in "RS"
        stranger.kill()


def test_a_daemon_that_is_deaf_is_killed(daemon: Daemon, tmp_path: Path) -> None:
    """After a grace, and its record goes with it."""
    daemon.start(DEAF, {}, tmp_path)
    wait_until(lambda: daemon.tail() == "1\n", "it is deaf")
    pid = daemon.pid

    daemon.send(signal.SIGTERM)
    daemon.stop(0.2)

    assert pid is not None
    assert "" == birth_of(pid)
    assert not (tmp_path / "sleeper.pid").exists()


def test_a_killed_daemon_is_started_again(daemon: Daemon, tmp_path: Path) -> None:
    """What `make up` after a crash relies on."""
    daemon.start(SLEEP, {}, tmp_path)
    first = daemon.pid
    daemon.send(signal.SIGKILL)
    wait_until(lambda: daemon.pid is None, "it is gone")

    daemon.start(SLEEP, {}, tmp_path)

    assert daemon.pid not in {None, first}


def test_a_plan_is_kept_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    """Ports and passwords are drawn once; a second site gets others."""
    plan = Plan.draw()
    plan.keep(tmp_path / "plan.json")

    assert plan == Plan.read(tmp_path / "plan.json")
    assert 0o600 == (tmp_path / "plan.json").stat().st_mode & 0o777
    assert len(plan.ports) == len(set(plan.ports.values()))
    assert set() == set(plan.passwords.values()) & set(Plan.draw().passwords.values())


def test_the_plan_sets_all_that_the_services_read(tmp_path: Path) -> None:
    """settings.env is read by the program itself, and its users are those of the broker."""
    plan = Plan.draw()
    write_settings(tmp_path, plan.settings())
    settings = load_settings({"YINGBAO_HOME": str(tmp_path)})

    assert settings.distributed
    assert (plan.broker_users(), VHOST) == broker_users(settings)
    for name in NAMES:
        assert f"{name}_run:{plan.passwords[f'run.{name}']}@" in settings.database_url(name)
        assert f"{name}_owner:{plan.passwords[f'owner.{name}']}@" in settings.owner_url(name)
        assert f"127.0.0.1:{plan.ports[name]}" == settings.http_address(name)


def test_new_ports_leave_passwords_and_other_ports_alone() -> None:
    """A stranger on one port costs one port."""
    plan = Plan.draw()
    moved = plan.with_new_ports(["rabbitmq"])

    assert plan.passwords == moved.passwords
    assert {"rabbitmq"} == {name for name in plan.ports if plan.ports[name] != moved.ports[name]}


def test_beginning_anew_deletes_no_folder_of_somebody_else(tmp_path: Path) -> None:
    """--fresh on a wrong folder is refused and nothing in it is touched."""
    (tmp_path / "thesis.txt").write_text("ten years")

    with pytest.raises(NotOurs, match="没有删除"):
        NativeSite(tmp_path).forget()

    assert "ten years" == (tmp_path / "thesis.txt").read_text()


def test_down_and_status_of_a_site_that_never_was(tmp_path: Path) -> None:
    """Nothing to end, nothing to show, nothing made."""
    site = NativeSite(tmp_path / "up")

    site.down()

    assert [] == site.states()
    assert not site.folder.exists()


def test_ports_are_below_those_of_outgoing_connections() -> None:
    """So a server that was killed finds its port free."""
    low = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])

    assert free_port() < low
