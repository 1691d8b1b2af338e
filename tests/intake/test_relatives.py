"""The separate register of officers' relatives (57号 Art 11; 220号 Art 14; 民法典 1045)."""

from dataclasses import replace
from typing import Any

import pytest

from services.intake.commands import AcceptApplication, RelatedOfficer
from services.intake.domain.application import APPLICATION
from services.intake.domain.finding import Found, Tie
from services.intake.refusals import NoSuchOfficer, RelativeNotMember
from shared.deciding import On
from shared.envelope import About
from shared.facts import intake as f
from shared.testing.decisions import given
from tests.houses import CHILD_ID, HEAD_ID, OTHER_ID, Houses, facts_of, rows_of
from tests.intake.samples import ACCEPTED, APPLY, CASE, NOW, SUBMITTED, TODAY
from tests.numbers import officer_number

ABOUT = About(CASE, SUBMITTED.household, ("p-010018", "p-050010"), "王庄村", "411603101")
REGISTERED = f.RelativeRegistered(
    case=CASE, entry=1, person="p-050010", officer="o-9", post="VILLAGE_COMMITTEE",
    kinship="SIBLING", source="FILED", registered_on=TODAY,
    rules=NOW.rules(TODAY, "411603101").versions("relatives.circle"),
)  # fmt: skip
TIE = Tie("p-050010", "o-9", "VILLAGE_COMMITTEE", "SIBLING")
CADRE = {"officer": "cadre", "officer_name": "村某", "post": "村委会委员", "role": "VILLAGE_AIDE",
         "organisation": "王庄村", "township": "411603101", "village": "王庄村",
         "resident_id": officer_number("cadre"), "from_on": "2021-02-01"}  # fmt: skip


def entered(*entries: f.RelativeRegistered) -> list[On]:
    """The entries where they belong."""
    return [On(f"relative/{CASE}", entry, ABOUT) for entry in entries]


def declared(kinship: str, post: str = "VILLAGE_COMMITTEE") -> f.ApplicationSubmitted:
    """The child says to be that to a village cadre without an account here."""
    tie = f.RelatedOfficer("p-050010", kinship, post, None)
    return replace(SUBMITTED, related_officers=(tie,))


@pytest.mark.parametrize(
    ("kinship", "in_circle"),
    [("SIBLING", True), ("GRANDCHILD", True), ("NEPHEW_NIECE", False), ("CHILD_IN_LAW", False)],
)
def test_a_cadre_s_sister_and_grandson_are_registered_and_nephew_and_son_in_law_not(
    kinship: str, in_circle: bool
) -> None:
    """The national circle (民法典 1045) is spouse, parents, children, siblings, grandparents and
    grandchildren; a wider one would be policy.
    """
    entry = replace(REGISTERED, officer=None, kinship=kinship, source="DECLARED")
    outcome = given(declared(kinship)).when(APPLICATION, AcceptApplication(CASE), NOW)
    accepted = replace(ACCEPTED, relative_registered=in_circle)
    outcome.then(accepted, *entered(entry) * in_circle)


def test_a_relative_whom_an_officer_filed_is_registered_undeclared() -> None:
    """57号 Art 11: the township registers, whatever the household said."""
    now = replace(NOW, gathered=(TIE,))
    outcome = given(SUBMITTED).when(APPLICATION, AcceptApplication(CASE), now)
    outcome.then(replace(ACCEPTED, relative_registered=True), *entered(REGISTERED))


def test_what_is_both_filed_and_declared_is_one_entry() -> None:
    """The officer's own word counts."""
    tie = f.RelatedOfficer("p-050010", "SIBLING", "VILLAGE_COMMITTEE", "o-9")
    past = given(replace(SUBMITTED, related_officers=(tie,)))
    outcome = past.when(APPLICATION, AcceptApplication(CASE), replace(NOW, gathered=(TIE, TIE)))
    outcome.then(replace(ACCEPTED, relative_registered=True), *entered(REGISTERED))


def test_an_officer_s_own_household_is_registered() -> None:
    """Nobody is closer to the officer than the officer."""
    tie = Tie("p-010018", "o-8", "ALLOWANCE_STAFF", "SELF")
    outcome = given(SUBMITTED).when(
        APPLICATION, AcceptApplication(CASE), replace(NOW, gathered=(tie,))
    )
    entry = replace(REGISTERED, person="p-010018", officer="o-8", post="ALLOWANCE_STAFF",
                    kinship="SELF", source="SELF")  # fmt: skip
    outcome.then(replace(ACCEPTED, relative_registered=True), *entered(entry))


def test_a_declared_tie_is_a_member_s_to_somebody_known() -> None:
    """220号 Art 14: as the household says; a cadre without an account needs no number."""
    tie = RelatedOfficer(CHILD_ID, "SIBLING", "VILLAGE_COMMITTEE")
    given().when(APPLICATION, replace(APPLY, related_officers=(tie, tie)), NOW).then(
        declared("SIBLING")
    )
    stranger = replace(APPLY, related_officers=(replace(tie, resident_id=OTHER_ID),))
    given().when(APPLICATION, stranger, NOW).then_refused(RelativeNotMember)
    named = replace(APPLY, related_officers=(replace(tie, officer="o-9"),))
    given().when(APPLICATION, named, NOW).then_refused(NoSuchOfficer)
    known = replace(NOW, gathered=Found(officers=frozenset({"o-9"})))
    assert given().when(APPLICATION, named, known).facts


def test_the_register_holds_who_is_close_to_whom(houses: Houses) -> None:
    """Through the door: a cadre's filed relative, an officer in office, and nobody else."""
    houses.must("admin", "appoint_officer", **CADRE)
    houses.must("admin", "file_close_relative", officer="cadre", resident_id=CHILD_ID,
                kinship="GRANDCHILD")  # fmt: skip
    houses.settle()
    case = houses.apply()
    houses.must("worker", "accept_application", case=case)
    [entry] = rows_of(houses.intake, "relative_register")
    assert (case, 1, "411603101") == entry[:3]
    assert ("cadre", "VILLAGE_COMMITTEE", "GRANDCHILD", "FILED", "2024-03-04") == entry[4:]
    accepted = facts_of(houses.intake, f"application/{case}")[-1].fact
    assert isinstance(accepted, f.ApplicationAccepted)
    assert accepted.relative_registered
    houses.intake.rebuild()
    assert [entry] == rows_of(houses.intake, "relative_register")


@pytest.mark.parametrize(
    "change", [{"role": "FINANCE", "village": None}, {"to_on": "2024-03-03"}], ids=str
)
def test_who_has_no_hand_in_allowances_makes_nobody_a_relative(
    houses: Houses, change: dict[str, Any]
) -> None:
    """Another office's officer, or one whose post has ended (220号 Art 14)."""
    houses.must("admin", "appoint_officer", **{**CADRE, **change})
    houses.must("admin", "file_close_relative", officer="cadre", resident_id=HEAD_ID,
                kinship="CHILD")  # fmt: skip
    houses.settle()
    houses.must("worker", "accept_application", case=houses.apply())
    assert [] == rows_of(houses.intake, "relative_register")
