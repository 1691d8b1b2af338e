"""The policy of a site: the nation's pack, the district's over it, the site's own over both."""

from pathlib import Path
from typing import Final

from shared.policy.document import read_document
from shared.policy.faults import Faults
from shared.policy.layering import check_together
from shared.policy.model import Policy, policy_of
from shared.policy.reading import read_pack

PACKS: Final = Path(__file__).parent / "packs"
BUILT_IN: Final = ("national.yaml", "assessment.yaml", "huaiyang.yaml")  # later ones override


def load_policy(extra: Path | None = None) -> Policy:
    """The built-in packs and a site's own file, checked.

    Raises PolicyRefused with everything that is wrong in any of them; OSError if a file
    can't be read.
    """
    faults = Faults()
    paths = [*(PACKS / name for name in BUILT_IN), *([extra] if extra else [])]
    contents = [(path.name, read_document(path.read_bytes(), path.name, faults)) for path in paths]
    read = [
        read_pack(content, source, faults) for source, content in contents if content is not None
    ]
    packs = tuple(pack for pack in read if pack)
    check_together(packs, faults)
    faults.refuse_if_any()
    return policy_of(packs)
