"""Requests of the survey ⇄ commands."""

from services.review import commands as c
from services.review.domain.investigators import WAYS
from services.review.domain.visit import UNSIGNED_REASONS
from services.review.schemas.evidence import EvidenceFileSchema
from services.review.schemas.parts import CaseSchema, Number
from shared.facts.review import VisitForm
from shared.fields import Choice, Code, CommandSchema, Day, Fen, Flag, Part, Parts

VISITORS_MAX = 10
PHOTOS_MAX = 30


class VisitFormSchema(CommandSchema):
    makes = VisitForm
    way = Choice(WAYS, required=True)
    signed_by_visitors = Parts(Code(), VISITORS_MAX, required=True)
    unsigned_reason = Choice(UNSIGNED_REASONS, load_default=None, allow_none=True)
    photos = Parts(Part(EvidenceFileSchema), PHOTOS_MAX, least=0, load_default=())


class RecordHouseholdVisitSchema(CaseSchema):
    makes = c.RecordHouseholdVisit
    visitors = Parts(Code(), VISITORS_MAX, required=True)
    visited_on = Day(required=True)
    signed_by_member = Flag(required=True)
    members_count = Number(required=True)
    monthly_income_fen = Fen(required=True)
    property_fen = Fen(required=True)
    form = Part(VisitFormSchema, required=True)
