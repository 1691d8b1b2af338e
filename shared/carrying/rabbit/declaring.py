"""Declaring a topology on a running broker, as the operator; services may not."""

from collections.abc import Callable
from functools import partial
from typing import Any

from amqp.exceptions import AccessRefused, PreconditionFailed

from shared.carrying.rabbit.connecting import BROKER_TROUBLE, channel_of, connect, drop
from shared.carrying.topology import Topology


class NotDeclared(Exception):
    """The broker can't be reached, or has something else under that name; a sentence says what."""


def declare(url: str, topology: Topology) -> None:
    """Make what isn't there, leave what is; raises NotDeclared. What is no longer named stays."""
    try:
        connection = connect(url)
    except BROKER_TROUBLE as error:
        raise NotDeclared(f"连不上消息服务器或登录被拒绝：{error}") from error
    try:
        _declare(channel_of(connection), topology)
    except BROKER_TROUBLE as error:
        raise NotDeclared(f"与消息服务器的连接中断：{error}") from error
    finally:
        drop(connection)


def _declare(channel: Any, topology: Topology) -> None:
    for exchange in topology.exchanges:
        made = partial(channel.exchange_declare, exchange.name, exchange.kind)
        _make(exchange.name, partial(made, durable=True, auto_delete=False))
    for queue in topology.queues:
        made = partial(channel.queue_declare, queue.name, arguments=dict(queue.arguments))
        _make(queue.name, partial(made, durable=True, auto_delete=False))
    for binding in topology.bindings:
        name = f"{binding.exchange} → {binding.queue}"
        _make(
            name,
            partial(
                channel.queue_bind,
                binding.queue,
                exchange=binding.exchange,
                routing_key=binding.key,
            ),
        )


def _make(name: str, ask: Callable[[], object]) -> None:
    try:
        ask()
    except PreconditionFailed as error:
        raise NotDeclared(
            f"消息服务器上已有 {name}，参数与程序所需的不同。停下服务并删除它后再运行 "
            f"yingbao topology；其中的消息不会丢失，各服务会向来源日志补取。"
        ) from error
    except AccessRefused as error:
        raise NotDeclared(f"当前用户无权声明 {name}，请使用 operator 用户。") from error
