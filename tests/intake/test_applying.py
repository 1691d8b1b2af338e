"""Who applies, where, for whom, and what the one list asks for (57号 Art 4–6, 8–10)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.intake.commands import AcceptApplication, Proxy, RequestSupplement, SupplyMaterials
from services.intake.domain.application import APPLICATION
from services.intake.domain.finding import Found
from services.intake.domain.materials import Material, demanded
from services.intake.refusals import (
    AloneWithoutGround,
    ApplicantNotHead,
    ApplicantNotMember,
    MaterialsMissing,
    PromiseNotAllowed,
    ProxyNotAuthorised,
    ProxyUnknown,
    RegisteredElsewhere,
)
from shared.context import Context
from shared.facts.intake import (
    AppliedByProxy,
    Claim,
    ConditionClaimed,
    MaterialsSupplemented,
    NamedProxy,
    SupplementRequested,
)
from shared.policy.model import Policy
from shared.policy.pack import DatedValue
from shared.refusal import Refusal
from shared.testing.decisions import context, given
from tests.intake.samples import (
    ACCEPTED,
    ALL,
    APPLY,
    BARELY,
    CASE,
    CHILD_ID,
    NOW,
    OTHER_ID,
    SUBMITTED,
    TODAY,
)

PAPER = "0f" * 32
COMMITTEE = Proxy("VILLAGE_COMMITTEE", "王庄村村民委员会", None, date(2024, 3, 1), PAPER)
FRIEND = Proxy("OTHER_PERSON", "钱某", OTHER_ID, date(2024, 2, 29), PAPER)
CLAIMED = ConditionClaimed(CASE, Claim("ALONE_VERGE_SERIOUS_ILLNESS", ("SERIOUS_ILLNESS",)))


def ruled(**values: Any) -> Context:
    """NOW, with other values of some parameters: `materials__obligor_authorisation=True`."""
    packs = []
    for pack in NOW.policy.packs:
        changed = {
            name: replace(history, values=tuple(_with(one, values[key]) for one in history.values))
            for name, history in pack.parameters.items()
            if (key := name.replace(".", "__")) in values
        }
        packs.append(replace(pack, parameters={**pack.parameters, **changed}))
    return replace(NOW, policy=Policy(tuple(packs), f"changed {sorted(values.items())}"))


def _with(dated: DatedValue, value: Any) -> DatedValue:
    return replace(dated, value=value)


def test_any_member_whom_the_household_chose_may_apply() -> None:
    """57号 Art 4; the household keeps its head's number."""
    chosen = replace(APPLY, applicant=CHILD_ID)
    personal = replace(SUBMITTED.personal, applicant_name="赵小麦") if SUBMITTED.personal else None
    expected = replace(SUBMITTED, applicant="p-050010", personal=personal)
    given().when(APPLICATION, chosen, NOW).then(expected)


def test_who_isn_t_of_the_household_can_t_be_its_applicant() -> None:
    """57号 Art 4: a member who lives with them."""
    stranger = replace(APPLY, applicant=OTHER_ID)
    given().when(APPLICATION, stranger, NOW).then_refused(ApplicantNotMember)


def test_under_the_old_measures_the_head_applies() -> None:
    """220号 Art 9: 户主或者其代理人以户主的名义."""
    then = context("2021-06-30", command_id="c-1")
    chosen = replace(APPLY, applicant=CHILD_ID, applied_on=date(2021, 6, 30))
    given().when(APPLICATION, chosen, then).then_refused(ApplicantNotHead)
    next_day = context("2021-07-01", command_id="c-1")
    assert given().when(APPLICATION, chosen, next_day).facts


@pytest.mark.parametrize("proxy", [COMMITTEE, FRIEND], ids=lambda proxy: proxy.kind)
def test_an_authorised_proxy_applies_in_the_household_s_place(proxy: Proxy) -> None:
    """57号 Art 6: who, since when, by what paper; the name stays sealed."""
    assert proxy.authorised_on
    sealed = NamedProxy(proxy.name, proxy.resident_id)
    expected = AppliedByProxy(CASE, proxy.kind, proxy.authorised_on, PAPER, sealed)
    given().when(APPLICATION, replace(APPLY, proxy=proxy), NOW).then(SUBMITTED, expected)


@pytest.mark.parametrize(("proxy", "person"), [(COMMITTEE, None), (FRIEND, "p-030011")])
def test_review_is_told_who_the_proxy_is_where_it_is_known(
    proxy: Proxy, person: str | None
) -> None:
    """As a pseudonym, so that an officer who applied for a household stays out of its case."""
    sealed = NamedProxy(proxy.name, proxy.resident_id)
    applied = AppliedByProxy(CASE, proxy.kind, date(2024, 3, 1), PAPER, sealed)
    accepted = replace(ACCEPTED, proxy=person)
    given(SUBMITTED, applied).when(APPLICATION, AcceptApplication(CASE), NOW).then(accepted)
    erased = replace(ACCEPTED, proxy=None)
    forgotten = given(SUBMITTED, replace(applied, personal=None))
    forgotten.when(APPLICATION, AcceptApplication(CASE), NOW).then(erased)


@pytest.mark.parametrize(
    ("proxy", "refusal"),
    [
        (replace(COMMITTEE, authorisation_sha256=None), ProxyNotAuthorised),
        (replace(FRIEND, authorised_on=None), ProxyNotAuthorised),
        (replace(FRIEND, authorised_on=date(2024, 3, 2)), ProxyNotAuthorised),
        (replace(FRIEND, resident_id=None), ProxyUnknown),
    ],
)
def test_nobody_applies_for_others_without_their_authorisation(
    proxy: Proxy, refusal: type[Refusal]
) -> None:
    """No paper, no day, a day after the application; another person is known by number."""
    given().when(APPLICATION, replace(APPLY, proxy=proxy), NOW).then_refused(refusal)


def test_who_applies_alone_says_on_what_ground() -> None:
    """57号 Art 8; the ground tells of health, so it stays sealed."""
    alone = replace(
        APPLY,
        applies="ALONE",
        alone_ground="ALONE_VERGE_SERIOUS_ILLNESS",
        conditions=("SERIOUS_ILLNESS",),
    )
    outcome = given().when(APPLICATION, alone, NOW)
    outcome.then(replace(SUBMITTED, applies="ALONE"), CLAIMED)


@pytest.mark.parametrize(("applies", "ground"), [("ALONE", None), ("FAMILY", "ALONE_DESIGNATED")])
def test_a_ground_and_applying_alone_go_together(applies: str, ground: str | None) -> None:
    """Neither stands without the other."""
    command = replace(APPLY, applies=applies, alone_ground=ground)
    given().when(APPLICATION, command, NOW).then_refused(AloneWithoutGround)


def test_a_claimed_condition_puts_its_proof_on_the_list() -> None:
    """With everything else, at once; then the proof completes it (57号 Art 10)."""
    told = SupplementRequested(CASE, (*ALL, "CONDITION_PROOF"), TODAY)
    given(BARELY, CLAIMED).when(APPLICATION, RequestSupplement(CASE), NOW).then(told)
    past = given(SUBMITTED, CLAIMED)
    past.when(APPLICATION, AcceptApplication(CASE), NOW).then_refused(MaterialsMissing)
    brought = SupplyMaterials(CASE, condition_proof=True)
    came = MaterialsSupplemented(CASE, ("CONDITION_PROOF",), None, None, TODAY, None)
    past.when(APPLICATION, brought, NOW).then(came)
    given(SUBMITTED, CLAIMED, came).when(APPLICATION, AcceptApplication(CASE), NOW).then(ACCEPTED)


def test_a_written_promise_stands_for_a_proof_where_policy_lets_it() -> None:
    """告知承诺, 83号 一(二): from 2022-10-20, at the application or later."""
    promise = SupplyMaterials(CASE, promised=("CONDITION_PROOF",))
    given_ = MaterialsSupplemented(CASE, (), None, None, TODAY, None, ("CONDITION_PROOF",))
    given(SUBMITTED, CLAIMED).when(APPLICATION, promise, NOW).then(given_)
    complete = given(SUBMITTED, CLAIMED, given_)
    complete.when(APPLICATION, AcceptApplication(CASE), NOW).then(ACCEPTED)
    before = context("2022-10-19", command_id="c-1")
    given(SUBMITTED, CLAIMED).when(APPLICATION, promise, before).then_refused(PromiseNotAllowed)


def test_no_promise_stands_for_the_authorisation_to_verify() -> None:
    """57号 Art 9(3): the signature itself."""
    command = replace(APPLY, signed_authorisation=False, promised=("AUTHORISATION",))
    given().when(APPLICATION, command, NOW).then_refused(PromiseNotAllowed)


def test_what_a_platform_supplies_is_never_asked_for() -> None:
    """57号 Art 10; 220号 Art 13 still asked for it."""
    new, old = (NOW.rules(day, None) for day in (date(2021, 7, 1), date(2021, 6, 30)))
    assert Material.IDENTITY not in demanded(new, condition_claimed=True)
    assert Material.IDENTITY in demanded(old, condition_claimed=True)


def test_the_obligors_sign_only_where_policy_asks() -> None:
    """57号 Art 9(3) names the members alone."""
    asking = ruled(materials__obligor_authorisation=True)
    told = SupplementRequested(CASE, ("OBLIGOR_AUTHORISATION",), TODAY)
    given(SUBMITTED).when(APPLICATION, RequestSupplement(CASE), asking).then(told)


def test_what_the_list_did_not_name_is_not_asked_for_afterwards() -> None:
    """One list, once: a rule that comes later adds nothing to it (57号 Art 10)."""
    asking = ruled(materials__obligor_authorisation=True)
    asked = SupplementRequested(CASE, ("PROPERTY",), TODAY)
    past = given(SUBMITTED, asked)
    past.when(APPLICATION, AcceptApplication(CASE), asking).then(ACCEPTED)


def test_where_a_household_lives_and_is_registered_goes_to_review() -> None:
    """人户分离: a reason to extend the limit later (83号 四(一))."""
    submitted = replace(SUBMITTED, residence_elsewhere=True)
    given().when(APPLICATION, replace(APPLY, residence_elsewhere=True), NOW).then(submitted)
    accepted = replace(ACCEPTED, residence_elsewhere=True)
    given(submitted).when(APPLICATION, AcceptApplication(CASE), NOW).then(accepted)


def test_a_household_registered_elsewhere_is_not_accepted_here() -> None:
    """57号 Art 4, 5; at the place of residence only where policy allows it."""
    away = replace(SUBMITTED, registered_here=False)
    guest = replace(away, applied_elsewhere=True)
    for past in (away, guest):
        outcome = given(past).when(APPLICATION, AcceptApplication(CASE), NOW)
        outcome.then_refused(RegisteredElsewhere)
    allowing = ruled(application__at_residence=True)
    accept = AcceptApplication(CASE)
    given(guest).when(APPLICATION, accept, allowing).then(replace(ACCEPTED, applied_elsewhere=True))
    given(away).when(APPLICATION, accept, allowing).then_refused(RegisteredElsewhere)


def test_earlier_informings_are_linked_to_the_application() -> None:
    """57号 Art 6: whom the township told, and who then applied."""
    found = Found(informed=("informed-1",))
    outcome = given().when(APPLICATION, APPLY, replace(NOW, gathered=found))
    outcome.then(replace(SUBMITTED, informed=("informed-1",)))
