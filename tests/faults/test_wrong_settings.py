"""A service that can't start because of what it was told says which setting, and ends."""

import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.clusters import YINGBAO, Cluster
from tests.servers import PostgresServer, RabbitServer
from tests.servers.processes import HOST


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
) -> Iterator[Cluster]:
    """Founded; nothing runs."""
    with Cluster(tmp_path_factory.mktemp("wrong"), postgres_server, rabbit_server) as made:
        yield made


def run(cluster: Cluster, **settings: str) -> subprocess.CompletedProcess[str]:
    """`yingbao run review`, told otherwise."""
    environment = cluster.environment() | settings
    return subprocess.run(
        [YINGBAO, "run", "review"], env=environment, capture_output=True, encoding="utf-8",
        check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("change", [("review:review@", "review:wr0ng@"), ("/test_", "/nosuch_")])
def test_a_broker_that_refuses_the_login_is_named(
    cluster: Cluster, change: tuple[str, str]
) -> None:
    """A wrong password or vhost doesn't heal by waiting; it isn't repeated in what is said."""
    said = run(
        cluster, YINGBAO_BROKER_URL_REVIEW=cluster.settings["YINGBAO_BROKER_URL_REVIEW"].replace(*change)
    )  # fmt: skip
    assert 1 == said.returncode
    assert "YINGBAO_BROKER_URL_REVIEW" in said.stderr
    assert "Traceback" not in said.stderr
    assert "wr0ng" not in said.stderr


def test_an_address_in_use_is_named(cluster: Cluster) -> None:
    """Else its health would be answered by somebody else's process."""
    with socket.create_server((HOST, 0)) as other:
        address = f"{HOST}:{other.getsockname()[1]}"
        said = run(cluster, YINGBAO_HTTP_REVIEW=address)
    assert 1 == said.returncode
    assert f"YINGBAO_HTTP_REVIEW 的地址 {address}" in said.stderr
    assert "Traceback" not in said.stderr
