"""What differs between two days, or between the packs and a site's own file."""

from dataclasses import dataclass
from enum import StrEnum

from shared.policy.model import Parameter, PolicyOn


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
