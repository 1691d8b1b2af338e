"""The pages of a service process and the command that asks them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults

import pytest
import sqlalchemy as sa

from services.runtime.health import status_app
from services.runtime.in_time import InTime
from services.runtime.process_state import ProcessState
from tests.processes import yingbao
from tests.sites import TrialSite

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


@pytest.fixture
def state(trial_site: TrialSite) -> ProcessState:
    """Of a payments service that is well."""
    state = ProcessState(trial_site.site.services["payments"], trial_site.path)
    state.broker_connected = True
    for follower in state.follower_states.values():
        follower.connected = True
    return state


def get(state: ProcessState, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Status and body, as a server would have them."""
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method}
    setup_testing_defaults(environ)
    said: list[str] = []
    body = b"".join(status_app(state)(environ, lambda status, _headers, *_: said.append(status)))  # type: ignore[arg-type]
    return int(said[0].split()[0]), body


def failing(state: ProcessState) -> list[str]:
    """The codes of the checks that don't hold; status and list agree."""
    status, body = get(state, "/ready")
    answer = json.loads(body)
    failed = [check["code"] for check in answer["checks"] if not check["ok"]]
    assert (200 if not failed else 503, not failed) == (status, answer["ready"])
    return failed


def test_a_process_that_is_well_is_alive_and_ready(state: ProcessState) -> None:
    """And shows its metrics."""
    assert (200, b"alive\n") == get(state, "/live")
    assert [] == failing(state)
    status, body = get(state, "/metrics")
    assert 200 == status
    assert b"yingbao_database_up 1.0" in body


def test_each_thing_that_is_wrong_has_its_code(state: ProcessState) -> None:
    """And a sentence that says which."""
    state.broker_connected = False
    assert ["BROKER"] == failing(state)
    state.follower_states["411603/review"].connected = False
    state.follower_states["411603/gateway"].standing_still = "来源日志变短了。"
    assert ["BROKER", "FOLLOWER", "FOLLOWER"] == failing(state)
    assert "跟随 411603/gateway：来源日志变短了。" in get(state, "/ready")[1].decode()
    state.relay_state.standing_still = "日志变短了。"
    state.signer_state.refusing = "日志被改写过。"
    assert ["RELAY", "SIGNER"] == failing(state)[-2:]
    assert (200, b"alive\n") == get(state, "/live")


def test_an_older_form_of_the_database_is_not_ready(state: ProcessState) -> None:
    """What `yingbao migrate` mends."""
    edit = "UPDATE alembic_version SET version_num = 'older'"
    state.service.database.write(lambda conn: conn.exec_driver_sql(edit))
    assert ["SCHEMA"] == failing(state)


def test_a_database_that_is_gone_is_not_ready_and_ends_no_scrape(
    state: ProcessState, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that can't be opened, as a server that can't be reached."""
    monkeypatch.setattr(state.service.database, "engine", sa.create_engine("sqlite:////no/such/db"))
    assert ["DATABASE"] == failing(state)
    assert b"yingbao_database_up 0.0" in get(state, "/metrics")[1]


def test_work_that_hangs_is_not_waited_for_and_not_begun_twice() -> None:
    """However often it is asked; what answers in time is heard."""
    hanging, begun = threading.Event(), []

    def work() -> int:
        begun.append(1)
        hanging.wait()
        return len(begun)

    asked = InTime(work, 0.01)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            asked.ask()
    assert 1 == len(begun)
    hanging.set()
    assert 7 == InTime(lambda: 7, 60).ask()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/", "GET", 404), ("/ready/", "GET", 404), ("/ready", "POST", 405), ("/../live", "GET", 404)],
)
def test_there_is_nothing_else(state: ProcessState, path: str, method: str, status: int) -> None:
    """Three pages, to be read."""
    assert status == get(state, path, method)[0]


def test_the_command_prints_the_checks_and_says_by_its_status_whether_all_hold(
    state: ProcessState, tmp_path: Path
) -> None:
    """As a healthcheck of a container asks."""
    with served(status_app(state)) as address:
        well = yingbao(tmp_path, "health", "payments", YINGBAO_HTTP_PAYMENTS=address)
        state.broker_connected = False
        ill = yingbao(tmp_path, "health", "payments", YINGBAO_HTTP_PAYMENTS=address)
    gone = yingbao(tmp_path, "health", "payments", YINGBAO_HTTP_PAYMENTS=address)
    unset = yingbao(tmp_path, "health", "payments")
    assert [0, 1, 1, 1] == [said.returncode for said in (well, ill, gone, unset)]
    assert "正常  已连接消息服务器。 [BROKER]" in well.stdout
    assert "有误  未连接消息服务器。 [BROKER]" in ill.stdout
    assert "没有应答" in gone.stderr
    assert "YINGBAO_HTTP_PAYMENTS" in unset.stderr


def test_a_stranger_at_the_address_is_no_answer(tmp_path: Path) -> None:
    """Another program that happens to answer there."""

    def stranger(_environ: object, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"<html>"]

    with served(stranger) as address:
        said = yingbao(tmp_path, "health", "review", YINGBAO_HTTP_REVIEW=address)
    assert (1, "") == (said.returncode, said.stdout)
    assert "不是应保的服务" in said.stderr


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@contextmanager
def served(app: "WSGIApplication") -> Iterator[str]:
    """The app behind a real socket on loopback; gives HOST:PORT."""
    with make_server("127.0.0.1", 0, app, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
