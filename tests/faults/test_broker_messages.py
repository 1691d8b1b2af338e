"""Messages twice, out of order, damaged, unknown, from strangers: what isn't ours has no effect."""

import json
import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import psycopg2
import pytest

from shared.carrying.source import Carried
from shared.carrying.wire import Stamp
from shared.envelope import from_body, to_row
from shared.log import store
from tests.faults.broker_bench import Bench
from tests.faults.broker_posting import Never, Post, posting
from tests.servers.processes import wait_until

QUEUE = "follow.intake.gateway"
NAME, NUMBER = "赵德厚", "999999195001010018"


@pytest.fixture
def post(bench: Bench) -> Iterator[Post]:
    """As the operator."""
    with posting(bench.cluster.settings["YINGBAO_BROKER_URL_OPERATOR"]) as post:
        yield post


@pytest.fixture
def stamp(bench: Bench) -> Stamp:
    """The site's own."""
    return Stamp(bench.site.site.carrier_key)


def _facts(bench: Bench, *positions: int) -> list[Carried]:
    return list(bench.site.services["gateway"].source.facts_at(positions))


def test_a_fact_that_comes_twice_or_is_replayed_has_one_effect(
    bench: Bench, post: Post, stamp: Stamp
) -> None:
    """The newest fact once more, and the oldest, which was followed long ago."""
    position = bench.append()
    for carried in _facts(bench, position, position, 0):
        post.fact(QUEUE, stamp, carried)
        post.fact(QUEUE, stamp, carried)
    _wait_drained(bench)
    bench.assert_whole()


def test_facts_out_of_order_take_effect_in_order(bench: Bench, post: Post, stamp: Stamp) -> None:
    """While their source says nothing, its last three facts come last first."""
    [gateway] = bench.cluster.instances("gateway")
    bench.site.settle()
    gateway.send_signal(signal.SIGSTOP)
    try:
        third = [bench.append() for _ in range(3)][-1]
        for carried in reversed(_facts(bench, third - 2, third - 1, third)):
            post.fact(QUEUE, stamp, carried)
        bench.wait_followed("intake", "gateway", third)
    finally:
        gateway.send_signal(signal.SIGCONT)
    bench.assert_whole()


def test_what_is_not_ours_lies_among_the_dead_letters_and_the_follower_goes_on(
    bench: Bench, post: Post, stamp: Stamp
) -> None:
    """Damaged and strange messages are refused, counted, and logged without what they say."""
    dead, counted = _dead(bench), _refused(bench)
    [fact] = _facts(bench, 1)
    right = stamp.headers(fact)
    [other] = bench.site.services["intake"].source.facts_after(-1, 1) or [
        replace(fact, log="411603/intake")
    ]
    body = fact.body
    flipped = bytes([*body[:40], body[40] ^ 1, *body[41:]])
    said = f"{NAME} {NUMBER}"
    strange: list[tuple[object, object]] = [
        (body[:-7], right),
        (flipped, right),
        (b"", right),
        (body, None),
        (body, {}),
        (body, right | {"mac": "0" * 64}),
        (body, right | {"position": right["position"] + 1}),
        (body, right | {"log": "411603/review"}),
        (other.body, stamp.headers(replace(other, log="411603/intake"))),
        (said, right),
        (said.encode(), {"log": said, "position": 0, "mac": said}),
        (body, right | {"position": "1"}),
        (body, right | {"position": True}),
        (body, right | {"position": -1}),
        (body, right | {"log": 5, "mac": {"a": [1]}}),
        (body, right | {"mac": "\ud800"}),
        (body, right | {"log": "\udfff"}),
        (body, right | {"key": "k", "household": "\ud800", "wrapped": "00"}),
        (body, right | {"key": "k", "household": "h", "wrapped": "\u0661\u0661"}),
        (body, right | {"key": "k", "wrapped": "00"}),
        (body, right | {"mac": datetime(2024, 3, 1)}),  # noqa: DTZ001 - AMQP knows no zones
        (body, right | {"at": Never(9999, 1, 1)}),
        (b"\x00" * 20_000_000, right),
    ]
    for text, headers in strange:
        post.to_queue(QUEUE, text, headers)
    post.to_queue(QUEUE, said, right, content_encoding="utf-16")
    post.to_queue(QUEUE, body, right | {"mac": "no"}, content_encoding="zlib")
    wait_until(lambda: _dead(bench) >= dead + len(strange) + 2, "all lie among the dead letters")
    assert dead + len(strange) + 2 == _dead(bench)
    assert counted + len(strange) + 2 == _refused(bench)
    logged = bench.cluster.logged("intake")
    assert "message refused" in logged
    assert [] == [text for text in (NAME, NUMBER) if text in logged]
    bench.register_unit()
    bench.assert_whole()


def test_a_fact_of_an_unknown_type_parks_its_stream_loudly_and_others_go_on(bench: Bench) -> None:
    """A source that is newer than its followers: they wait with that stream, not with the rest."""
    gateway = bench.site.services["gateway"]
    [known] = _facts(bench, gateway.source.head())
    frame = from_body(known.body)
    unknown = replace(
        frame, stream="future/1", version=1, fact="gateway.not_yet_known", id=bench.new_id()
    )
    row = to_row(unknown)
    gateway.database.write(lambda conn: store.append(conn, [row]))
    followed = bench.append()
    bench.wait_followed("intake", "gateway", followed)
    told = bench.cluster.yingbao("follow", "status", "--json", check=False)
    assert 1 == told.returncode
    [intake] = [
        r
        for r in json.loads(told.stdout)
        if (r["follower"], r["log"]) == ("intake", "411603/gateway")
    ]
    assert (1, followed) == (intake["parked"], intake["position"])
    assert '"event": "parked"' in bench.cluster.logged("intake")
    # The newer program, which knows the fact, would find nothing to do for it.
    for follower in ("intake", "review", "payments", "reporting"):
        bench.wait_followed(follower, "gateway", followed)
        database = bench.cluster.databases[follower]
        with closing(psycopg2.connect(bench.cluster.postgres.dsn(database))) as owner, owner:
            owner.cursor().execute("DELETE FROM parked")
    bench.assert_whole()


def _dead(bench: Bench) -> int:
    return bench.cluster.rabbit.queue_length("dead", bench.cluster.vhost)


def _refused(bench: Bench) -> int:
    lines = bench.cluster.status("intake", "/metrics").splitlines()
    return sum(int(float(line.split()[-1])) for line in lines
               if line.startswith("yingbao_messages_refused_total{"))  # fmt: skip


def _wait_drained(bench: Bench) -> None:
    vhost = bench.cluster.vhost
    wait_until(lambda: bench.cluster.rabbit.queue_length(QUEUE, vhost) == 0, "all is handled")
