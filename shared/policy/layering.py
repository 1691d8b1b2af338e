"""One pack over others: what must hold between them, and a policy with one more on top.

Pure, so that a decider may ask whether a pack can be published.
"""

from collections.abc import Sequence

from shared.policy.document import read_document
from shared.policy.faults import Faults
from shared.policy.gaps import check_gaps
from shared.policy.model import Policy, policy_of
from shared.policy.pack import History, Pack
from shared.policy.reading import read_pack


def lay_over(policy: Policy, content: bytes, source: str) -> Policy:
    """`policy` under the pack that a file describes, checked as on load.

    `source` is how faults name the file. Raises PolicyRefused with everything that is wrong.
    """
    return lay_all(policy, [(source, content)])


def lay_all(policy: Policy, files: Sequence[tuple[str, bytes]]) -> Policy:
    """As `lay_over`, with several files (name, content) at once; later ones override."""
    faults = Faults()
    documents = [(read_document(content, source, faults), source) for source, content in files]
    read = [read_pack(document, s, faults) for document, s in documents if document is not None]
    packs = (*policy.packs, *(pack for pack in read if pack))
    check_together(packs, faults)
    faults.refuse_if_any()
    return policy_of(packs)


def check_together(packs: tuple[Pack, ...], faults: Faults) -> None:
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
