"""Officers' tokens, issued with the site's token key."""

from datetime import timedelta

from services.runtime.home import Home
from shared.token import Identity, issue


def issue_token(home: Home, officer: str, acting_for: str | None, minutes: int) -> str:
    """A token good from the site's now on; needs no lock and changes nothing."""
    charter = home.charter()
    key = home.secrets.signing_key("token")
    now = home.clock(charter).now()
    return issue(key, charter.code, Identity(officer, acting_for), now, timedelta(minutes=minutes))
