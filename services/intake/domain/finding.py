"""What the door looks up beside an application's own stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """At an application: where members stand already (person → unit, case and status, in words),
    which of the officers named are known, the numbers of earlier informings of the members.
    """

    standing: Mapping[str, str] = field(default_factory=dict)
    officers: frozenset[str] = frozenset()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """At acceptance: a member is an officer (kinship SELF), or filed as an officer's relative."""

    person: str
    officer: str
    post: str
    kinship: str
