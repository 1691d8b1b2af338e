"""What differs between two days, or between the packs and a site's own file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.policy.model import Parameter, Policy, PolicyOn


class Kind(StrEnum):
    """How a parameter differs."""

    ADDED = "added"
    REMOVED = "removed"
    VALUE = "value"
    BASIS = "basis"  # the same value, by another article or with another certainty


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter that differs; None on the side where it has no value."""

    kind: Kind
    before: Parameter | None
    after: Parameter | None

    @property
    def parameter(self) -> Parameter:
        """Either side, for name and title."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a side at least")
        return found


def compare(before: PolicyOn, after: PolicyOn) -> list[Change]:
    """Every parameter that differs, by name."""
    old = {one.name: one for one in before.parameters()}
    new = {one.name: one for one in after.parameters()}
    pairs = ((old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys()))
    return [Change(kind, *pair) for pair in pairs if (kind := _kind(*pair))]


def _kind(before: Parameter | None, after: Parameter | None) -> Kind | None:
    if before is None:
        return Kind.ADDED
    if after is None:
        return Kind.REMOVED
    if before.value != after.value:
        return Kind.VALUE
    same = (before.citation, before.certainty) == (after.citation, after.certainty)
    return None if same else Kind.BASIS


def changed_by_last(before: Policy, after: Policy) -> tuple[str, ...]:
    """Names of the parameters to which the last pack of `after`, laid over `before`, gives another
    value on any day, for everybody or for one township."""
    names = after.packs[-1].parameters
    return tuple(sorted(name for name in names if _changes(name, before, after)))


def _changes(name: str, before: Policy, after: Policy) -> bool:
    return any(
        old.value(name) != new.value(name)
        if old.knows(name) and new.knows(name)
        else new.knows(name)
        for day, code in _turning_points(name, after)
        for old, new in [(before.at(day, code), after.at(day, code))]
    )


def _turning_points(name: str, policy: Policy) -> Iterator[tuple[date, str | None]]:
    """Every day on which a value of the parameter begins or has just ended, in every township."""
    values = [
        one for pack in policy.packs if name in pack.parameters
        for one in pack.parameters[name].values
    ]  # fmt: skip
    days = {one.from_on for one in values}
    days |= {one.to_on + timedelta(1) for one in values if one.to_on and one.to_on < date.max}
    codes = {None, *(code for one in values for code in one.townships)}
    return ((day, code) for day in sorted(days) for code in codes)
