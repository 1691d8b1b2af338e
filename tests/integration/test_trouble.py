"""Connections that are cut, answers that are lost, a server that only reads or starts again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from structlog.testing import capture_logs

from shared.door import Door
from shared.log import store
from tests.houses import APPOINTED_ON, TOWNSHIP, facts_of
from tests.integration.served import ServedHouses
from tests.servers.processes import wait_until
from tests.servers.proxy import LossyProxy

CUT = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
    "WHERE datname = '{}' AND pid <> pg_backend_pid()"
)


def cut(served: ServedHouses, service: str) -> None:
    """All connections to a service's database have ended, whatever they were doing."""
    served.databases.server.run(CUT.format(served.databases.names[service]))


def during(monkeypatch: pytest.MonkeyPatch, blow: Callable[[], None]) -> list[int]:
    """Deal a blow just before the first append from now on; counts the appends that were tried."""
    tried: list[int] = []
    usual = store.append_last

    def append(conn: Connection, rows: Any) -> None:
        tried.append(len(rows))
        if len(tried) == 1:
            blow()
        usual(conn, rows)

    monkeypatch.setattr(store, "append_last", append)
    return tried


def count(served: ServedHouses) -> int:
    return len(facts_of(served.intake))


def test_a_connection_cut_in_a_command_is_not_heard_of(
    served: ServedHouses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All was written but the last statement: the door carries the command out once, anew."""
    tried = during(monkeypatch, lambda: cut(served, "intake"))
    with capture_logs() as lines:
        answer = served.submit(0)
    assert answer.done
    assert (2, 1) == (len(tried), count(served))
    assert ["trouble"] == [line["event"] for line in lines]


def test_a_server_that_is_killed_in_a_command_and_starts_again_keeps_it_once(
    served: ServedHouses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And between commands nobody notices."""
    server = served.databases.server
    during(monkeypatch, server.restart)
    command_id = served.new_id()
    with capture_logs():
        answer = served.submit(0, command_id)
        server.restart()
        again = served.submit(0, command_id)
        other = served.submit(1)
    assert answer.done
    assert (answer, True) == (again, other.done)
    assert 2 == count(served)


def patient(served: ServedHouses) -> Door:
    """Intake's door, its pauses left out."""
    door: Any = served.intake.door
    door._pause = lambda _seconds: None
    return served.intake.door


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_a_commit_whose_answer_is_lost_counts_once(served: ServedHouses, lost: int) -> None:
    """The door's own repetition, or after five in vain the caller's, hears the first answer."""
    command_id = served.new_id()
    with LossyProxy(served.databases.server.port) as proxy, capture_logs():
        far = served.opened(5_000, proxy.port)
        patient(far)
        proxy.lose_next_commit(lost)
        if lost == 5:
            with pytest.raises(sa.exc.OperationalError):
                far.submit(0, command_id)
            answer = far.submit(0, command_id)
        else:
            answer = far.submit(0, command_id)
        assert lost == proxy.lost_count
        far.close()
    assert answer.done
    assert answer == served.submit(0, command_id)
    assert 1 == count(served)


def test_facts_whose_commit_is_not_answered_are_followed_once(served: ServedHouses) -> None:
    """The follower comes again, finds its cursor moved, and parks nothing."""
    served.must("admin", "register_unit", unit="411603103", title="四通镇", kind="TOWNSHIP",
                from_on=APPOINTED_ON)  # fmt: skip
    position = served.follower.status().position
    carried = served.gateway.source.facts_after(position, 10)
    with LossyProxy(served.databases.server.port) as proxy:
        far = served.opened(5_000, proxy.port)
        proxy.lose_next_commit()
        with pytest.raises(sa.exc.OperationalError):
            far.follower.apply(carried)
        assert (1, position + 1) == (len(carried), served.follower.status().position)
        far.follower.apply(carried)
        far.close()
    status = served.follower.status()
    assert (0, 0) == (status.lag, status.parked)
    assert 1 == len([row for row in units(served) if row == "411603103"])


def units(served: ServedHouses) -> list[str]:
    with served.intake.database.read() as conn:
        return list(conn.exec_driver_sql("SELECT unit FROM unit").scalars())


@contextmanager
def only_reading(served: ServedHouses, target: str) -> Iterator[None]:
    """New transactions of the run role, within this block, only read."""

    def turn(change: str, wanted: str) -> None:
        served.databases.server.run(f"{target} {change}")
        served.databases.server.run("SELECT pg_reload_conf()")
        cut(served, "intake")
        wait_until(lambda: mode(served) == wanted, f"the server says {wanted}")

    try:
        turn("SET default_transaction_read_only = on", "on")
        yield
    finally:
        turn("RESET default_transaction_read_only", "off")


def mode(served: ServedHouses) -> object:
    with served.intake.database.read() as conn:
        return conn.exec_driver_sql("SHOW transaction_read_only").scalar_one()


@pytest.mark.parametrize("target", ["ALTER DATABASE {}", "ALTER SYSTEM"])
def test_while_a_server_only_reads_nothing_is_parked_or_lost(
    served: ServedHouses, target: str
) -> None:
    """Commands and following raise, and go on afterwards where they stopped."""
    served.appoint("late", TOWNSHIP)
    patient(served)
    command_id = served.new_id()
    with capture_logs(), only_reading(served, target.format(served.databases.names["intake"])):
        with pytest.raises(sa.exc.InternalError):
            served.submit(0, command_id)
        with pytest.raises(sa.exc.InternalError):
            served.follower.step()
        status = served.follower.status()
        assert (1, 0, 0) == (status.lag, status.parked, count(served))
    assert 1 == served.follower.step()
    assert served.submit(0, command_id).done
    status = served.follower.status()
    assert (0, 0, 1) == (status.lag, status.parked, count(served))
