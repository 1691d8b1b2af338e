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
    TerminateByBureauSchema,
)
from services.review.schemas.evidence import Bytes, EvidenceFileSchema
from services.review.schemas.inquiry import (
    RecordLetterAnswerSchema,
    RecordNeighbourInquirySchema,
    SendEvidenceLetterSchema,
)
from services.review.schemas.means import RecordMeansSchema
from services.review.schemas.opinion import (
    AnswerObjectionSchema,
    ClosePublicNoticeSchema,
    GivePreliminaryOpinionSchema,
    PostPublicNoticeSchema,
    RaiseObjectionSchema,
)
from services.review.schemas.oversight import (
    AnswerComplaintByBureauSchema,
    AnswerComplaintSchema,
    ConfirmByBureauSchema,
    DeclineByBureauSchema,
    ExtendLimitSchema,
    GiveBureauOpinionSchema,
    ReceiveComplaintByBureauSchema,
    ReceiveComplaintSchema,
    RecordAppraisalSchema,
    RecordBureauVisitSchema,
    SendFileUpSchema,
)
from services.review.schemas.parts import CaseSchema, Count, Number
from services.review.schemas.survey import (
    RecordHouseholdVisitSchema,
    VisitFormSchema,
)
from services.review.schemas.verification import (
    DisputeVerificationSchema,
    RecordVerificationAbsenceSchema,
    ReportVerificationSchema,
    RequestVerificationSchema,
    TellMismatchSchema,
)

__all__ = [
    "AnswerComplaintByBureauSchema",
    "AnswerComplaintSchema",
    "AnswerObjectionSchema",
    "Bytes",
    "CaseSchema",
    "ClosePublicNoticeSchema",
    "ConfirmByBureauSchema",
    "ConfirmEligibilitySchema",
    "Count",
    "DeclineByBureauSchema",
    "DeclineEligibilitySchema",
    "DisputeVerificationSchema",
    "EvidenceFileSchema",
    "ExtendLimitSchema",
    "FileCardKeepingSchema",
    "GiveBureauOpinionSchema",
    "GivePreliminaryOpinionSchema",
    "IssueCertificateSchema",
    "Number",
    "PostPublicNoticeSchema",
    "PublishAnnouncementSchema",
    "RaiseObjectionSchema",
    "ReceiveComplaintByBureauSchema",
    "ReceiveComplaintSchema",
    "RecordAppraisalSchema",
    "RecordBureauVisitSchema",
    "RecordHouseholdVisitSchema",
    "RecordLetterAnswerSchema",
    "RecordMeansSchema",
    "RecordNeighbourInquirySchema",
    "RecordNonCooperationSchema",
    "RecordVerificationAbsenceSchema",
    "ReportVerificationSchema",
    "RequestVerificationSchema",
    "SendEvidenceLetterSchema",
    "SendFileUpSchema",
    "ServeWrittenNoticeSchema",
    "TakeDownAnnouncementSchema",
    "TellMismatchSchema",
    "TerminateAllowanceSchema",
    "TerminateByBureauSchema",
    "TerminateProcedureSchema",
    "VisitFormSchema",
]
