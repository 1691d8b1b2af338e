"""Nobody touches the affairs of a filed relative, or their own: every command, delegation included."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest

from services.runtime.houses import DEFINITIONS
from shared.competence import Competence, Role
from tests.architecture.affairs import (
    NUMBERS,
    VILLAGE,
    Affair,
    application,
    confirmed_affair,
    recorded,
)
from tests.architecture.payloads import TOWNSHIP, payload_for
from tests.numbers import officer_number
from tests.sites import TrialSite

PARENT, CHILD = NUMBERS
OTHER_ADULT, OTHER_CHILD = "999999197505050055", "999999201605050051"
ROLES = sorted(set(Role) - {Role.SYSTEM})
DOORS = [(one.name, row) for one in DEFINITIONS for row in one.commands if row.schema is not None]
ABOUT_NO_HOUSEHOLD = {
    "appoint_officer", "approve_roster", "draw_roster", "end_appointment", "file_close_relative",
    "freeze_monthly_table", "make_batch", "publish_policy", "record_bank_file",
    "record_delegation", "register_unit", "release_funds", "request_funds", "return_roster",
    "submit_roster", "take_bank_result",
}  # fmt: skip
"""Units, officers, policy, tables, and what lists a whole township or bank."""
BEGINS: dict[str, dict[str, Any]] = {
    "submit_application": application((OTHER_ADULT, OTHER_CHILD)),
    "record_informed": {"resident_id": OTHER_CHILD},
}
"""Commands that begin something, about another child of `kin`."""


class Way(NamedTuple):
    """Who acts, and in whose place."""

    officer: str
    acting_for: str | None


WAYS = (
    Way("kin", None),
    Way("clean", "kin"),
    Way("kin", "clean"),
    Way("member", None),
    Way("clean", "member"),
    Way("member", "clean"),
)
KIN_WAYS = WAYS[:3]
WITH_POSTS = ("kin", "clean", "member", "newcomer")
OF_PERSON = {"member": PARENT, "newcomer": OTHER_ADULT}
APART = [(s, row) for s, row in DOORS if row.name not in {*ABOUT_NO_HOUSEHOLD, *BEGINS}]
doors = pytest.mark.parametrize(("service", "row"), APART, ids=[row.name for _, row in APART])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialSite]:
    """A trial site."""
    trial = TrialSite(tmp_path_factory.mktemp("relatives") / "site")
    yield trial
    trial.close()


@pytest.fixture(scope="module")
def affair(site: TrialSite) -> Affair:
    """A confirmed household; only then does anybody close to it take office, in every role.

    `kin`'s child is in it, `member` is in it, of `clean` nothing is filed; `clean` stands in for
    the two, and they for `clean`.
    """
    found = confirmed_affair(site)
    for role, who in product(ROLES, WITH_POSTS):
        site.do("admin", "appoint_officer", officer=who, officer_name="某", post=role, role=role,
                organisation="411603", township=TOWNSHIP, village=VILLAGE, from_on="2021-02-01",
                resident_id=OF_PERSON.get(who) or officer_number(who))  # fmt: skip
    for number in (CHILD, OTHER_CHILD):
        site.do("admin", "file_close_relative", officer="kin", resident_id=number, kinship="CHILD")
    for way in WAYS:
        if way.acting_for is not None:
            site.do("admin", "record_delegation", delegator=way.acting_for, delegate=way.officer,
                    from_on="2024-03-01", to_on="2024-12-31", reason="外出")  # fmt: skip
    return found


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.officer}-{way.acting_for}")
@doors
def test_nobody_acts_for_their_own_or_a_relatives_household(
    service: str, row: Competence, way: Way, site: TrialSite, affair: Affair
) -> None:
    """Denied, and the denial is recorded under who tried, for the case meant."""
    answer = site.give(way.officer, row.name, acting_for=way.acting_for, **affair.payload(row))

    assert ("denied", "CLOSE_RELATIVE") == (answer.outcome, answer.code)
    expected = way.officer, row.name, "CLOSE_RELATIVE", True, affair.case
    assert expected == recorded(site, service, answer)


@doors
def test_an_officer_of_whom_nothing_is_filed_is_not_kept_away(
    service: str, row: Competence, site: TrialSite, affair: Affair
) -> None:
    """The walk above is denied for the tie alone, not for the post."""
    del service
    answer = site.give("clean", row.name, **affair.payload(row))

    assert "denied" != answer.outcome, answer


@pytest.mark.parametrize("way", KIN_WAYS, ids=lambda way: f"{way.officer}-{way.acting_for}")
@pytest.mark.parametrize("name", BEGINS)
def test_nobody_begins_anything_for_a_relative(
    name: str, way: Way, site: TrialSite, affair: Affair
) -> None:
    """The persons that the command names count before there is a case."""
    [row] = [row for _, row in DOORS if row.name == name]
    payload = affair.payload(row) | BEGINS[name]
    answer = site.give(way.officer, name, acting_for=way.acting_for, **payload)

    assert ("denied", "CLOSE_RELATIVE") == (answer.outcome, answer.code)


@pytest.mark.usefixtures("affair")
def test_nobody_takes_in_their_own_application(site: TrialSite) -> None:
    """An officer in difficulty applies at a colleague's desk."""
    answer = site.give("newcomer", "submit_application", **BEGINS["submit_application"])

    assert ("denied", "CLOSE_RELATIVE") == (answer.outcome, answer.code)


def test_every_command_that_names_a_household_is_walked() -> None:
    """A command stands in the one list or in the other."""
    without = {
        row.name
        for _, row in DOORS
        if row.schema and {"case", "household"}.isdisjoint(payload_for(row.schema))
    }

    assert {*ABOUT_NO_HOUSEHOLD, *BEGINS} == without
