"""What may be asked of review."""

from typing import TypeAlias

from services.review.commands.aftermath import (
    FileCardKeeping,
    IssueCertificate,
    PublishAnnouncement,
    RecordNonCooperation,
    TakeDownAnnouncement,
    TerminateProcedure,
)
from services.review.commands.case import ChangeHousehold, CloseCase, OpenCase
from services.review.commands.deadline import NoteMissedDeadline
from services.review.commands.decision import (
    ConfirmEligibility,
    DeclineEligibility,
    ServeWrittenNotice,
    TerminateAllowance,
    TerminateByBureau,
)
from services.review.commands.inquiry import (
    RecordLetterAnswer,
    RecordNeighbourInquiry,
    SendEvidenceLetter,
)
from services.review.commands.means import HouseholdMeans, RecordMeans, TheirAsset, TheirMeans
from services.review.commands.opinion import (
    AnswerObjection,
    ClosePublicNotice,
    GivePreliminaryOpinion,
    PostPublicNotice,
    RaiseObjection,
)
from services.review.commands.oversight import (
    AnswerComplaint,
    AnswerComplaintByBureau,
    ConfirmByBureau,
    DeclineByBureau,
    ExtendLimit,
    GiveBureauOpinion,
    ReceiveComplaint,
    ReceiveComplaintByBureau,
    RecordAppraisal,
    RecordBureauVisit,
    SendFileUp,
)
from services.review.commands.survey import (
    RecordHouseholdVisit,
)
from services.review.commands.verification import (
    DisputeVerification,
    RecordVerificationAbsence,
    ReportVerification,
    RequestVerification,
    TellMismatch,
)

Command: TypeAlias = (
    OpenCase
    | ChangeHousehold
    | CloseCase
    | RecordHouseholdVisit
    | RecordMeans
    | RequestVerification
    | ReportVerification
    | RecordVerificationAbsence
    | TellMismatch
    | DisputeVerification
    | RecordNeighbourInquiry
    | SendEvidenceLetter
    | RecordLetterAnswer
    | GivePreliminaryOpinion
    | PostPublicNotice
    | RaiseObjection
    | AnswerObjection
    | ClosePublicNotice
    | RecordAppraisal
    | ReceiveComplaint
    | ReceiveComplaintByBureau
    | AnswerComplaint
    | AnswerComplaintByBureau
    | RecordBureauVisit
    | SendFileUp
    | GiveBureauOpinion
    | ExtendLimit
    | ConfirmByBureau
    | DeclineByBureau
    | ConfirmEligibility
    | DeclineEligibility
    | ServeWrittenNotice
    | TerminateAllowance
    | TerminateByBureau
    | IssueCertificate
    | PublishAnnouncement
    | TakeDownAnnouncement
    | FileCardKeeping
    | RecordNonCooperation
    | TerminateProcedure
    | NoteMissedDeadline
)

__all__ = [
    "AnswerComplaint",
    "AnswerComplaintByBureau",
    "AnswerObjection",
    "ChangeHousehold",
    "CloseCase",
    "ClosePublicNotice",
    "Command",
    "ConfirmByBureau",
    "ConfirmEligibility",
    "DeclineByBureau",
    "DeclineEligibility",
    "DisputeVerification",
    "ExtendLimit",
    "FileCardKeeping",
    "GiveBureauOpinion",
    "GivePreliminaryOpinion",
    "HouseholdMeans",
    "IssueCertificate",
    "NoteMissedDeadline",
    "OpenCase",
    "PostPublicNotice",
    "PublishAnnouncement",
    "RaiseObjection",
    "ReceiveComplaint",
    "ReceiveComplaintByBureau",
    "RecordAppraisal",
    "RecordBureauVisit",
    "RecordHouseholdVisit",
    "RecordLetterAnswer",
    "RecordMeans",
    "RecordNeighbourInquiry",
    "RecordNonCooperation",
    "RecordVerificationAbsence",
    "ReportVerification",
    "RequestVerification",
    "SendEvidenceLetter",
    "SendFileUp",
    "ServeWrittenNotice",
    "TakeDownAnnouncement",
    "TellMismatch",
    "TerminateAllowance",
    "TerminateByBureau",
    "TerminateProcedure",
    "TheirAsset",
    "TheirMeans",
]
