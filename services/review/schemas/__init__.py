"""Requests ⇄ commands, strict, with messages an officer understands."""

from services.review.schemas.aftermath import (
    FileCardKeepingSchema,
    IssueCertificateSchema,
    PublishAnnouncementSchema,
    RecordNonCooperationSchema,
    TakeDownAnnouncementSchema,
    TerminateProcedureSchema,
)
from services.review.schemas.decision import (
    ConfirmEligibilitySchema,
    DeclineEligibilitySchema,
    ServeWrittenNoticeSchema,
    TerminateAllowanceSchema,
)
from services.review.schemas.evidence import Bytes, EvidenceFileSchema
from services.review.schemas.means import RecordMeansSchema
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
    VisitFormSchema,
)

__all__ = [
    "AnswerObjectionSchema",
    "Bytes",
    "CaseSchema",
    "ClosePublicNoticeSchema",
    "ConfirmEligibilitySchema",
    "DeclineEligibilitySchema",
    "EvidenceFileSchema",
    "FileCardKeepingSchema",
    "GivePreliminaryOpinionSchema",
    "IssueCertificateSchema",
    "Number",
    "PostPublicNoticeSchema",
    "PublishAnnouncementSchema",
    "RaiseObjectionSchema",
    "RecordHouseholdVisitSchema",
    "RecordMeansSchema",
    "RecordNonCooperationSchema",
    "ReportVerificationSchema",
    "RequestVerificationSchema",
    "ServeWrittenNoticeSchema",
    "TakeDownAnnouncementSchema",
    "TerminateAllowanceSchema",
    "TerminateProcedureSchema",
    "VisitFormSchema",
]
