"""Officers' tokens: Ed25519 JWTs that the gateway issues and every service verifies.

A token names an officer, the site it is for, and perhaps whom the officer stands in for. It
grants nothing by itself: what an officer may do follows from appointments on record.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LIFE_MAX = timedelta(hours=12)
SKEW = timedelta(seconds=30)
TOKEN_MAX = 4_096


@dataclass(frozen=True, slots=True)
class Identity:
    """Who knocks: an authenticated officer, and whom they say they stand in for."""

    officer: str
    acting_for: str | None


class Unauthenticated(Exception):
    """The token proves nothing. Goes to the security log, never into the permanent one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def issue(
    key: Ed25519PrivateKey,
    site: str,
    identity: Identity,
    now: datetime,
    life: timedelta = timedelta(minutes=30),
) -> str:
    """Sign a token that is good from `now` for `life` (at most LIFE_MAX)."""
    if not timedelta(0) < life <= LIFE_MAX:
        raise ValueError(f"a token lives at most {LIFE_MAX}")
    claims = {
        "iss": f"{site}/gateway",
        "aud": site,
        "sub": identity.officer,
        "act": identity.acting_for,
        "iat": int(now.timestamp()),
        "exp": int((now + life).timestamp()),
    }
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"typ": "JWT"})


def verify(token: str, key: Ed25519PublicKey, site: str, now: datetime) -> Identity:
    """Who the token names; raises Unauthenticated when it is forged, stale or of another site."""
    if not isinstance(token, str) or len(token) > TOKEN_MAX:
        raise Unauthenticated("not a token")
    try:
        claims = _claims(token, key.public_bytes_raw(), site)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:  # whatever it is, no token
        raise Unauthenticated(type(error).__name__) from error
    _require_fresh(claims["iat"], claims["exp"], now)
    officer, acting_for = claims["sub"], claims.get("act")
    if not isinstance(officer, str) or not (acting_for is None or isinstance(acting_for, str)):
        raise Unauthenticated("claims of a wrong type")
    return Identity(officer, acting_for)


@lru_cache(maxsize=1_000)
def _claims(token: str, key: bytes, site: str) -> dict[str, Any]:
    """What is signed under this key; not whether its time is now.

    An officer knocks with one token all morning: it is read and its signature checked once.
    """
    claims: dict[str, Any] = jwt.decode(
        token,
        Ed25519PublicKey.from_public_bytes(key),
        algorithms=["EdDSA"],
        audience=site,
        issuer=f"{site}/gateway",
        options={
            "require": ["iss", "aud", "sub", "iat", "exp"],
            "verify_exp": False,  # by the site's clock, below
            "verify_iat": False,
            "verify_nbf": False,
        },
    )
    return claims


def _require_fresh(issued: object, expires: object, now: datetime) -> None:
    if type(issued) is not int or type(expires) is not int:
        raise Unauthenticated("times of a wrong type")
    try:
        issued_at = datetime.fromtimestamp(issued, UTC)
        expires_at = datetime.fromtimestamp(expires, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Unauthenticated("times out of range") from error
    if expires_at - issued_at > LIFE_MAX:
        raise Unauthenticated("lives too long")
    if now >= expires_at:
        raise Unauthenticated("expired")
    if issued_at > now + SKEW:
        raise Unauthenticated("issued in the future")
