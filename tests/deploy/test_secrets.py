"""deploy/secrets.sh makes what compose hands out, and the code takes it."""

import json
import stat
import subprocess
from pathlib import Path

import pytest

from services.runtime.houses import DEFINITIONS, NAMES
from services.runtime.secrets import Secrets
from shared.carrying.topology import VHOST, calls_of, queue_of, topology
from shared.settings import OPERATOR, load_settings
from tests.architecture.papers import ROOT
from tests.deploy.compose import compose, containers, environment
from tests.processes import yingbao


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the script leaves it."""
    made = tmp_path_factory.mktemp("run") / "secrets"
    make(made)
    return made


def make(folder: Path) -> None:
    subprocess.run([ROOT / "deploy/secrets.sh", folder], check=True, capture_output=True)


def given(name: str, folder: Path) -> dict[str, str]:
    """A container's environment, its secrets where the script has put them."""
    return {
        key: said.replace("/run/secrets", str(folder)) for key, said in environment(name).items()
    }


def test_every_secret_of_compose_is_made_and_nothing_else(folder: Path) -> None:
    """Under the names that docker-compose.yml has, in the folder that it names."""
    files = {name: Path(one["file"]) for name, one in compose()["secrets"].items()}

    assert {Path("var/secrets")} == {path.parent for path in files.values()}
    assert {name: path.name for name, path in files.items()} == {name: name for name in files}
    assert set(files) == {path.name for path in folder.iterdir()}
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


def test_a_secret_that_is_there_stays(tmp_path: Path) -> None:
    """Run again, the script adds what is missing and changes nothing."""
    make(tmp_path / "secrets")
    before = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    (tmp_path / "secrets" / "log-review").unlink()
    make(tmp_path / "secrets")
    after = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}

    assert set(before) == set(after)
    assert {"log-review"} == {name for name in before if before[name] != after[name]}
    assert len(set(before.values())) == len(before)


@pytest.mark.parametrize("service", NAMES)
def test_a_service_can_read_all_that_it_is_given(
    folder: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Roles, databases and users are named as the servers' scripts make them."""
    handed = given(service, folder)
    for key, said in handed.items():
        monkeypatch.setenv(key, said)
    settings = load_settings(handed | {"YINGBAO_MODE": "distributed"})
    secrets = Secrets(folder / "none")

    database = f"@postgres:5432/yingbao_{service}"
    assert settings.database_url(service).endswith(database)
    assert f"//{service}_run:" in settings.database_url(service)
    assert f"//{service}:" in settings.broker_url(service)
    assert settings.broker_url(service).endswith(f"@rabbitmq:5672/{VHOST}")
    names = (f"master-{service}", f"log-{service}", "carrier", "pseudonym", "witness")
    assert 5 == len({secrets.get(name) for name in names})
    migrating = load_settings(given(f"migrate-{service}", folder))
    assert f"//{service}_owner:" in migrating.owner_url(service)
    assert migrating.owner_url(service).endswith(database)
    assert migrating.database_url(service) == settings.database_url(service)


@pytest.mark.parametrize("service", NAMES)
@pytest.mark.parametrize("role", ["owner", "run"])
def test_the_server_is_told_the_passwords_that_the_addresses_hold(
    folder: Path, service: str, role: str
) -> None:
    """Under the names that deploy/postgres/roles.sh reads."""
    told = Path(given("postgres", folder)[f"{role.upper()}_PASSWORD_{service.upper()}_FILE"])
    address = folder / f"{'owner' if role == 'owner' else 'database'}-url-{service}"

    assert f"//{service}_{role}:{told.read_text().strip()}@" in address.read_text()
    script = (ROOT / "deploy/postgres/roles.sh").read_text("utf-8")
    assert f"{role.upper()}_PASSWORD_" in script
    assert f"${{service}}_{role}" in script
    assert "yingbao_$service" in script
    assert service in script


def test_the_job_writes_definitions_that_the_broker_can_use(folder: Path, tmp_path: Path) -> None:
    """The job's own words, run here: a user for each service, the queues of all followers."""
    words = [
        str(tmp_path / "definitions.json") if word.startswith("/") else word
        for word in containers()["definitions"]["command"]
    ]
    handed = given("definitions", folder) | {"YINGBAO_MODE": "distributed"}

    ended = yingbao(tmp_path / "none", *words, **handed)

    assert (0, "") == (ended.returncode, ended.stderr)
    made = json.loads((tmp_path / "definitions.json").read_text("utf-8"))
    follows = {one.name: one.follows for one in DEFINITIONS}
    assert {*NAMES, OPERATOR} == {user["name"] for user in made["users"]}
    assert [VHOST] == [vhost["name"] for vhost in made["vhosts"]]
    assert {one.name for one in topology(follows).queues} == {q["name"] for q in made["queues"]}
    assert {queue_of(one, source) for one in follows for source in follows[one]} < {
        queue["name"] for queue in made["queues"]
    }
    quorum = {q["name"] for q in made["queues"] if q["arguments"].get("x-queue-type") == "quorum"}
    assert {calls_of(name) for name in NAMES} == {q["name"] for q in made["queues"]} - quorum
    assert {*NAMES, OPERATOR} == {granted["user"] for granted in made["permissions"]}
