"""Requests ⇄ commands, strict, with messages an officer understands."""

from services.review.schemas.decision import (
    ConfirmEligibilitySchema,
    DeclineEligibilitySchema,
    ServeWrittenNoticeSchema,
    TerminateAllowanceSchema,
)
from services.review.schemas.opinion import (
    AnswerObjectionSchema,
    ClosePublicNoticeSchema,
    GivePreliminaryOpinionSchema,
    PostPublicNoticeSchema,
    RaiseObjectionSchema,
)
from services.review.schemas.parts import CaseSchema, Number
from services.review.schemas.survey import (
    RecordHouseholdVisitSchema,
    ReportVerificationSchema,
    RequestVerificationSchema,
)

__all__ = [
    "AnswerObjectionSchema",
    "CaseSchema",
    "ClosePublicNoticeSchema",
    "ConfirmEligibilitySchema",
    "DeclineEligibilitySchema",
    "GivePreliminaryOpinionSchema",
    "Number",
    "PostPublicNoticeSchema",
    "RaiseObjectionSchema",
    "RecordHouseholdVisitSchema",
    "ReportVerificationSchema",
    "RequestVerificationSchema",
    "ServeWrittenNoticeSchema",
    "TerminateAllowanceSchema",
]
