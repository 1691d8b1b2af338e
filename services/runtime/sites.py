"""What the services of a site share, read from its folder and its secrets."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.runtime.home import Charter, Home
from services.runtime.secrets import Secrets
from services.runtime.signers import key_source
from shared.calendar import WorkCalendar
from shared.policy.loader import load_policy
from shared.service import Service
from shared.site import Site


def build_site(home: Home, charter: Charter, secrets: Secrets) -> Site:
    """One clock, one calendar, one set of rules and keys. Raises PolicyRefused."""
    return Site(
        code=charter.code,
        trial=charter.trial,
        clock=home.clock(charter),
        calendar=WorkCalendar(),
        policy=load_policy(home.policy),
        token_key=_token_key(home, secrets),
        pseudonym_key=secrets.get("pseudonym"),
        carrier_key=secrets.get("carrier"),
        keys=key_source(charter),
    )


def require_policy(service: Service) -> None:
    """What a service asks before it starts: what was published fits. Raises PolicyUnusable."""
    with service.database.read() as conn:
        service.site.policy_in(conn)


def _token_key(home: Home, secrets: Secrets) -> Ed25519PublicKey:
    """The published half: a service that only checks tokens need not be able to issue them."""
    published = home.public_key("token")
    if published.exists():
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(published.read_text("ascii")))
    return secrets.signing_key("token").public_key()
