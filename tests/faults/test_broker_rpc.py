"""A service's RPC queue: nonsense ends as a call at most, and what comes too late is not done."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.faults.broker_bench import Bench
from tests.faults.broker_posting import Never, Post, call, posting

JSON = {"content_type": "application/json", "content_encoding": "utf-8"}


@pytest.fixture
def post(bench: Bench) -> Iterator[Post]:
    """As the operator."""
    with posting(bench.cluster.settings["YINGBAO_BROKER_URL_OPERATOR"]) as post:
        yield post


def test_nonsense_for_a_service_is_dropped_and_the_next_call_is_answered(
    bench: Bench, post: Post
) -> None:
    """Nobody waits for an answer to these; none may end the process or block the queue."""
    good, head = call(), "gateway.head"
    for body, properties in (
        (b"{nonsense", JSON),
        (b"\xff\xfe", JSON),
        (b"[" * 100_000, JSON),
        (b"", JSON),
        (b"{}", {}),
        (good, {"content_type": "text/plain"}),
        (
            good.encode(),
            {"content_type": "application/x-python-serialize", "content_encoding": "binary"},
        ),
        (good.encode(), JSON | {"content_encoding": "klingon"}),
        ("[]", JSON),
        ("17", JSON),
        ('{"args": 1, "kwargs": {}}', JSON),
        ('{"args": [], "kwargs": []}', JSON),
        ('{"args": [], "kwargs": {}}', JSON),
        ('{"args": [], "kwargs": {}}', JSON | {"reply_to": "nobody"}),
        ('{"args": [], "kwargs": {}}', {"reply_to": "nobody"}),
        (good, JSON | {"reply_to": "x" * 255, "correlation_id": "y" * 255}),
    ):
        post.to_rpc(head, body, **properties)
    for headers in (
        {"nameko.call_id_stack": 5},
        {"nameko.call_id_stack": [{"a": 1}]},
        {"nameko.": "x"},
        {"nameko.language": Never(9999, 1, 1)},
    ):
        post.to_rpc(head, good, reply_to="nobody", application_headers=headers, **JSON)
    answered = post.answer(head, good)
    assert (bench.site.services["gateway"].source.head(), None) == (
        answered["result"],
        answered["error"],
    )
    bench.assert_whole()


@pytest.mark.parametrize(
    ("method", "body", "error"),
    [
        ("fly", call(), "MethodNotFound"),
        ("head", call(1), "IncorrectSignature"),
        ("head", call(self=1), "IncorrectSignature"),
        ("facts_after", call(position="x"), "IncorrectSignature"),
        ("facts_after", call(position="x", limit=[]), "TypeError"),
        ("execute", call("x"), "IncorrectSignature"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_told_so(
    bench: Bench, post: Post, method: str, body: str, error: str
) -> None:
    """By the name of what is wrong, and nothing else happens."""
    assert error == post.answer(f"gateway.{method}", body)["error"]["exc_type"]
    assert bench.register_unit().done


def test_a_command_for_a_service_that_is_down_expires_and_is_done_when_given_again(
    bench: Bench,
) -> None:
    """Nobody waits for it any more when the service comes back; its id is still unused."""
    command_id, payload = bench.new_id(), bench.unit()
    assert [0] == bench.cluster.end(["gateway"])
    with bench.cluster.site(patience_seconds=1) as impatient:
        token = impatient.token("admin")
        told = impatient.execute("register_unit", payload, token, command_id)
    assert "unavailable" == told.outcome
    before = bench.site.services["gateway"].source.head()
    bench.cluster.start(["gateway"])
    bench.cluster.wait_ready(["gateway"])
    assert before == bench.site.services["gateway"].source.head()
    assert bench.give("admin", "register_unit", payload, command_id).done
    bench.remember_processes()
    bench.assert_whole()


def test_a_command_that_was_in_hand_too_long_is_refused_and_done_when_given_again_in_time(
    bench: Bench,
) -> None:
    """`not_after` has passed; the refusal doesn't use the id up."""
    command_id, payload = bench.new_id(), bench.unit()
    past = bench.site.site.clock.now() - timedelta(seconds=1)
    late = bench.give("admin", "register_unit", payload, command_id, not_after=past)
    assert ("refused", "COMMAND_EXPIRED") == (late.outcome, late.code)
    assert bench.give("admin", "register_unit", payload, command_id).done
    bench.assert_whole()
