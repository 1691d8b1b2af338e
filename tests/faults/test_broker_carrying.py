"""The broker chokes, stops, forgets, cuts and deletes: the log is the truth and nothing is lost."""

import json

from shared.carrying.rabbit.connecting import channel_of, connect, drop
from tests.faults.broker_bench import Bench, Load
from tests.servers.processes import wait_until

QUEUE = "follow.intake.gateway"


def test_what_is_given_under_a_memory_alarm_is_unavailable_and_then_done_once(
    bench: Bench,
) -> None:
    """The broker takes nothing in; followers and doors wait, and go on when it is over."""
    command_id, payload = bench.new_id(), bench.unit()
    with Load(bench) as load:
        bench.cluster.rabbit.raise_memory_alarm()
        with bench.cluster.site(patience_seconds=1) as impatient:
            token = impatient.token("admin")
            told = impatient.execute("register_unit", payload, token, command_id)
        assert "unavailable" == told.outcome
        bench.append()
        bench.cluster.rabbit.clear_memory_alarm()
        assert bench.give("admin", "register_unit", payload, command_id).done
    load.assert_once()
    bench.accept_household()
    bench.assert_whole()


def test_a_broker_that_is_down_for_a_while_loses_nothing(bench: Bench) -> None:
    """Doors are unavailable over RPC; what is recorded meanwhile arrives afterwards."""
    bench.cluster.rabbit.stop()
    with bench.cluster.site(patience_seconds=1) as impatient:
        token = impatient.token("admin")
        told = impatient.execute("register_unit", bench.unit(), token, bench.new_id())
    assert "unavailable" == told.outcome
    position = bench.append()
    bench.cluster.rabbit.start()
    for follower in ("intake", "review", "payments", "reporting"):
        bench.wait_followed(follower, "gateway", position)
    bench.accept_household()
    bench.assert_whole()


def test_a_broker_that_has_lost_its_data_comes_back_from_its_definitions(bench: Bench) -> None:
    """Every queue and message is gone; what was in them is fetched from the logs."""
    with Load(bench) as load:
        bench.cluster.rabbit.wipe()
        bench.append()
        bench.accept_household()
    load.assert_once()
    bench.assert_whole()


def test_a_lost_topology_stands_still_loudly_until_it_is_declared_again(bench: Bench) -> None:
    """No exchange, no queue: facts go on by asking, and `yingbao topology` mends the rest."""
    _delete(bench)
    position = bench.append()
    wait_until(lambda: not _ready(bench, "gateway", "RELAY"), "the relay stands still")
    wait_until(lambda: not _ready(bench, "intake", "FOLLOWER"), "the follower stands still")
    for follower in ("intake", "review", "payments", "reporting"):
        bench.wait_followed(follower, "gateway", position)
    assert "QueueMissing" in bench.cluster.logged("intake")
    assert "standing still" in bench.cluster.logged("gateway")
    bench.cluster.yingbao("topology")
    bench.cluster.wait_ready()
    bench.register_unit()
    wait_until(lambda: _waiting(bench) == 0, "the queue is consumed again")
    bench.assert_whole()


def test_a_purged_queue_is_made_good_even_when_it_held_the_last_message_only(
    bench: Bench,
) -> None:
    """No later message shows the gap: the silent follower asks."""
    cluster = bench.cluster
    assert [0] == cluster.end(["intake"])
    position = bench.append()
    wait_until(lambda: _waiting(bench) == 1, "it waits")
    cluster.rabbit.purge(QUEUE, cluster.vhost)
    cluster.start(["intake"])
    bench.wait_followed("intake", "gateway", position)
    bench.remember_processes()
    bench.assert_whole()


def test_connections_closed_by_the_broker_cost_a_repetition_at_most(bench: Bench) -> None:
    """Every connection of every service is closed, three times, under load."""
    with Load(bench) as load:
        for _ in range(3):
            bench.cluster.rabbit.close_connections()
            bench.accept_household()
    load.assert_once()
    bench.assert_whole()


def _delete(bench: Bench) -> None:
    """What an operator's slip would take away, queues under their consumers."""
    url = bench.cluster.settings["YINGBAO_BROKER_URL_OPERATOR"]
    connection = connect(url)
    channel = channel_of(connection)
    channel.queue_delete(QUEUE)
    channel.exchange_delete("facts.gateway")
    drop(connection)


def _waiting(bench: Bench) -> int:
    return bench.cluster.rabbit.queue_length(QUEUE, bench.cluster.vhost)


def _ready(bench: Bench, service: str, code: str) -> bool:
    checks = json.loads(bench.cluster.status(service))["checks"]
    return all(check["ok"] for check in checks if check["code"] == code)
