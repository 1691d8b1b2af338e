"""A topology and its users, with what each may do, as the JSON that RabbitMQ loads at its start."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from shared.carrying.topology import RPC_EXCHANGE, VHOST, Topology
from shared.settings import OPERATOR

RPC_MESSAGES_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Permissions:
    """Regular expressions over the names of exchanges and queues, as RabbitMQ matches them.

    `heard` are the routing keys that may be bound on the RPC exchange: calls to the service
    itself, and single words, which only answers have.
    """

    configure: str
    write: str
    read: str
    heard: str


def permissions(service: str) -> Permissions:
    """A service may use RPC, publish its own log and consume its own queues; it declares neither.

    A binding needs `write` on the queue, so no service can bind another exchange to its queues.
    """
    own = re.escape(service)
    queues = rf"rpc-{own}|rpc\.reply-.+"
    return Permissions(
        configure=f"^({queues})$",
        write=rf"^({RPC_EXCHANGE}|{queues}|facts\.{own})$",
        read=rf"^({RPC_EXCHANGE}|{queues}|follow\.{own}\.[^.]+)$",
        heard=rf"^({own}\..+|[^.*#]+)$",
    )


OPERATOR_PERMISSIONS = Permissions(".*", ".*", ".*", ".*")


def permissions_of(user: str) -> Permissions:
    """A service's, or the operator's, who declares everything and calls anybody."""
    return OPERATOR_PERMISSIONS if user == OPERATOR else permissions(user)


def definitions(
    topology: Topology, users: Mapping[str, str], vhost: str = VHOST
) -> dict[str, list[dict[str, Any]]]:
    """What `load_definitions` takes. `users` are passwords by user: services and the operator.

    Passwords go in as salted hashes. No other user is made, and no `guest`.
    """
    granted = [(user, permissions_of(user)) for user in users]
    return {
        "vhosts": [{"name": vhost}],
        "users": [_user(name, password) for name, password in users.items()],
        "permissions": [
            {"user": user, "vhost": vhost, "configure": may.configure, "write": may.write,
             "read": may.read}
            for user, may in granted
        ],
        "topic_permissions": [
            {"user": user, "vhost": vhost, "exchange": RPC_EXCHANGE, "write": ".*",
             "read": may.heard}
            for user, may in granted
        ],
        "policies": [{"vhost": vhost, **_RPC_POLICY}],
        "exchanges": [
            {"name": exchange.name, "vhost": vhost, "type": exchange.kind, "durable": True,
             "auto_delete": False, "internal": False, "arguments": {}}
            for exchange in topology.exchanges
        ],
        "queues": [
            {"name": queue.name, "vhost": vhost, "durable": True, "auto_delete": False,
             "arguments": dict(queue.arguments)}
            for queue in topology.queues
        ],
        "bindings": [
            {"source": binding.exchange, "vhost": vhost, "destination": binding.queue,
             "destination_type": "queue", "routing_key": binding.key, "arguments": {}}
            for binding in topology.bindings
        ],
    }  # fmt: skip


# RPC declares its queues without a limit; with one, calls to a service that is down cost little.
_RPC_POLICY: Mapping[str, Any] = {
    "name": "rpc",
    "pattern": "^rpc[-.]",
    "apply-to": "queues",
    "priority": 0,
    "definition": {"max-length": RPC_MESSAGES_MAX, "overflow": "reject-publish"},
}


def _user(name: str, password: str) -> dict[str, Any]:
    return {
        "name": name,
        "password_hash": password_hash(password, token_bytes(4)),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": [],
        "limits": {},
    }


def password_hash(password: str, salt: bytes) -> str:
    """RabbitMQ's salted SHA-256: base64 of four bytes of salt and the digest."""
    return b64encode(salt + sha256(salt + password.encode()).digest()).decode()
