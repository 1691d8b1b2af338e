"""What stands on the broker, and that nobody may do more there than its own work needs."""

import re
from base64 import b64decode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from services.runtime.houses import DEFINITIONS, NAMES
from shared.carrying.definitions import definitions, password_hash, permissions, permissions_of
from shared.carrying.topology import (
    DEAD,
    RPC_EXCHANGE,
    Topology,
    calls_of,
    exchange_of,
    queue_of,
    topology,
)
from shared.settings import OPERATOR

FOLLOWS = {definition.name: definition.follows for definition in DEFINITIONS}
SITE = topology(FOLLOWS)
FACTS = [queue for queue in SITE.queues if queue.name not in {calls_of(name) for name in NAMES}]
services = st.sampled_from(NAMES)
words = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True)
followings = st.dictionaries(words, st.lists(words, unique=True, max_size=4), max_size=5)


def may(expression: str, name: str) -> bool:
    """As RabbitMQ matches: anywhere in the name, so that anchors are the expression's business."""
    return re.search(expression, name) is not None


def test_every_follower_of_the_houses_has_one_bound_queue() -> None:
    """Queues declared = logs followed, and dead letters have a place."""
    expected = {(exchange_of(s), queue_of(f, s)) for f, sources in FOLLOWS.items() for s in sources}

    calls = {(RPC_EXCHANGE, calls_of(name)) for name in NAMES}

    assert expected | calls | {(DEAD, DEAD)} == {(b.exchange, b.queue) for b in SITE.bindings}
    assert {q for _, q in expected | calls} | {DEAD} == {queue.name for queue in SITE.queues}


def test_calls_find_their_service_by_its_name() -> None:
    """As nameko binds: service.method."""
    bound = {(b.queue, b.key) for b in SITE.bindings if b.exchange == RPC_EXCHANGE}

    assert {(f"rpc-{name}", f"{name}.*") for name in NAMES} == bound


@given(followings)
def test_bindings_name_only_what_is_declared(follows: dict[str, list[str]]) -> None:
    """For any followers: no name twice, none without a declaration, no queue unbound."""
    made: Topology = topology(follows)
    exchanges = [exchange.name for exchange in made.exchanges]
    queues = [queue.name for queue in made.queues]

    assert sorted(set(exchanges)) == sorted(exchanges)
    assert sorted(set(queues)) == sorted(queues)
    assert {binding.exchange for binding in made.bindings} | {RPC_EXCHANGE} == set(exchanges)
    assert {binding.queue for binding in made.bindings} == set(queues)


def test_every_queue_is_quorum_bounded_and_drops_the_oldest() -> None:
    """No queue fills the disk, and a relay is never held up by a follower that is down."""
    for queue in FACTS:
        assert "quorum" == queue.arguments["x-queue-type"]
        assert "drop-head" == queue.arguments["x-overflow"]
        assert int(queue.arguments["x-max-length"]) > 0


def test_a_followed_queue_has_one_consumer_and_gives_up_on_poison() -> None:
    """Order is kept with two instances; what can't be taken ends among the dead letters."""
    for queue in FACTS:
        if queue.name != DEAD:
            assert True is queue.arguments["x-single-active-consumer"]
            assert int(queue.arguments["x-delivery-limit"]) > 0
            assert DEAD == queue.arguments["x-dead-letter-exchange"]


@given(services, services)
def test_a_service_publishes_facts_to_its_own_exchange_only(service: str, other: str) -> None:
    """Nobody can pass facts off as another house's."""
    assert (service == other) is may(permissions(service).write, exchange_of(other))


@given(services, services, services)
def test_a_service_consumes_its_own_queues_only(service: str, follower: str, source: str) -> None:
    """Nobody takes facts away from another follower."""
    assert (service == follower) is may(permissions(service).read, queue_of(follower, source))


@given(services, services, services)
def test_a_service_declares_and_binds_nothing_of_the_topology(
    service: str, follower: str, source: str
) -> None:
    """Configure makes and deletes, write on a queue binds: both are the operator's."""
    mine = permissions(service)
    names = (queue_of(follower, source), exchange_of(source), DEAD)

    assert [] == [name for name in names if may(mine.configure, name)]
    assert not may(mine.write, queue_of(follower, source))
    assert not may(mine.write, DEAD)
    assert not may(mine.read, exchange_of(source))


@given(services, services)
def test_a_service_answers_calls_to_itself_only(service: str, other: str) -> None:
    """Calls to another wait in a queue that is closed to it, and can't be bound elsewhere."""
    mine = permissions(service)

    for expression in (mine.configure, mine.write, mine.read):
        assert (service == other) is may(expression, f"rpc-{other}")
        assert may(expression, f"rpc.reply-{service}-7f9c")
    assert may(mine.write, RPC_EXCHANGE)
    assert may(mine.read, RPC_EXCHANGE)
    assert not may(mine.configure, RPC_EXCHANGE)  # who may declare it may delete it, for everybody
    assert (service == other) is may(mine.heard, f"{other}.execute")
    assert [] == [key for key in ("#", "*.*", "*.execute", "#.execute") if may(mine.heard, key)]
    assert may(mine.heard, "0f8fad5b-d9cb-469f-a165-70867728950e")


@given(st.text(max_size=40))
def test_the_operator_may_do_everything(name: str) -> None:
    """Whoever declares must be able to."""
    mine = permissions_of(OPERATOR)

    assert all(may(e, name) for e in (mine.configure, mine.write, mine.read))


@given(st.text(), st.binary(min_size=4, max_size=4))
def test_a_password_stands_in_the_file_as_a_salted_hash(password: str, salt: bytes) -> None:
    """Four bytes of salt, then SHA-256 of salt and password, as RabbitMQ checks it."""
    raw = b64decode(password_hash(password, salt))

    assert salt == raw[:4]
    assert sha256(salt + password.encode()).digest() == raw[4:]


def test_definitions_make_exactly_the_named_users() -> None:
    """No guest, no tag that opens the management pages, no password in the clear."""
    made = definitions(SITE, {OPERATOR: "s3cret-of-operator", "review": "s3cret-of-review"})

    assert [OPERATOR, "review"] == [user["name"] for user in made["users"]]
    assert [[], []] == [user["tags"] for user in made["users"]]
    assert [OPERATOR, "review"] == [granted["user"] for granted in made["permissions"]]
    assert "s3cret" not in str(made)


def test_two_users_with_one_password_have_different_hashes() -> None:
    """The salt is fresh for each."""
    made = definitions(SITE, {"review": "same", "intake": "same"})

    assert 2 == len({user["password_hash"] for user in made["users"]})
