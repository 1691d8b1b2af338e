"""A fact on the wire: its exact bytes, with headers that say where it belongs and that it is ours.

Whoever may publish to a queue could put anything into it. So each message carries a code over log,
position, bytes and key, made with a key that only the site's services have; what doesn't fit it is
a stranger's and is not applied.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any

from shared.carrying.source import Carried
from shared.sealing import TravellingKey

POSITION_MAX = 2**53 - 1


class NotOurs(Exception):
    """A message that no service of this site sent, or that was damaged on its way.

    `reason` is `unreadable` or `stranger`; the text says more.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class Stamp:
    """Makes and checks the codes, with a key derived from the site's carrier key."""

    def __init__(self, carrier_key: bytes) -> None:
        self._key = hmac.digest(carrier_key, b"yingbao message", "sha256")

    def headers(self, carried: Carried) -> dict[str, Any]:
        """The headers of a fact's message; all plain text but the position."""
        headers: dict[str, Any] = {"log": carried.log, "position": carried.position}
        if carried.key is not None:
            headers |= {
                "household": carried.key.household,
                "key": carried.key.key,
                "wrapped": carried.key.wrapped.hex(),
            }
        return headers | {"mac": self._mac(carried)}

    def carried(self, headers: Mapping[str, Any], body: bytes, of: str) -> Carried:
        """What a message of that log carries; raises NotOurs."""
        try:
            carried = Carried(
                _text(headers["log"]), _position(headers["position"]), body, _key(headers)
            )
            given = _text(headers["mac"])
        except KeyError as error:
            raise NotOurs("unreadable", f"no {error.args[0]}") from error
        if not hmac.compare_digest(given.encode(), self._mac(carried).encode()):
            raise NotOurs("stranger", "its code doesn't fit")
        if carried.log != of:
            raise NotOurs("stranger", f"of {carried.log}, not of {of}")
        return carried

    def to_json(self, carried: Carried) -> dict[str, Any]:
        """The same as plain JSON, for an answer to `facts_after`."""
        return self.headers(carried) | {"body": base64.b64encode(carried.body).decode("ascii")}

    def from_json(self, item: Mapping[str, Any], of: str) -> Carried:
        """Read it again; raises NotOurs."""
        try:
            body = base64.b64decode(_text(item["body"]), validate=True)
        except (KeyError, TypeError, binascii.Error, ValueError) as error:
            raise NotOurs("unreadable", "no body") from error
        return self.carried(item, body, of)

    def _mac(self, carried: Carried) -> str:
        key = carried.key
        parts = (
            carried.log.encode(),
            str(carried.position).encode(),
            carried.body,
            *((key.household.encode(), key.key.encode(), key.wrapped) if key else ()),
        )
        code = hmac.new(self._key, digestmod="sha256")
        for part in parts:
            code.update(len(part).to_bytes(8, "big"))
            code.update(part)
        return code.hexdigest()


def _key(headers: Mapping[str, Any]) -> TravellingKey | None:
    if "key" not in headers:
        return None
    try:
        wrapped = bytes.fromhex(_text(headers["wrapped"]))
    except ValueError as error:
        raise NotOurs("unreadable", "a key that isn't hex") from error
    return TravellingKey(_text(headers["household"]), _text(headers["key"]), wrapped)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        raise NotOurs("unreadable", "a header of a wrong type")
    return value


def _position(value: object) -> int:
    if type(value) is not int or not 0 <= value <= POSITION_MAX:
        raise NotOurs("unreadable", "a position that is none")
    return value
