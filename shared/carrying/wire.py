"""A fact on the wire: its exact bytes, with headers that say where it belongs and that it is ours.

Where many wait, a page of them travels in one message: what a message costs the broker and both
ends is then paid once for all of them.

Whoever may publish to a queue could put anything into it. So each message carries a code over log,
position, bytes and key, made with a key that only the site's services have; what doesn't fit it is
a stranger's and is not applied.
"""

import base64
import binascii
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from shared.carrying.source import Carried
from shared.sealing import TravellingKey

POSITION_MAX = 2**53 - 1
PAGE_FACTS_MAX = 100
PAGE_BYTES_MAX = 128 * 1024


class NotOurs(Exception):
    """A message that no service of this site sent, or that was damaged on its way.

    `reason` is `unreadable` or `stranger`; the text says more.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class _Item(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A fact within a page; its position follows from its place."""

    body: bytes
    key: TravellingKey | None


_encode_page = msgspec.msgpack.Encoder().encode
_decode_page = msgspec.msgpack.Decoder(list[_Item]).decode


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

    def message(self, facts: Sequence[Carried]) -> tuple[dict[str, Any], bytes]:
        """Headers and body for facts that follow each other: one as itself, several as a page."""
        first = facts[0]
        if len(facts) == 1:
            return self.headers(first), first.body
        body = _encode_page([_Item(fact.body, fact.key) for fact in facts])
        mac = self._code(*_page_parts(first.log, first.position, body))
        headers = {"log": first.log, "position": first.position, "facts": len(facts), "mac": mac}
        return headers, body

    def facts(self, headers: Mapping[str, Any], body: bytes, of: str) -> list[Carried]:
        """What a message of that log carries, one or a page; raises NotOurs."""
        if "facts" not in headers:
            return [self.carried(headers, body, of)]
        try:
            log, first = _text(headers["log"]), _position(headers["position"])
            given = _text(headers["mac"])
        except KeyError as error:
            raise NotOurs("unreadable", f"no {error.args[0]}") from error
        if not hmac.compare_digest(
            given.encode(), self._code(*_page_parts(log, first, body)).encode()
        ):
            raise NotOurs("stranger", "its code doesn't fit")
        if log != of:
            raise NotOurs("stranger", f"of {log}, not of {of}")
        items = enumerate(_decode_page(body), start=first)
        return [Carried(log, position, item.body, item.key) for position, item in items]

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
        return self._code(*parts)

    def _code(self, *parts: bytes) -> str:
        code = hmac.new(self._key, digestmod="sha256")
        for part in parts:
            code.update(len(part).to_bytes(8, "big"))
            code.update(part)
        return code.hexdigest()


def pages(facts: Sequence[Carried]) -> Iterator[Sequence[Carried]]:
    """Facts that follow each other, cut where a page is full."""
    start = size = 0
    for place, fact in enumerate(facts):
        full = size + len(fact.body) > PAGE_BYTES_MAX or place - start == PAGE_FACTS_MAX
        if full and place > start:
            yield facts[start:place]
            start, size = place, 0
        size += len(fact.body)
    if facts:
        yield facts[start:]


def _page_parts(log: str, first: int, body: bytes) -> tuple[bytes, ...]:
    """Four parts, so that no page has the code of a fact, which has three or six."""
    return b"page", log.encode(), str(first).encode(), body


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
    try:
        value.encode()
    except UnicodeEncodeError as error:  # AMQP lets half a character through
        raise NotOurs("unreadable", "a header that isn't text") from error
    return value


def _position(value: object) -> int:
    if type(value) is not int or not 0 <= value <= POSITION_MAX:
        raise NotOurs("unreadable", "a position that is none")
    return value
