"""How far a post reaches: every command, each of its roles, from every place a post can have."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest

from services.gateway.domain.officers import IN_TOWNSHIP, IN_VILLAGE
from services.runtime.houses import DEFINITIONS
from shared.competence import Competence, Role, Scope
from tests.architecture.affairs import VILLAGE, Affair, confirmed_affair, recorded
from tests.architecture.payloads import TOWNSHIP
from tests.numbers import officer_number
from tests.sites import TOWNSHIPS, TrialSite

[_, ELSEWHERE] = TOWNSHIPS
DOORS = [(one.name, row) for one in DEFINITIONS for row in one.commands if row.schema is not None]


class Place(NamedTuple):
    """Where a post is; the affair lies in 王庄村 of the first township."""

    name: str
    township: str | None
    village: str | None


SAME_VILLAGE = Place("same", TOWNSHIP, VILLAGE)
NEXT_VILLAGE = Place("next", TOWNSHIP, "李庄村")
ITS_TOWNSHIP = Place("town", TOWNSHIP, None)
NEXT_TOWNSHIP = Place("away", ELSEWHERE, VILLAGE)
BUREAU = Place("bureau", None, None)
PLACES = (SAME_VILLAGE, NEXT_VILLAGE, ITS_TOWNSHIP, NEXT_TOWNSHIP, BUREAU)
REACHED_FROM = {
    Scope.OWN_VILLAGE: {SAME_VILLAGE, ITS_TOWNSHIP},
    Scope.OWN_TOWNSHIP: {SAME_VILLAGE, NEXT_VILLAGE, ITS_TOWNSHIP},
    Scope.DISTRICT: {*PLACES},
}
NOT_PAST_AUTHORITY = {"OUT_OF_SCOPE", "WRONG_ROLE", "NO_APPOINTMENT", "BAD_COMMAND"}
doors = pytest.mark.parametrize(("service", "row"), DOORS, ids=[row.name for _, row in DOORS])


def has_posts(role: Role, place: Place) -> bool:
    """A township's roles have a township, a village's aide has a village."""
    lacks_township = role in IN_TOWNSHIP and place.township is None
    return not lacks_township and not (role in IN_VILLAGE and place.village is None)


def holder(role: Role, place: Place) -> str:
    """Who has this role there."""
    return f"{role.lower()}-{place.name}"


POSTS = [(r, p) for r, p in product(set(Role) - {Role.SYSTEM}, PLACES) if has_posts(r, p)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialSite]:
    """A trial site with an officer of each role in each place."""
    trial = TrialSite(tmp_path_factory.mktemp("scope") / "site")
    for role, place in POSTS:
        who = holder(role, place)
        trial.do("admin", "appoint_officer", officer=who, officer_name="某", post=role, role=role,
                 organisation="411603", township=place.township, village=place.village,
                 resident_id=officer_number(who), from_on="2021-02-01")  # fmt: skip
    yield trial
    trial.close()


@pytest.fixture(scope="module")
def affair(site: TrialSite) -> Affair:
    """A household's case and payment in 王庄村."""
    return confirmed_affair(site)


@doors
def test_a_command_reaches_as_far_as_its_row_says(
    service: str, row: Competence, site: TrialSite, affair: Affair
) -> None:
    """From beyond it is denied, and the denial is recorded under who tried, for the case meant."""
    payload = affair.payload(row)
    for role, place in [(r, p) for r, p in POSTS if r in row.roles]:
        who = holder(role, place)
        answer = site.give(who, row.name, **payload)
        if place in REACHED_FROM[row.scope]:
            assert answer.code not in NOT_PAST_AUTHORITY, (who, answer)
        else:
            assert ("denied", "OUT_OF_SCOPE") == (answer.outcome, answer.code), who
            case = affair.case if affair.is_meant_by(row) else None
            assert (who, row.name, "OUT_OF_SCOPE", True, case) == recorded(site, service, answer)


def test_every_township_command_is_denied_from_the_next_township() -> None:
    """The walk above has both answers for each row that binds to a place."""
    bound = [row for _, row in DOORS if row.scope is not Scope.DISTRICT]
    tried = [row for row in bound if any(p == NEXT_TOWNSHIP and r in row.roles for r, p in POSTS)]

    assert len(bound) > 30
    assert bound == tried
