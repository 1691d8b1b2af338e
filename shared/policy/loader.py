"""The policy of a site: the nation's pack, the district's over it, the site's own over both."""

from functools import cache
from pathlib import Path
from typing import Final

from shared.policy.layering import lay_all, lay_over
from shared.policy.model import Policy, policy_of

PACKS: Final = Path(__file__).parent / "packs"
BUILT_IN: Final = ("national.yaml", "assessment.yaml", "huaiyang.yaml")  # later ones override


def load_policy(extra: Path | None = None) -> Policy:
    """The built-in packs and a site's own file, checked.

    Raises PolicyRefused with everything that is wrong in the file; OSError if it can't be read.
    """
    if extra is None:
        return _built_in()
    return lay_over(_built_in(), extra.read_bytes(), extra.name)


@cache
def _built_in() -> Policy:
    """Read once in a process: they come with the program, and reading takes a tenth of a second."""
    return lay_all(policy_of(()), [(name, (PACKS / name).read_bytes()) for name in BUILT_IN])
