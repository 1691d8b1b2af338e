"""What may be asked of a household's means."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from shared.facts.means import LINES_MAX, MEMBERS_MAX, Circumstances, Family, Thing

Number = Annotated[int, Meta(ge=1, le=MEMBERS_MAX)]


class TheirMeans(Circumstances, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of the member who stands at this place of the application, from 1."""

    member: Number


class TheirAsset(Thing, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Owned by the member at this place; without one by the household."""

    owner: Number | None = None


class HouseholdMeans(Family, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A household as the township recognises it, in a request's form."""

    members: Annotated[tuple[TheirMeans, ...], Meta(min_length=1, max_length=MEMBERS_MAX)]
    assets: Annotated[tuple[TheirAsset, ...], Meta(max_length=LINES_MAX)] = ()


@dataclass(frozen=True, slots=True)
class RecordMeans:
    """The circumstances, incomes and property that the survey established (57号 Art 12-14)."""

    case: str
    means: HouseholdMeans
