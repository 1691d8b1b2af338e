"""A head with a grown child applies in March 2024: commands, facts and people for these tests."""

from dataclasses import replace
from datetime import date

from services.intake.commands import Account, Person, SubmitApplication, SupplyMaterials
from services.intake.domain.application import case_id
from services.intake.domain.materials import demanded
from shared.facts.intake import (
    ApplicationAccepted,
    ApplicationDecided,
    ApplicationNotAccepted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    Household,
    MaterialsSupplemented,
    SupplementRequested,
    SuppliedPayee,
)
from shared.facts.people import Member, NamedMember, Payee
from shared.identity import named_id
from shared.testing.decisions import context

NOW = context("2024-03-04", command_id="c-1")
TODAY = date(2024, 3, 4)
HEAD_ID, CHILD_ID, OTHER_ID = "999999195001010018", "999999198005050010", "999999197003030011"
HEAD, CHILD = Person("赵德厚", "HEAD", HEAD_ID), Person("赵小麦", "CHILD", CHILD_ID)
ACCOUNT = Account("赵德厚", HEAD_ID, "农商银行", "6299990000000000017")
CASE = case_id(NOW)
ALL = demanded(NOW.rules(NOW.today, "411603101"), condition_claimed=False)

APPLY = SubmitApplication(
    "411603101", "王庄村", "SUBSISTENCE_ALLOWANCE", "RURAL", (HEAD, CHILD), date(2024, 3, 1),
    "COUNTER", True, True, 60_000, 0, ACCOUNT, "15400000001", "王庄村七组",
)  # fmt: skip
BARE = replace(APPLY, signed_authorisation=False, honesty_statement=False, monthly_income_fen=None,
               property_fen=None, account=None)  # fmt: skip
PAYEE = Payee("赵德厚", HEAD_ID, "农商银行", "6299990000000000017")
NAMED = (
    NamedMember("p-010018", "赵德厚", HEAD_ID),
    NamedMember("p-050010", "赵小麦", CHILD_ID),
)
SUBMITTED = ApplicationSubmitted(
    case=CASE,
    household=named_id("hh", "p-010018"),
    programme="SUBSISTENCE_ALLOWANCE",
    category="RURAL",
    township="411603101",
    village="王庄村",
    applicant="p-010018",
    members=(Member("p-010018", "HEAD"), Member("p-050010", "CHILD")),
    monthly_income_fen=60_000,
    property_fen=0,
    materials=ALL,
    submitted_on=date(2024, 3, 1),
    source="COUNTER",
    personal=Household("赵德厚", NAMED, "15400000001", "王庄村七组", PAYEE),
)
BARELY = replace(
    SUBMITTED,
    monthly_income_fen=None,
    property_fen=None,
    materials=(),
    personal=Household("赵德厚", NAMED, "15400000001", "王庄村七组", None),
)
ASKED = SupplementRequested(CASE, ALL, TODAY)
SUPPLIED = MaterialsSupplemented(CASE, ALL, 50_000, 100, TODAY, SuppliedPayee(PAYEE))
ACCEPTED = ApplicationAccepted(
    CASE, SUBMITTED.household, "SUBSISTENCE_ALLOWANCE", "RURAL", "411603101", "王庄村", "p-010018",
    SUBMITTED.members, 60_000, 0, TODAY, SUBMITTED.personal,
    notice_number="411603101-2024-" + CASE.removeprefix("case-")[:12],
)  # fmt: skip
NOT_ACCEPTED = ApplicationNotAccepted(CASE, ("NOT_A_HOUSEHOLD",), TODAY)
WITHDRAWN = ApplicationWithdrawn(CASE, "自愿", TODAY, "WITHDRAWN", TODAY)
SUPPLY = SupplyMaterials(CASE, True, True, 50_000, 100, ACCOUNT)


def decided(outcome: str) -> ApplicationDecided:
    return ApplicationDecided(CASE, outcome, TODAY)
