"""Requests ⇄ commands, strict, with messages an officer understands."""

from services.intake.commands import (
    AcceptApplication,
    Account,
    Person,
    RefuseAcceptance,
    RequestSupplement,
    SubmitApplication,
    SupplyMaterials,
    WithdrawApplication,
)
from shared.fields import Choice, Code, CommandSchema, Day, Fen, Flag, Part, Parts, Remark, Text

PROGRAMMES = ("SUBSISTENCE_ALLOWANCE",)
CATEGORIES = ("RURAL", "URBAN")
RELATIONS = (
    "HEAD", "SPOUSE", "CHILD", "PARENT", "GRANDPARENT", "GRANDCHILD", "SIBLING",
    "CHILD_IN_LAW", "PARENT_IN_LAW", "OTHER",
)  # fmt: skip
REASONS = ("MATERIALS_NOT_SUPPLIED", "REGISTERED_ELSEWHERE", "NOT_A_HOUSEHOLD")
MEMBERS_MAX = 30


class AccountSchema(CommandSchema):
    makes = Account
    holder_name = Text(30, required=True)
    holder_resident_id = Text(24, required=True)
    bank = Remark(60, required=True)
    account = Code(required=True)


class PersonSchema(CommandSchema):
    makes = Person
    name = Text(30, required=True)
    relation = Choice(RELATIONS, required=True)
    resident_id = Text(24, required=True)


class SubmitApplicationSchema(CommandSchema):
    makes = SubmitApplication
    township = Code(required=True)
    village = Remark(40, required=True)
    programme = Choice(PROGRAMMES, required=True)
    category = Choice(CATEGORIES, required=True)
    members = Parts(Part(PersonSchema), MEMBERS_MAX, required=True)
    applied_on = Day(required=True)
    source = Choice(("COUNTER", "SHEET", "ONLINE"), required=True)
    signed_authorisation = Flag()
    honesty_statement = Flag()
    monthly_income_fen = Fen(allow_none=True)
    property_fen = Fen(allow_none=True)
    account = Part(AccountSchema, allow_none=True)
    phone = Text(30, allow_none=True)
    address = Text(100, allow_none=True)


class CaseSchema(CommandSchema):
    case = Code(required=True)


class RequestSupplementSchema(CaseSchema):
    makes = RequestSupplement


class SupplyMaterialsSchema(CaseSchema):
    makes = SupplyMaterials
    signed_authorisation = Flag()
    honesty_statement = Flag()
    monthly_income_fen = Fen(allow_none=True)
    property_fen = Fen(allow_none=True)
    account = Part(AccountSchema, allow_none=True)


class AcceptApplicationSchema(CaseSchema):
    makes = AcceptApplication


class RefuseAcceptanceSchema(CaseSchema):
    makes = RefuseAcceptance
    reasons = Parts(Choice(REASONS), len(REASONS), required=True)


class WithdrawApplicationSchema(CaseSchema):
    makes = WithdrawApplication
    reason = Remark(200, required=True)
