"""Requests of inquiries among neighbours and by letter ⇄ commands."""

from services.review import commands as c
from services.review.domain.inquiry import FINDINGS
from services.review.domain.investigators import WAYS
from services.review.domain.verification import INCOME, PROPERTY, REGISTERS
from services.review.schemas.evidence import EvidenceFileSchema
from services.review.schemas.parts import CaseSchema, Number
from services.review.schemas.survey import VISITORS_MAX
from services.review.schemas.verification import FILES_MAX
from shared.fields import Choice, Code, Day, Part, Parts, Remark, Text

SUBJECTS = (INCOME, PROPERTY, *REGISTERS)


class RecordNeighbourInquirySchema(CaseSchema):
    makes = c.RecordNeighbourInquiry
    visitors = Parts(Code(), VISITORS_MAX, required=True)
    visited_on = Day(required=True)
    way = Choice(WAYS, required=True)
    asked_count = Number(required=True)
    finding = Choice(FINDINGS, required=True)
    text = Text(1_000, required=True)


class SendEvidenceLetterSchema(CaseSchema):
    makes = c.SendEvidenceLetter
    organisation = Remark(60, required=True)
    subjects = Parts(Choice(SUBJECTS), len(SUBJECTS), required=True)
    reply_by = Day(required=True)


class RecordLetterAnswerSchema(CaseSchema):
    makes = c.RecordLetterAnswer
    letter = Number(required=True)
    finding = Choice(FINDINGS, required=True)
    text = Text(1_000, required=True)
    files = Parts(Part(EvidenceFileSchema), FILES_MAX, least=0, load_default=())
