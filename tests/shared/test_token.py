"""Tokens: whoever forges, borrows or keeps one too long is nobody."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.token import LIFE_MAX, SKEW, Identity, Unauthenticated, issue, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes([5]) * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes([6]) * 32)
SITE = "411603"
NOW = datetime(2024, 3, 4, 1, 0, tzinfo=UTC)
OFFICER = Identity("o-1", None)
HOUR = 3_600


def check(token: Any, now: datetime = NOW) -> Identity:
    return verify(token, KEY.public_key(), SITE, now)


def signed(key: Ed25519PrivateKey = KEY, /, **claims: Any) -> str:
    """A token with any claims at all; None takes one away."""
    start = int(NOW.timestamp())
    usual = {"iss": f"{SITE}/gateway", "aud": SITE, "sub": "o-1", "act": None,
             "iat": start, "exp": start + HOUR}  # fmt: skip
    kept = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.api_jws.encode(json.dumps(kept).encode(), key, algorithm="EdDSA")


def part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("identity", [OFFICER, Identity("o-1", "o-2")])
def test_a_token_names_the_officer_and_whom_they_stand_in_for(identity: Identity) -> None:
    """What was issued is what is read."""
    assert identity == check(issue(KEY, SITE, identity, NOW))


def test_a_token_is_good_from_its_issue_until_just_before_its_end() -> None:
    """By the site's clock; a little skew between machines is forgiven."""
    token = issue(KEY, SITE, OFFICER, NOW, timedelta(hours=1))
    for moment in (NOW - SKEW, NOW, NOW + timedelta(seconds=HOUR - 1)):
        assert OFFICER == check(token, moment)
    for moment in (NOW - SKEW - timedelta(seconds=1), NOW + timedelta(seconds=HOUR)):
        with pytest.raises(Unauthenticated):
            check(token, moment)


@pytest.mark.parametrize("life", [timedelta(0), timedelta(seconds=-1), LIFE_MAX + timedelta(1)])
def test_no_token_is_issued_for_a_senseless_life(life: timedelta) -> None:
    """Nor for longer than a working day."""
    with pytest.raises(ValueError, match="lives at most"):
        issue(KEY, SITE, OFFICER, NOW, life)


def test_the_helper_s_own_token_is_good() -> None:
    """So that each refusal below is for the one thing that was changed."""
    assert OFFICER == check(signed())
    assert Identity("o-1", "o-2") == check(signed(act="o-2"))


@pytest.mark.parametrize(
    "claims",
    [
        *({"iss": "411602/gateway"}, {"aud": "411602"}, {"iss": ["411603/gateway"]}, {"aud": 1}),
        *({"aud": {"411603": 1}}, {"sub": 7}, {"sub": ["o-1"]}, {"act": 7}, {"act": ["o-2"]}),
        *({"exp": "soon"}, {"exp": True}, {"exp": 1.5}, {"exp": 10**30}, {"exp": -(10**30)}),
        *({"iat": "now"}, {"iat": False}, {"iat": float("nan")}, {"iat": 10**30}),
        *({"exp": int(NOW.timestamp()) + 13 * HOUR}, {"exp": int(NOW.timestamp())}),
        *({"note": "x" * 4_096},),
        *({"iat": int(NOW.timestamp()) + 31}, {"iat": int(NOW.timestamp()) - 12 * HOUR}),
    ],
    ids=lambda claims: str(claims)[:40],
)
def test_claims_that_are_wrong_though_signed_are_refused(claims: dict[str, Any]) -> None:
    """Another site, a wrong type, a time outside every calendar, too long a life, too many words."""
    with pytest.raises(Unauthenticated):
        check(signed(**claims))


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "iat", "exp"])
def test_no_claim_may_be_missing(claim: str) -> None:
    """A token that says less proves less."""
    missing: Any = {claim: None}
    with pytest.raises(Unauthenticated):
        check(signed(**missing))


def test_another_key_s_signature_is_forged() -> None:
    """Only the gateway's key signs."""
    with pytest.raises(Unauthenticated):
        check(signed(OTHER_KEY))


def test_an_unsigned_token_is_forged() -> None:
    """`alg: none` is no signature, with or without an empty one."""
    claims = signed().split(".")[1]
    for algorithm in ("none", "None", "NONE"):
        header = part(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())
        with pytest.raises(Unauthenticated):
            check(f"{header}.{claims}.")


def test_the_public_key_is_no_shared_secret() -> None:
    """HS256 with the public key as its secret, raw or as PEM, is forged."""
    public = KEY.public_key()
    for secret in (public.public_bytes(Encoding.Raw, PublicFormat.Raw),
                   public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)):  # fmt: skip
        head = part(b'{"alg":"HS256","typ":"JWT"}')
        said = f"{head}.{signed().split('.')[1]}"
        mac = jwt.get_algorithm_by_name("HS256").sign(said.encode(), secret)
        with pytest.raises(Unauthenticated):
            check(f"{said}.{part(mac)}")


def test_a_changed_claim_breaks_the_signature() -> None:
    """Whoever writes another name into a good token has a forged one."""
    head, claims, signature = signed().split(".")
    other = signed(sub="o-2").split(".")[1]
    with pytest.raises(Unauthenticated):
        check(f"{head}.{other}.{signature}")
    assert claims != other


@pytest.mark.parametrize("cut", [0, 1, 10, 40, 80, 120, -1, -20])
def test_a_truncated_token_proves_nothing(cut: int) -> None:
    """Wherever it breaks off."""
    with pytest.raises(Unauthenticated):
        check(signed()[:cut])


@pytest.mark.parametrize(
    "token",
    [
        *(None, 7, b"x.y.z", ["x"], {}, "", ".", "..", "...", "中.文.字", "\ud800.a.b", "\0"),
        "x" * 10_000_000,
        *(part(b"[" * 3_000) + ".e30.AA", part(b'{"a":' * 600) + ".e30.AA"),
        part(b'{"alg":' + b"9" * 2_900 + b"}") + ".e30.AA",
        part(b'{"alg":["EdDSA"]}') + ".e30.AA",
    ],
    ids=lambda token: ascii(token)[:24],
)
def test_what_is_no_token_is_refused_without_a_crash(token: Any) -> None:
    """Ten megabytes, no text, half a character, nesting to overflow a reader."""
    with pytest.raises(Unauthenticated):
        check(token)


def test_a_refusal_does_not_repeat_the_token() -> None:
    """Its reason goes to the security log, where no personal data may stand."""
    with pytest.raises(Unauthenticated) as caught:
        check(signed(OTHER_KEY, sub="999999195001010018"))
    assert "999999" not in caught.value.why
