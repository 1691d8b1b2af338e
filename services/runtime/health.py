"""Is this process alive, may it be given work, how does it do: GET /live, /ready, /metrics.

A plain WSGI app without a framework. Looking at the database happens in a native thread with an
end, so a caller waits LOOK_SECONDS_MAX at most; inside an event loop call it through its threads.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from services.runtime.in_time import InTime
from services.runtime.metrics import Figures, exposition, read_figures
from services.runtime.process_state import ProcessState
from shared.migration import SchemaNotCurrent, require_current

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LOOK_SECONDS_MAX: Final = 5.0
_TEXT, _JSON = "text/plain; charset=utf-8", "application/json; charset=utf-8"
_METRICS = "text/plain; version=0.0.4; charset=utf-8"
logger = structlog.get_logger("health")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before a process is given work. `code` is for programs."""

    code: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Reply:
    status: str
    kind: str
    body: bytes


def status_app(state: ProcessState) -> "WSGIApplication":
    """The WSGI app of one process; call once."""
    definition = state.service.definition
    schema = InTime(
        partial(require_current, state.service.database, definition.migrations), LOOK_SECONDS_MAX
    )
    figures = InTime(partial(read_figures, state.service), LOOK_SECONDS_MAX)
    pages: dict[str, Callable[[], _Reply]] = {
        "/live": lambda: _Reply("200 OK", _TEXT, b"alive\n"),
        "/ready": lambda: _ready([_database(schema), *process_checks(state)]),
        "/metrics": lambda: _Reply(
            "200 OK", _METRICS, exposition(state, partial(_figures, figures))
        ),
    }

    def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        reply = _reply(pages, environ)
        headers = [("Content-Type", reply.kind), ("Content-Length", str(len(reply.body)))]
        start_response(reply.status, headers)
        return [reply.body]

    return app


def process_checks(state: ProcessState) -> Iterator[Check]:
    """What the process knows of itself: broker, followers, relay, signer."""
    up = state.broker_connected
    yield Check("BROKER", up, "已连接消息服务器。" if up else "未连接消息服务器。")
    for log, follower in state.follower_states.items():
        wrong = follower.standing_still
        if wrong is None and not follower.connected:
            wrong = "未连接。"
        yield Check("FOLLOWER", wrong is None, f"跟随 {log}：{wrong or '正常。'}")
    stopped = state.relay_state.standing_still
    yield Check("RELAY", stopped is None, f"转发本日志：{stopped or '正常。'}")
    refusing = state.signer_state.refusing
    yield Check("SIGNER", refusing is None, f"签署检查点：{refusing or '正常。'}")


def _database(schema: InTime[None]) -> Check:
    """Reachable, and of the form that this program was made for."""
    try:
        schema.ask()
    except SchemaNotCurrent:
        said = "数据库结构与程序版本不一致，请运行 yingbao migrate。"
        return Check("SCHEMA", False, said)
    except TimeoutError:
        return Check("DATABASE", False, f"数据库在 {LOOK_SECONDS_MAX:.0f} 秒内没有应答。")
    except SQLAlchemyError as error:
        logger.warning("database", error=type(error).__name__)
        return Check("DATABASE", False, "连不上数据库。")
    return Check("DATABASE", True, "数据库可用，结构是最新的。")


def _figures(figures: InTime[Figures]) -> Figures | None:
    try:
        return figures.ask()
    except (TimeoutError, SQLAlchemyError) as error:
        logger.warning("database", error=type(error).__name__)
        return None


def _ready(checks: list[Check]) -> _Reply:
    ready = all(check.ok for check in checks)
    shown = {"ready": ready, "checks": [asdict(check) for check in checks]}
    body = json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n"
    return _Reply("200 OK" if ready else "503 Service Unavailable", _JSON, body)


def _reply(pages: dict[str, Callable[[], _Reply]], environ: "WSGIEnvironment") -> _Reply:
    page = pages.get(environ.get("PATH_INFO", ""))
    if page is None:
        return _Reply("404 Not Found", _TEXT, b"no such page\n")
    if environ.get("REQUEST_METHOD") != "GET":
        return _Reply("405 Method Not Allowed", _TEXT, b"GET only\n")
    return page()
