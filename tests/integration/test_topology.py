"""The topology on a real broker: what it lets through, what it refuses."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from amqp import AccessRefused, Message
from click.testing import CliRunner
from kombu import Connection

from services.cli import main
from services.cli.topology import site_topology
from services.runtime.houses import NAMES
from shared.carrying.definitions import definitions
from shared.carrying.rabbit.declaring import NotDeclared, declare
from shared.carrying.topology import DEAD, DELIVERIES_MAX, exchange_of, queue_of
from shared.settings import OPERATOR
from tests.servers import RabbitVhost
from tests.servers.processes import wait_until

SITE = site_topology()
QUEUE = queue_of("review", "intake")
USERS = {user: user for user in (OPERATOR, *NAMES)}
Open = Callable[[str], Any]


@pytest.fixture
def broker(rabbit_vhost: RabbitVhost) -> RabbitVhost:
    """A vhost with the site's definitions loaded."""
    rabbit_vhost.server.apply_definitions(definitions(SITE, USERS, rabbit_vhost.name))
    return rabbit_vhost


@pytest.fixture
def channel_as(broker: RabbitVhost) -> Iterator[Open]:
    """A channel of a user's own connection."""
    opened: list[Connection] = []

    def channel(user: str) -> Any:
        opened.append(Connection(broker.url(user)))
        return opened[-1].channel()

    yield channel
    for connection in opened:
        connection.release()


def publish(channel: Any, exchange: str, body: bytes = b"fact") -> None:
    """With a confirm, so that a refusal is heard before the next step."""
    channel.confirm_select()
    channel.basic_publish_confirm(Message(body, delivery_mode=2), exchange=exchange)


def environment(broker: RabbitVhost, home: Path) -> dict[str, str]:
    urls = {f"YINGBAO_BROKER_URL_{user.upper()}": broker.url(user) for user in USERS}
    return {"YINGBAO_HOME": str(home), "YINGBAO_MODE": "distributed", **urls}


def test_a_fact_reaches_every_follower_and_nobody_else(
    broker: RabbitVhost, channel_as: Open
) -> None:
    """Definitions alone make the topology: what intake publishes waits for whoever follows it."""
    publish(channel_as("intake"), exchange_of("intake"))

    followers = {b.queue for b in SITE.bindings if b.exchange == exchange_of("intake")}
    assert QUEUE in followers
    queues = [queue.name for queue in SITE.queues if queue.arguments]  # RPC's have none
    assert {name: int(name in followers) for name in queues} == {
        name: broker.queue_length(name) for name in queues
    }


def test_declared_once_more_nothing_changes(rabbit_vhost: RabbitVhost) -> None:
    """The step can be repeated at every start, also after the definitions made the same."""
    declare(rabbit_vhost.url(), SITE)
    queues = rabbit_vhost.server.queues(rabbit_vhost.name)
    rabbit_vhost.server.apply_definitions(definitions(SITE, USERS, rabbit_vhost.name))

    declare(rabbit_vhost.url(), SITE)

    assert sorted(queue.name for queue in SITE.queues) == queues
    assert queues == rabbit_vhost.server.queues(rabbit_vhost.name)


def test_a_queue_of_another_form_is_named_in_a_sentence(
    broker: RabbitVhost, channel_as: Open
) -> None:
    """The operator reads which queue it is and that deleting it loses no fact."""
    operator = channel_as(OPERATOR)
    operator.queue_delete(QUEUE)
    operator.queue_declare(QUEUE, durable=True, auto_delete=False)

    with pytest.raises(NotDeclared, match=f"已有 {QUEUE}，参数"):
        declare(broker.url(), SITE)


def test_a_service_may_not_declare_what_the_operator_does(broker: RabbitVhost) -> None:
    """With a service's user the step ends with a sentence too."""
    declare(broker.url(OPERATOR), SITE)
    with pytest.raises(NotDeclared, match="无权声明"):
        declare(broker.url("review"), SITE)


def test_a_broker_that_is_down_or_refuses_the_login_is_told(broker: RabbitVhost) -> None:
    """No traceback, and no password in the sentence."""
    wrong = broker.url().replace(f":{OPERATOR}@", ":not-the-password@")

    with pytest.raises(NotDeclared, match="登录被拒绝") as told:
        declare(wrong, SITE)
    assert "not-the-password" not in str(told.value)


def test_a_service_publishes_to_no_exchange_but_its_own(channel_as: Open) -> None:
    """Refused by the broker, whatever the service's code does."""
    for exchange in (exchange_of("intake"), DEAD, ""):
        channel = channel_as("review")
        with pytest.raises(AccessRefused):
            publish(channel, exchange)


def test_a_service_neither_makes_nor_binds_nor_reads_others_queues(channel_as: Open) -> None:
    """Each attempt alone is refused."""
    attempts: list[Callable[[Any], object]] = [
        lambda c: c.queue_declare("follow.review.payments.2", durable=True),
        lambda c: c.queue_delete(QUEUE),
        lambda c: c.exchange_declare("facts.review.2", "fanout"),
        lambda c: c.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False),
        lambda c: c.exchange_delete("nameko-rpc"),
        lambda c: c.queue_bind(QUEUE, exchange=exchange_of("payments")),
        lambda c: c.basic_get(queue_of("payments", "review")),
        lambda c: c.queue_purge(queue_of("payments", "review")),
    ]

    for attempt in attempts:
        channel = channel_as("review")
        with pytest.raises(AccessRefused):
            attempt(channel)


def test_a_service_hears_calls_to_itself_and_no_others(channel_as: Open) -> None:
    """RPC works as nameko declares its queues; binding another service's calls is refused."""
    channel = channel_as("review")
    channel.queue_declare("rpc-review", durable=True, auto_delete=False)
    channel.queue_bind("rpc-review", exchange="nameko-rpc", routing_key="review.*")
    channel.queue_declare("rpc.reply-review-1", auto_delete=False)
    channel.queue_bind("rpc.reply-review-1", exchange="nameko-rpc", routing_key="0f8f-ad5b")

    for key in ("#", "payments.*", "*.execute"):
        other = channel_as("review")
        with pytest.raises(AccessRefused):
            other.queue_bind("rpc.reply-review-1", exchange="nameko-rpc", routing_key=key)


def test_two_consumers_of_a_queue_take_turns_only_when_one_is_gone(
    broker: RabbitVhost, channel_as: Open
) -> None:
    """Single active consumer: all goes to the first while it is there, then to the second."""
    got: SimpleQueue[str] = SimpleQueue()
    channels = {name: channel_as("review") for name in ("first", "second")}
    for name, channel in channels.items():
        channel.basic_consume(QUEUE, callback=lambda _m, name=name: got.put(name), no_ack=True)
    intake = channel_as("intake")

    for _ in range(3):
        publish(intake, exchange_of("intake"))
    assert ["first"] * 3 == _drained(channels["first"], got, 3)
    channels["first"].connection.collect()
    publish(intake, exchange_of("intake"))

    assert ["second"] == _drained(channels["second"], got, 1)


def _drained(channel: Any, got: SimpleQueue[str], count: int) -> list[str]:
    while got.qsize() < count:
        channel.connection.drain_events(timeout=10)
    return [got.get() for _ in range(count)]


def test_a_message_given_back_too_often_ends_among_the_dead(
    broker: RabbitVhost, channel_as: Open
) -> None:
    """The delivery limit: a poisoned message spins a bounded number of times."""
    publish(channel_as("intake"), exchange_of("intake"), b"poison")
    review = channel_as("review")

    tags: list[int] = []

    def give_back(message: Any) -> None:
        tags.append(message.delivery_tag)
        review.basic_reject(message.delivery_tag, requeue=True)

    review.basic_consume(QUEUE, callback=give_back)
    while len(tags) <= DELIVERIES_MAX:
        review.connection.drain_events(timeout=10)
    wait_until(lambda: broker.queue_length(DEAD) == 1, "the message is dead")

    assert 0 == broker.queue_length(QUEUE)
    assert b"poison" == channel_as(OPERATOR).basic_get(DEAD).body


def test_the_command_declares_and_can_be_repeated(broker: RabbitVhost, tmp_path: Path) -> None:
    """`yingbao topology` after a queue was lost brings it back."""
    with Connection(broker.url()) as connection:
        connection.channel().queue_delete(QUEUE)

    for _ in range(2):
        done = CliRunner().invoke(main, ["topology"], env=environment(broker, tmp_path))
        assert (0, "") == (done.exit_code, done.stderr)

    assert QUEUE in broker.server.queues(broker.name)


def test_the_command_writes_definitions_that_the_broker_takes(
    rabbit_vhost: RabbitVhost, tmp_path: Path
) -> None:
    """Users, passwords and vhost come from the broker URLs of the settings."""
    file = tmp_path / "definitions.json"
    words = ["topology", "--definitions", str(file)]

    done = CliRunner().invoke(main, words, env=environment(rabbit_vhost, tmp_path))
    rabbit_vhost.server.apply_definitions(json.loads(file.read_text("utf-8")))

    assert (0, "") == (done.exit_code, done.stderr)
    with Connection(rabbit_vhost.url("review")) as connection:
        assert (QUEUE, 0, 0) == tuple(connection.channel().queue_declare(QUEUE, passive=True))


def test_the_command_lists_what_belongs_there(tmp_path: Path) -> None:
    """For programs, without a broker."""
    listed = CliRunner().invoke(main, ["topology", "--json"], env={"YINGBAO_HOME": str(tmp_path)})

    assert [queue.name for queue in SITE.queues] == [
        queue["name"] for queue in json.loads(listed.stdout)["queues"]
    ]


def test_a_broker_user_must_be_named_like_its_service(
    rabbit_vhost: RabbitVhost, tmp_path: Path
) -> None:
    """What a user may do goes by its name; another name would get nothing, so it is told."""
    given = environment(rabbit_vhost, tmp_path)
    given["YINGBAO_BROKER_URL_REVIEW"] = rabbit_vhost.url("somebody")

    done = CliRunner().invoke(main, ["topology", "--definitions", "-"], env=given)

    assert 1 == done.exit_code
    assert "YINGBAO_BROKER_URL_REVIEW 的用户名应为 review" in done.stderr
