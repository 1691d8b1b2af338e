"""Requests of the verification against the registers ⇄ commands."""

from services.review import commands as c
from services.review.domain.mismatch import TELL_WAYS, TOLD_TO
from services.review.domain.verification import ABSENCE_REASONS, REGISTERS, RESULTS
from services.review.schemas.evidence import EvidenceFileSchema
from services.review.schemas.parts import CaseSchema
from shared.facts.review import RegisterAnswer
from shared.fields import Choice, CommandSchema, Day, Fen, Part, Parts, Text

FILES_MAX = 30


class RequestVerificationSchema(CaseSchema):
    makes = c.RequestVerification
    registers = Parts(Choice(REGISTERS), len(REGISTERS), load_default=None, allow_none=True)


class RegisterAnswerSchema(CommandSchema):
    makes = RegisterAnswer
    register = Choice(REGISTERS, required=True)
    result = Choice(RESULTS, required=True)
    found_fen = Fen(load_default=None, allow_none=True)


class ReportVerificationSchema(CaseSchema):
    makes = c.ReportVerification
    monthly_income_fen = Fen(required=True)
    property_fen = Fen(required=True)
    items = Parts(Part(RegisterAnswerSchema), len(REGISTERS), least=0, required=True)


class RecordVerificationAbsenceSchema(CaseSchema):
    makes = c.RecordVerificationAbsence
    reason = Choice(ABSENCE_REASONS, required=True)


class TellMismatchSchema(CaseSchema):
    makes = c.TellMismatch
    told_to = Choice(TOLD_TO, required=True)
    way = Choice(TELL_WAYS, required=True)
    told_on = Day(required=True)


class DisputeVerificationSchema(CaseSchema):
    makes = c.DisputeVerification
    evidence = Parts(Part(EvidenceFileSchema), FILES_MAX, required=True)
    text = Text(1_000, required=True)
