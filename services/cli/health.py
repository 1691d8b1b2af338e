"""Asking a service's process how it is."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import click

from services.runtime.houses import NAMES
from shared.settings import Settings

ANSWER_SECONDS_MAX = 10.0
ANSWER_BYTES_MAX = 64 * 1024


@click.command()
@click.argument("service", type=click.Choice(NAMES))
@click.pass_obj
def health(settings: Settings, service: str) -> None:
    """Ask SERVICE's process whether it may be given work, and print what it checked.

    Asks GET /ready at the service's address (YINGBAO_HTTP_<SERVICE>). A distributed site only: an
    embedded one has no such address.

    Exit status 0: ready. 1: not ready, or no answer.
    """
    address = settings.http_address(service)
    answer = _ask(f"http://{address}/ready")
    for check in answer["checks"]:
        mark = "正常" if check["ok"] else "有误"
        click.echo(f"{mark}  {check['sentence']} [{check['code']}]")
    raise click.exceptions.Exit(0 if answer["ready"] else 1)


def _ask(url: str) -> dict[str, Any]:
    """The checks, whether they hold (200) or not (503); anything else is no answer."""
    straight = build_opener(ProxyHandler({}))  # a proxy would answer for a service on loopback
    try:
        with straight.open(url, timeout=ANSWER_SECONDS_MAX) as reply:
            return _checks(reply.read(ANSWER_BYTES_MAX))
    except HTTPError as refused:
        with refused:
            if refused.code == 503:
                return _checks(refused.read(ANSWER_BYTES_MAX))
            raise click.ClickException(f"{url} 答复 {refused.code}，不是就绪检查。") from refused
    except (URLError, OSError, HTTPException) as error:
        raise click.ClickException(f"{url} 没有应答：{error}") from error


def _checks(body: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(body)
        shown = [{key: check[key] for key in ("code", "ok", "sentence")}
                 for check in answer["checks"]]  # fmt: skip
        return {"ready": answer["ready"] is True, "checks": shown}
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException("答复读不懂，不是应保的服务。") from error
