"""deploy/systemd: a site without containers, held to the same."""

import shlex
import stat
from pathlib import Path

import pytest

from services.runtime.home import Home
from services.runtime.houses import NAMES
from shared.settings import load_settings
from tests.architecture.papers import ROOT
from tests.commands import parsed
from tests.deploy.known import needed, settings
from tests.deploy.units import (
    ENVIRONMENTS,
    FOLDER,
    UNITS,
    all_of,
    credentials,
    environment,
    instance,
    one,
    unit,
    variables,
)

SERVICE_UNIT, VERIFY, TARGET = "yingbao@.service", "yingbao-verify.service", "yingbao.target"
STARTED = tuple(name for name in UNITS if name.endswith(".service"))
TIMERS = tuple(name for name in UNITS if name.endswith(".timer"))
INSTALLED, SECRETS = "/opt/yingbao/", Path("/etc/yingbao/secrets")
YINGBAO = f"{INSTALLED}.venv/bin/yingbao"
OF_POSTGRES = {"PGHOST", "PGUSER", "PGPASSFILE"}
CONFINED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectControlGroups": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallFilter": "@system-service",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
}
EACH = pytest.mark.parametrize("service", NAMES)


@pytest.mark.parametrize("name", STARTED)
def test_a_unit_starts_what_is_installed(name: str) -> None:
    """The command line takes the words; a script is in this repository and may be run."""
    program, *words = shlex.split(instance(one(name, "ExecStart"), "review"))

    if program == "/bin/sh":
        _exec, program, *words = shlex.split(words[1])
    assert program.startswith(INSTALLED)
    if program == YINGBAO:
        assert parsed(words).command.name == words[0]
    else:
        script = ROOT / program.removeprefix(INSTALLED)
        assert script.stat().st_mode & stat.S_IXUSR
        assert len(words) == script.read_text("utf-8").count('"$1"')


@pytest.mark.parametrize("name", STARTED)
def test_a_unit_can_do_no_more_than_it_must(name: str) -> None:
    """A user of its own, nothing of the machine, limits."""
    assert "yingbao" == one(name, "User") == one(name, "Group")
    assert CONFINED == {key: one(name, key) for key in CONFINED}
    assert one(name, "MemoryMax")
    assert int(one(name, "TasksMax")) > 0


def test_a_service_has_time_to_end_well_and_is_started_again() -> None:
    """SIGTERM first, and more than the ten seconds that it takes at most."""
    assert "SIGTERM" == one(SERVICE_UNIT, "KillSignal")
    assert int(one(SERVICE_UNIT, "TimeoutStopSec")) > 10
    assert "always" == one(SERVICE_UNIT, "Restart")
    assert "0" == one(SERVICE_UNIT, "StartLimitIntervalSec", "Unit")
    assert TARGET == one(SERVICE_UNIT, "PartOf", "Unit") == one(SERVICE_UNIT, "WantedBy", "Install")


def test_the_target_is_the_site() -> None:
    """The five services and every timer."""
    services = {f"yingbao@{name}.service" for name in NAMES}

    assert {*services, *TIMERS} == set(all_of(TARGET, "Wants", "Unit"))


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_has_its_service_and_catches_up(name: str) -> None:
    """A machine that was off at the hour does it when it is on again."""
    assert name.replace(".timer", ".service") in UNITS
    assert one(name, "OnCalendar", "Timer")
    assert "true" == one(name, "Persistent", "Timer")


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_setting_is_one_that_the_code_reads(name: str) -> None:
    """Or libpq, for a backup. None is a secret's value."""
    given = variables(FOLDER / name)

    assert [] == sorted(set(given) - settings() - OF_POSTGRES)
    assert [] == [key for key, said in given.items() if "://" in said]


def test_there_is_an_environment_file_for_each_service_and_none_is_left_over() -> None:
    """Those that the units name."""
    named = {
        Path(instance(file, service)).name
        for unit_name in STARTED
        for file in all_of(unit_name, "EnvironmentFile")
        for service in NAMES
    }

    assert set(ENVIRONMENTS) == named


@EACH
def test_a_service_gets_exactly_its_own_secrets(service: str) -> None:
    """As in compose, under the names that deploy/secrets.sh makes; each is read."""
    handed = credentials(SERVICE_UNIT, service)
    read = {said for key, said in environment(SERVICE_UNIT, service).items() if key[-5:] == "_FILE"}

    assert {str(SECRETS / name) for name in needed(service)} == set(handed.values())
    assert set(handed) == read


def test_verification_gets_the_databases_and_nothing_else() -> None:
    """As the roles that can't change a log."""
    handed = credentials(VERIFY)

    assert {str(SECRETS / f"database-url-{name}") for name in NAMES} == set(handed.values())
    assert set(handed) == {
        said for key, said in environment(VERIFY).items() if key.endswith("_FILE")
    }


@EACH
def test_a_service_writes_into_its_signer_s_folder_and_nowhere_else(service: str) -> None:
    """Where the code has the signer's record."""
    home = Path(environment(SERVICE_UNIT, service)["YINGBAO_HOME"])

    assert [str(Home(home).signer_state(service).parent)] == [
        instance(path, service) for path in all_of(SERVICE_UNIT, "ReadWritePaths")
    ]


def test_every_service_has_an_address_of_its_own_on_loopback(tmp_path: Path) -> None:
    """The settings can be read once systemd has laid the secrets out."""
    addresses = set()
    for service in NAMES:
        given = environment(SERVICE_UNIT, service)
        for key, said in given.items():
            if key.endswith("_FILE"):
                scheme = "amqp" if "BROKER" in key else "postgresql"
                (tmp_path / Path(said).name).write_text(f"{scheme}://host/{service}\n")
                given[key] = str(tmp_path / Path(said).name)
        settings_read = load_settings(given)
        assert settings_read.distributed
        assert (f"postgresql+psycopg2://host/{service}", f"amqp://host/{service}") == (
            settings_read.database_url(service),
            settings_read.broker_url(service),
        )
        addresses.add(settings_read.http_address(service))

    assert len(NAMES) == len(addresses)
    assert all(address.startswith("127.0.0.1:") for address in addresses)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_says_what_it_is(name: str) -> None:
    """In the sections that its kind has."""
    kind = {"service": "Service", "timer": "Timer"}.get(name.rpartition(".")[2])

    assert one(name, "Description", "Unit").startswith("Yingbao")
    assert set(unit(name)) <= {"Unit", "Install", *([kind] if kind else [])}
    assert kind is None or kind in unit(name)
