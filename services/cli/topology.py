"""What stands on the broker: declared, listed, or written as RabbitMQ's definitions."""

import json
from dataclasses import asdict
from typing import IO
from urllib.parse import unquote, urlsplit

import click

from services.runtime.houses import DEFINITIONS, NAMES
from shared.carrying.definitions import definitions
from shared.carrying.topology import Topology
from shared.carrying.topology import topology as topology_of
from shared.settings import OPERATOR, SettingRefused, Settings


@click.command()
@click.option(
    "--definitions",
    "file",
    type=click.File("w", encoding="utf-8", lazy=True),
    help="Write RabbitMQ's definitions file instead, users included; - for stdout.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what belongs there; declare nothing.")
@click.pass_obj
def topology(settings: Settings, file: IO[str] | None, as_json: bool) -> None:
    """Declare exchanges, queues and bindings on RabbitMQ, as the operator. Repeat it at will.

    A definitions file does the same when the broker starts, and also makes the users and what each
    may do, with the passwords of YINGBAO_BROKER_URL_* as salted hashes.
    """
    wanted = site_topology()
    if as_json:
        click.echo(json.dumps(asdict(wanted), indent=2))
        return
    if not settings.distributed:
        raise click.UsageError("单机模式不用消息服务器；请设置 YINGBAO_MODE=distributed。")
    if file is not None:
        users, vhost = broker_users(settings)
        file.write(json.dumps(definitions(wanted, users, vhost), indent=2) + "\n")
        return
    from shared.carrying.rabbit.declaring import declare  # noqa: PLC0415 - the rest needs no broker

    declare(settings.broker_url(), wanted)
    click.echo(f"已声明 {len(wanted.exchanges)} 个交换机、{len(wanted.queues)} 个队列。")


def site_topology() -> Topology:
    """The five services and whom each follows."""
    return topology_of({definition.name: definition.follows for definition in DEFINITIONS})


def broker_users(settings: Settings) -> tuple[dict[str, str], str]:
    """Passwords by user, and the vhost, as the broker URLs have them; raises SettingRefused.

    What a user may do goes by its name, so each service's user is named like the service.
    """
    users, vhosts = {}, set()
    for who in (OPERATOR, *NAMES):
        url = urlsplit(settings.broker_url(who))
        if unquote(url.username or "") != who or not url.password:
            raise SettingRefused(f"YINGBAO_BROKER_URL_{who.upper()} 的用户名应为 {who}，并带密码。")
        users[who] = unquote(url.password)
        vhosts.add(unquote(url.path.removeprefix("/")) or "/")
    if len(vhosts) != 1:
        raise SettingRefused("各 YINGBAO_BROKER_URL_* 的 vhost 应相同。")
    return users, vhosts.pop()
