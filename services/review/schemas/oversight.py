"""Requests of appraisal, complaints and the bureau's part ⇄ commands."""

from typing import ClassVar

from services.review import commands as c
from services.review.domain.appraisal import CONCLUSIONS, STEPS
from services.review.domain.bureau import VISIT_CONCLUSIONS
from services.review.domain.complaint import WAYS
from services.review.schemas.decision import DeclineEligibilitySchema
from services.review.schemas.parts import CaseSchema, Count, Number
from services.review.schemas.survey import VISITORS_MAX
from shared.fields import Choice, Code, Day, Flag, Parts, Text

APPRAISERS_MAX = 200
EXTENSION_REASONS = ("objection", "residence_elsewhere", "applied_elsewhere", "hard_to_investigate")


class RecordAppraisalSchema(CaseSchema):
    makes = c.RecordAppraisal
    held_on = Day(required=True)
    officers = Parts(Code(), VISITORS_MAX, required=True)
    names = Parts(Text(30), APPRAISERS_MAX, required=True)
    representatives_count = Count(required=True)
    recused_count = Count(required=True)
    for_count = Count(required=True)
    against_count = Count(required=True)
    abstained_count = Count(required=True)
    steps = Parts(Choice(STEPS), len(STEPS), required=True)
    conclusion = Choice(CONCLUSIONS, required=True)


class ReceiveComplaintSchema(CaseSchema):
    makes: ClassVar[type] = c.ReceiveComplaint
    real_name = Flag(required=True)
    text = Text(1_000, required=True)
    name = Text(30, allow_none=True)
    phone = Text(30, allow_none=True)


class ReceiveComplaintByBureauSchema(ReceiveComplaintSchema):
    makes = c.ReceiveComplaintByBureau


class AnswerComplaintSchema(CaseSchema):
    makes: ClassVar[type] = c.AnswerComplaint
    complaint = Number(required=True)
    way = Choice(WAYS, required=True)
    upheld = Flag(required=True)
    told_reporter_on = Day(allow_none=True)


class AnswerComplaintByBureauSchema(AnswerComplaintSchema):
    makes = c.AnswerComplaintByBureau


class RecordBureauVisitSchema(CaseSchema):
    makes = c.RecordBureauVisit
    visitors = Parts(Code(), VISITORS_MAX, required=True)
    visited_on = Day(required=True)
    conclusion = Choice(VISIT_CONCLUSIONS, required=True)
    text = Text(1_000, required=True)


class SendFileUpSchema(CaseSchema):
    makes = c.SendFileUp


class GiveBureauOpinionSchema(CaseSchema):
    makes = c.GiveBureauOpinion
    agrees = Flag(required=True)


class ConfirmByBureauSchema(CaseSchema):
    makes = c.ConfirmByBureau


class DeclineByBureauSchema(DeclineEligibilitySchema):
    makes = c.DeclineByBureau


class ExtendLimitSchema(CaseSchema):
    makes = c.ExtendLimit
    reason = Choice(EXTENSION_REASONS, required=True)
