"""Numbers of the law as dated data: what stood on a day, by which article, in which version.

Imports nothing of the doors, so that deciders may ask it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from shared.policy.pack import Certainty, Pack, Unit, Value
from shared.refusal import Refusal


class PolicyUnknown(Refusal):
    """No pack has a value of that parameter for that day."""

    code = "POLICY_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value as it stood on a day; money in fen, dates of the month from 1.

    `version` is pack and first day, "huaiyang/2024-01-01": what a decision keeps.
    """

    name: str
    title: str
    value: Value
    unit: Unit
    version: str
    citation: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Policy:
    """All packs, the widest first. `digest` (SHA-256, hex) changes with any value or citation."""

    packs: tuple[Pack, ...]
    digest: str

    def at(self, day: date) -> "PolicyOn":
        """What stood on `day`."""
        return PolicyOn(self, day)


@dataclass(frozen=True, slots=True)
class PolicyOn:
    """The parameters of one day. The narrowest pack that has a value for the day wins."""

    policy: Policy
    day: date

    def parameter(self, name: str) -> Parameter:
        """The parameter with its version and citation; raises PolicyUnknown."""
        for pack in reversed(self.policy.packs):
            history = pack.parameters.get(name)
            dated = history.on(self.day) if history else None
            if history and dated:
                version = f"{pack.name}/{dated.from_on.isoformat()}"
                return Parameter(
                    name=name,
                    title=history.title,
                    value=dated.value,
                    unit=history.unit,
                    version=version,
                    citation=dated.citation,
                    certainty=dated.certainty,
                )
        raise PolicyUnknown(f"政策参数“{name}”在{self.day.isoformat()}没有取值，请先载入。")

    def knows(self, name: str) -> bool:
        """Whether the parameter has a value on this day."""
        packs = (pack.parameters.get(name) for pack in self.policy.packs)
        return any(history and history.on(self.day) for history in packs)

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

    def versions(self, *names: str) -> dict[str, str]:
        """Name -> version of the parameters that a decision used; raises PolicyUnknown."""
        return {name: self.parameter(name).version for name in names}


def policy_of(packs: tuple[Pack, ...]) -> Policy:
    """The policy that checked `packs` make together, with its digest."""
    text = json.dumps([asdict(pack) for pack in packs], sort_keys=True, default=date.isoformat)
    return Policy(packs, hashlib.sha256(text.encode()).hexdigest())
