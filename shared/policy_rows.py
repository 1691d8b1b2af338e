"""What the bureau has published of policy, as a house has followed it: over the site's own packs.

A command reads in its own transaction what stands; a text is read into a policy once.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.codec import Recorded
from shared.driver import Asked
from shared.facts.gateway import PolicyPublished
from shared.policy.faults import PolicyRefused
from shared.policy.layering import lay_over
from shared.policy.model import Policy


class PolicyUnusable(RuntimeError):
    """What was published doesn't fit over this house's own packs; the message is a sentence."""


def on_policy_published(conn: Connection, facts: Sequence[Recorded[PolicyPublished]]) -> None:
    """Remember the text, in the order of publication: the stream `policy` counts them."""
    conn.execute(
        _INSERT,
        [
            {"number": r.envelope.version, "digest": r.fact.digest, "text": r.fact.text}
            for r in facts
        ],
    )


class Published:
    """Policies by the digests of what was published; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Policy] = {}

    def over(self, base: Policy, conn: Connection) -> Policy:
        """`base` under all that was published, in that order. Raises PolicyUnusable."""
        digests = tuple(str(digest) for (digest,) in _DIGESTS.of(conn, {}))
        if not digests:
            return base
        if digests not in self._known:
            self._read(base, digests, conn)
        return self._known[digests]

    def _read(self, base: Policy, digests: tuple[str, ...], conn: Connection) -> None:
        """Each over those before it; one that was read already isn't read again."""
        policy = base
        texts = conn.execute(_TEXTS, {"most": len(digests)}).scalars()
        for end, text in enumerate(texts, start=1):
            known = self._known.get(digests[:end])
            policy = self._known[digests[:end]] = known or _laid_over(policy, text, end)


def _laid_over(policy: Policy, text: str, number: int) -> Policy:
    try:
        return lay_over(policy, text.encode(), f"第{number}次公布的政策文件")
    except PolicyRefused as refusal:
        raise PolicyUnusable(
            f"已公布的政策与本处的政策参数文件合不上，请先改正本处的文件。{refusal.sentence}"
        ) from refusal


_INSERT = sa.text("INSERT INTO policy_pack (number, digest, text) VALUES (:number, :digest, :text)")
_DIGESTS = Asked("SELECT digest FROM policy_pack ORDER BY number")
_TEXTS = sa.text("SELECT text FROM policy_pack ORDER BY number LIMIT :most")
