"""The policy of a site: the nation's pack, the district's over it, the site's own over both."""

from pathlib import Path
from typing import Final

from shared.policy.document import read_document
from shared.policy.faults import Faults
from shared.policy.gaps import check_gaps
from shared.policy.model import Policy, policy_of
from shared.policy.pack import History, Pack
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
    _check_together(packs, faults)
    faults.refuse_if_any()
    return policy_of(packs)


def _check_together(packs: tuple[Pack, ...], faults: Faults) -> None:
    """Pack names differ; a parameter means the same in all of them, on every day between."""
    names: set[str] = set()
    first: dict[str, History] = {}
    for pack in packs:
        if pack.name in names:
            faults.add("DUPLICATE", pack.name, "文件代号重复，版本号将无法区分。")
        names.add(pack.name)
        for name, history in pack.parameters.items():
            base = first.setdefault(name, history)
            if _form(base) != _form(history):
                faults.add(
                    "UNIT_DIFFERS", f"{pack.name} {name}", "单位、选项或行与上级文件不一致。"
                )
    check_gaps(packs, faults)


def _form(history: History) -> tuple[object, ...]:
    return history.unit, history.choices, history.rows
