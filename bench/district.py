"""A distributed site for the bench: real databases, a real broker, services in their processes."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.stage import Stage
from services.runtime.distributed import DistributedSite
from services.runtime.houses import DEFINITIONS
from shared.carrying.rabbit.connecting import channel_of, connect, drop
from shared.carrying.topology import queue_of
from tests.clusters import Cluster
from tests.servers import RabbitServer


@dataclass(frozen=True, slots=True)
class District:
    """A founded site whose named services run; `broker` is an empty vhost for the peer."""

    cluster: Cluster
    site: DistributedSite
    broker: str


@contextmanager
def district(stage: Stage, name: str, running: Sequence[str]) -> Iterator[District]:
    """Start a broker and these services alone. Who doesn't run has no queue that would fill."""
    folder = stage.folder / name
    folder.mkdir()
    with RabbitServer() as rabbit, Cluster(folder, stage.postgres, rabbit) as cluster:
        _without_queues_of_others(cluster, running)
        cluster.start(running)
        cluster.wait_ready(running)
        with cluster.site() as site:
            yield District(cluster, site, rabbit.url(vhost=rabbit.create_vhost()))
        cluster.end(running)


def _without_queues_of_others(cluster: Cluster, running: Sequence[str]) -> None:
    connection = connect(cluster.settings["YINGBAO_BROKER_URL_OPERATOR"])
    with contextlib.closing(channel_of(connection)) as channel:
        for one in DEFINITIONS:
            for source in one.follows if one.name not in running else ():
                channel.queue_delete(queue_of(one.name, source))
    drop(connection)
