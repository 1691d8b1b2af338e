"""What the settings' table knows, and what each service may be handed."""

import re
from functools import cache

from services.runtime.founding import SHARED_SECRETS
from services.runtime.houses import NAMES
from shared.settings import OPERATOR
from tests.architecture.papers import ROOT, rows, section

_EACH = [f"{kind}-{name}" for kind in ("master", "log") for name in NAMES]
_FILLED = {
    "<SERVICE>": [name.upper() for name in (*NAMES, OPERATOR)],
    "<NAME>": [name.upper().replace("-", "_") for name in (*SHARED_SECRETS, *_EACH)],
}


@cache
def settings() -> frozenset[str]:
    """Every setting of deploy/settings.md, spelled out, with its form as a file."""
    names = set()
    for row in rows(section(ROOT / "deploy" / "settings.md", "Settings")):
        name = row[0].strip("`")
        place = re.search(r"<\w+>", name)
        filled = _FILLED[place[0]] if place else [""]
        names |= {name.replace(place[0], one) if place else name for one in filled}
    return frozenset(names | {f"{name}_FILE" for name in names - {"YINGBAO_HOME"}})


def needed(service: str) -> set[str]:
    """The secrets that a service's process reads: its own, and those that all must share.

    Not the token key, with which one could act as any officer: to check a token, its published
    half is enough. Not the owner's address, with which one could change the log.
    """
    own = {f"{kind}-{service}" for kind in ("database-url", "broker-url", "master", "log")}
    return own | {"carrier", "pseudonym", "witness"}
