"""Requests ⇄ commands, strict, with messages an officer understands."""

from services.intake.commands import (
    AcceptApplication,
    Account,
    Person,
    Proxy,
    RecordInformed,
    RefuseAcceptance,
    RelatedOfficer,
    ReportMemberDeath,
    RequestSupplement,
    SubmitApplication,
    SupplyMaterials,
    WithdrawApplication,
)
from services.intake.domain.materials import Material
from shared.facts.words import (
    AloneGround,
    Applies,
    Condition,
    InformingWay,
    Kinship,
    ProxyKind,
    RelatedPost,
    Withdrawal,
)
from shared.fields import (
    Choice,
    Code,
    CommandSchema,
    Day,
    Digest,
    Fen,
    Flag,
    Part,
    Parts,
    Remark,
    Text,
)

PROGRAMMES = ("SUBSISTENCE_ALLOWANCE",)
CATEGORIES = ("RURAL", "URBAN")
RELATIONS = (
    "HEAD", "SPOUSE", "CHILD", "PARENT", "GRANDPARENT", "GRANDCHILD", "SIBLING",
    "CHILD_IN_LAW", "PARENT_IN_LAW", "OTHER",
)  # fmt: skip
REASONS = ("MATERIALS_NOT_SUPPLIED", "REGISTERED_ELSEWHERE", "NOT_A_HOUSEHOLD")
MEMBERS_MAX = 30
RELATED_MAX = 20


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


class RecordInformedSchema(CommandSchema):
    makes = RecordInformed
    township = Code(required=True)
    village = Remark(40, required=True)
    name = Text(30, required=True)
    resident_id = Text(24, required=True)
    way = Choice(InformingWay, required=True)
    informed_on = Day(required=True)


class ProxySchema(CommandSchema):
    makes = Proxy
    kind = Choice(ProxyKind, required=True)
    name = Text(60, required=True)
    resident_id = Text(24, allow_none=True)
    authorised_on = Day(allow_none=True)
    authorisation_sha256 = Digest(allow_none=True)


class RelatedOfficerSchema(CommandSchema):
    makes = RelatedOfficer
    resident_id = Text(24, required=True)
    kinship = Choice(Kinship, required=True)
    post = Choice(RelatedPost, required=True)
    officer = Code(allow_none=True)


class MaterialsSchema(CommandSchema):
    """What came, and what is promised in writing instead."""

    signed_authorisation = Flag()
    honesty_statement = Flag()
    monthly_income_fen = Fen(allow_none=True)
    property_fen = Fen(allow_none=True)
    account = Part(AccountSchema, allow_none=True)
    identity_documents = Flag()
    condition_proof = Flag()
    obligor_authorisation = Flag()
    promised = Parts(Choice(Material), len(Material), least=0)


class SubmitApplicationSchema(MaterialsSchema):
    makes = SubmitApplication
    township = Code(required=True)
    village = Remark(40, required=True)
    programme = Choice(PROGRAMMES, required=True)
    category = Choice(CATEGORIES, required=True)
    members = Parts(Part(PersonSchema), MEMBERS_MAX, required=True)
    applied_on = Day(required=True)
    source = Choice(("COUNTER", "SHEET", "ONLINE"), required=True)
    phone = Text(30, allow_none=True)
    address = Text(100, allow_none=True)
    applicant = Text(24, allow_none=True)
    proxy = Part(ProxySchema, allow_none=True)
    applies = Choice(Applies)
    alone_ground = Choice(AloneGround, allow_none=True)
    conditions = Parts(Choice(Condition), len(Condition), least=0)
    registered_here = Flag()
    residence_elsewhere = Flag()
    applied_elsewhere = Flag()
    related_officers = Parts(Part(RelatedOfficerSchema), RELATED_MAX, least=0)


class CaseSchema(CommandSchema):
    case = Code(required=True)


class RequestSupplementSchema(CaseSchema):
    makes = RequestSupplement


class SupplyMaterialsSchema(MaterialsSchema, CaseSchema):
    makes = SupplyMaterials


class AcceptApplicationSchema(CaseSchema):
    makes = AcceptApplication


class RefuseAcceptanceSchema(CaseSchema):
    makes = RefuseAcceptance
    reasons = Parts(Choice(REASONS), len(REASONS), required=True)


class WithdrawApplicationSchema(CaseSchema):
    makes = WithdrawApplication
    reason = Remark(200, required=True)
    kind = Choice(Withdrawal)
    happened_on = Day(allow_none=True)


class ReportMemberDeathSchema(CaseSchema):
    makes = ReportMemberDeath
    resident_id = Text(24, required=True)
    died_on = Day(required=True)
    applicant = Text(24, allow_none=True)
    account = Part(AccountSchema, allow_none=True)
