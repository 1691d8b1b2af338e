"""docker-compose.yml: what it names exists, and nobody gets more than it needs."""

import re
from pathlib import PurePosixPath

import pytest

from services.runtime.home import Home
from services.runtime.houses import NAMES
from tests.architecture.papers import ROOT
from tests.commands import parsed
from tests.deploy.compose import (
    JOBS,
    LONG_RUNNING,
    OURS,
    checks_health,
    compose,
    containers,
    dockerfile_of,
    environment,
    mounts,
    read_secrets,
    secrets,
    user_of,
)
from tests.deploy.images import environment as image_environment
from tests.deploy.images import words
from tests.deploy.known import needed, settings

EVERY = pytest.mark.parametrize("name", containers())
SERVICE = pytest.mark.parametrize("name", NAMES)
OUR = pytest.mark.parametrize("name", OURS)


def test_the_services_are_the_houses() -> None:
    """Each with its image and a job that migrates it; the rest is servers and the operator's."""
    migrations = {f"migrate-{name}" for name in NAMES}

    assert {*LONG_RUNNING, *migrations, "definitions", "operator", "verify"} == set(containers())
    for name in NAMES:
        assert (
            f"services/{name}/Dockerfile" == dockerfile_of(name) == dockerfile_of(f"migrate-{name}")
        )


@EVERY
def test_no_container_can_do_more_than_it_must(name: str) -> None:
    """Nobody special, a read-only root, no capabilities, limits on memory, processors, processes."""
    container = containers()[name]
    user, _, group = user_of(name).partition(":")

    assert (int(user) > 0, int(group) > 0) == (True, True)
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert "cap_add" not in container
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert not container.get("privileged")
    assert re.fullmatch(r"\d+[mg]", container["mem_limit"])
    assert 0 < container["cpus"] <= 2
    assert 0 < container["pids_limit"] <= 512
    assert any(one.startswith("/tmp:") and "size=" in one for one in container["tmpfs"])


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_what_runs_for_long_is_looked_at_and_started_again(name: str) -> None:
    """With time to end well: more than the ten seconds that a service takes at most."""
    assert checks_health(name)
    assert containers()[name]["restart"] == "unless-stopped"
    assert int(containers()[name]["stop_grace_period"].removesuffix("s")) > 10


@pytest.mark.parametrize("name", JOBS)
def test_a_job_ends_and_is_not_started_again(name: str) -> None:
    """And nothing asks a job whether it is ready."""
    assert containers()[name]["restart"] == "no"
    assert not checks_health(name)


@EVERY
def test_what_is_waited_for_comes_about(name: str) -> None:
    """Ready where somebody looks, done where it is a job; both are in this file."""
    for other, how in containers()[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if other in JOBS else "service_healthy"
        assert {"condition": wanted} == how
    for service in NAMES:
        assert {"postgres", "rabbitmq", f"migrate-{service}"} == set(
            containers()[service]["depends_on"]
        )


def test_only_the_gateway_has_a_door_and_only_on_loopback() -> None:
    """All others are on a network without a way out."""
    assert {"internal": True} == compose()["networks"]["inside"]
    for name, container in containers().items():
        assert ["inside", *(["door"] if name == "gateway" else [])] == container["networks"]
        for port in container.get("ports", []):
            assert name == "gateway"
            assert port.startswith("127.0.0.1:")


@OUR
def test_a_container_s_words_are_the_command_line_s(name: str) -> None:
    """Its own, or its image's; the operator's are typed by the operator."""
    given = containers()[name].get("command") or words(dockerfile_of(name), "CMD")

    assert (given == ["--help"]) == (name == "operator")
    if name != "operator":
        assert parsed(given).command.name == given[0]


@OUR
def test_every_setting_is_one_that_the_code_reads(name: str) -> None:
    """Those of the image, too; no secret's value stands in the file."""
    given = image_environment(dockerfile_of(name)) | environment(name)
    own = {key for key in given if key.startswith("YINGBAO_")}

    assert [] == sorted(own - settings())
    assert set(environment(name)) <= own
    assert [] == [key for key in own if "SECRET" in key and not key.endswith("_FILE")]
    assert [] == [key for key, said in given.items() if "://" in said]


@SERVICE
def test_a_service_gets_exactly_its_own_secrets(name: str) -> None:
    """Neither another service's keys nor the owner's password, and never the token key."""
    assert needed(name) == secrets(name)
    assert {f"owner-url-{name}", f"database-url-{name}"} == secrets(f"migrate-{name}")


@EVERY
def test_every_secret_given_is_read_and_every_one_read_is_given(name: str) -> None:
    """By a setting that ends in _FILE."""
    assert secrets(name) == read_secrets(name)
    assert secrets(name) <= set(compose()["secrets"])


def test_jobs_get_what_they_are_for() -> None:
    """Definitions: the broker's passwords. Verify: databases as roles that can't change a log."""
    databases = {f"database-url-{name}" for name in NAMES}
    brokers = {f"broker-url-{name}" for name in (*NAMES, "operator")}
    passwords = {f"{role}-password-{name}" for role in ("owner", "run") for name in NAMES}

    assert databases == secrets("verify")
    assert brokers == secrets("definitions")
    assert {"postgres-password", *passwords} == secrets("postgres")
    assert set() == secrets("rabbitmq")
    everything = set(compose()["secrets"]) - passwords - {"postgres-password"}
    assert everything == secrets("operator")


@EVERY
def test_every_volume_and_file_that_is_mounted_exists(name: str) -> None:
    """Files of the repository are read-only."""
    for mount in mounts(name).values():
        if mount["type"] == "bind":
            assert mount["read_only"] is True
            assert (ROOT / mount["source"]).is_file()
        else:
            assert mount["source"] in compose()["volumes"]


@SERVICE
def test_a_service_writes_into_its_signer_s_folder_and_nowhere_else(name: str) -> None:
    """The site is read-only for it; the signer's record is where the code has it."""
    home = PurePosixPath(image_environment(dockerfile_of(name))["YINGBAO_HOME"])
    record = Home(ROOT / "site").signer_state(name).parent.relative_to(ROOT / "site")
    own = mounts(name)
    writable = [target for target, mount in own.items() if not mount.get("read_only")]

    assert {str(home.parent), str(home / record)} == set(own)
    assert [str(home / record)] == writable
    assert {"subpath": str(home.name / record)} == own[str(home / record)]["volume"]
    assert own[str(home.parent)]["source"] == own[str(home / record)]["source"]


@SERVICE
def test_a_service_answers_where_its_image_says(name: str) -> None:
    """Health and metrics on the port that is exposed, and published for the gateway."""
    address = environment(name)[f"YINGBAO_HTTP_{name.upper()}"]

    assert "0.0.0.0:8000" == address
    if name == "gateway":
        assert ["127.0.0.1:8000:8000"] == containers()[name]["ports"]


def test_the_servers_are_pinned_and_new_enough() -> None:
    """Quorum queues with a delivery limit need RabbitMQ 3.10, the roles PostgreSQL 15."""
    tags = {
        name: containers()[name]["image"].partition(":")[2] for name in ("postgres", "rabbitmq")
    }

    assert int(tags["postgres"].split(".")[0]) >= 15
    assert tuple(int(part) for part in tags["rabbitmq"].split(".")[:3]) >= (3, 10, 0)
    for name in OURS:
        assert re.fullmatch(r"yingbao-\w+:\d+\.\d+\.\d+", containers()[name]["image"])


def test_the_broker_loads_the_definitions_that_the_job_writes() -> None:
    """The same file of the same volume, written and read by the same user."""
    conf = (ROOT / "deploy/rabbitmq/rabbitmq.conf").read_text("utf-8")
    settings_of_broker = dict(re.findall(r"^([\w.]+) *= *(.+)$", conf, re.MULTILINE))
    [written] = [word for word in containers()["definitions"]["command"] if word.startswith("/")]
    folder = str(PurePosixPath(written).parent)

    assert written == settings_of_broker["load_definitions"]
    assert mounts("definitions")[folder]["source"] == mounts("rabbitmq")[folder]["source"]
    assert user_of("definitions") == user_of("rabbitmq")
    assert mounts("rabbitmq")[folder]["read_only"] is True


def test_the_definitions_are_written_without_the_site() -> None:
    """The broker's user may not look into the image's site folder, so its home is elsewhere."""
    home = PurePosixPath(environment("definitions")["YINGBAO_HOME"])
    image = PurePosixPath(image_environment(dockerfile_of("definitions"))["YINGBAO_HOME"])

    assert home != image
    assert not home.is_relative_to(image.parent)
