"""Numbers of the law as dated data: what stood on a day, by which article, in which version.

Imports nothing of the doors, so that deciders may ask it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from shared.policy.pack import Certainty, Pack, Single, Unit, Value
from shared.refusal import Refusal

_STANDING_MAX = 16_384
"""Parameters of days that are kept at hand, each of a few hundred bytes."""


class PolicyUnknown(Refusal):
    """No pack has a value of that parameter for that day."""

    code = "POLICY_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value as it stood on a day; money in fen, dates of the month from 1.

    `version` is pack and first day, "huaiyang/2024-01-01", with the first code behind them where
    the value is a township's own: what a decision keeps.
    """

    name: str
    title: str
    value: Value
    unit: Unit
    version: str
    citation: str
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """All packs, the widest first. `digest` (SHA-256, hex) changes with any value or citation, so
    that policies are the same when it is."""

    packs: tuple[Pack, ...]
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def at(self, day: date, township: str | None = None) -> "PolicyOn":
        """What stood on `day`, in a township where one is named."""
        return PolicyOn(self, day, township)


@dataclass(frozen=True, slots=True)
class PolicyOn:
    """The parameters of one day. The narrowest pack that has a value for the day wins; in a pack,
    the township's own value."""

    policy: Policy
    day: date
    township: str | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter with its version and citation; raises PolicyUnknown."""
        found = self._found(name)
        if found is None:
            raise PolicyUnknown(f"政策参数“{name}”在{self.day.isoformat()}没有取值，请先载入。")
        return found

    def parameters(self) -> list[Parameter]:
        """Everything that stands on this day, by name."""
        names = sorted({name for pack in self.policy.packs for name in pack.parameters})
        return [found for name in names if (found := self._found(name))]

    def knows(self, name: str) -> bool:
        """Whether the parameter has a value on this day."""
        return self._found(name) is not None

    def _found(self, name: str) -> Parameter | None:
        return _standing(self.policy, name, self.day, self.township)

    def value(self, name: str) -> Value:
        """The bare value; raises PolicyUnknown."""
        return self.parameter(name).value

    def number(self, name: str) -> int:
        """The value of a parameter that counts something; raises PolicyUnknown, TypeError."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is no number")
        return value

    def flag(self, name: str) -> bool:
        """The value of a yes-or-no parameter; raises PolicyUnknown, TypeError."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise TypeError(f"{name} is no yes or no")
        return value

    def choice(self, name: str) -> str:
        """The value of a parameter with named choices; raises PolicyUnknown, TypeError."""
        value = self.value(name)
        if not isinstance(value, str):
            raise TypeError(f"{name} is no choice")
        return value

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a parameter with several choices; raises PolicyUnknown, TypeError."""
        value = self.value(name)
        if not isinstance(value, tuple):
            raise TypeError(f"{name} has no several choices")
        return value

    def table(self, name: str) -> Mapping[str, Single]:
        """A table's values by row; raises PolicyUnknown, TypeError."""
        value = self.value(name)
        if not isinstance(value, Mapping):
            raise TypeError(f"{name} is no table")
        return value

    def fraction(self, name: str) -> Fraction:
        """The value of a parameter that is a share; raises PolicyUnknown, TypeError."""
        found = self.parameter(name)
        if found.unit is not Unit.FRACTION or not isinstance(found.value, str):
            raise TypeError(f"{name} is no fraction")
        return Fraction(found.value)

    def versions(self, *names: str) -> dict[str, str]:
        """Name -> version of the parameters that a decision used; raises PolicyUnknown."""
        return {name: self.parameter(name).version for name in names}


@lru_cache(maxsize=_STANDING_MAX)
def _standing(policy: Policy, name: str, day: date, township: str | None) -> Parameter | None:
    """Each command asks for a few parameters of the same few days, over and over."""
    for pack in reversed(policy.packs):
        history = pack.parameters.get(name)
        dated = history.on(day, township) if history else None
        if history and dated:
            parts = (pack.name, dated.from_on.isoformat(), *dated.townships[:1])
            return Parameter(
                name=name,
                title=history.title,
                value=dated.value,
                unit=history.unit,
                version="/".join(parts),
                citation=dated.citation,
                certainty=dated.certainty,
                note=dated.note,
            )
    return None


def policy_of(packs: tuple[Pack, ...]) -> Policy:
    """The policy that checked `packs` make together, with its digest."""
    text = json.dumps([asdict(pack) for pack in packs], sort_keys=True, default=date.isoformat)
    return Policy(packs, hashlib.sha256(text.encode()).hexdigest())
