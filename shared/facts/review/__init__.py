"""Facts of review (审核确认): from an accepted application to a decision, and its end."""

from shared.facts.review.aftermath import (
    AnnouncementTakenDown,
    CardKeeper,
    CardKeepingFiled,
    CertificateIssued,
    NonCooperationRecorded,
    ProcedureTerminated,
    ResultAnnounced,
    WhatWasSaid,
)
from shared.facts.review.case import CaseClosed, CaseOpened, HouseholdChanged
from shared.facts.review.deadline import Advice, DeadlineMissed
from shared.facts.review.decision import (
    AllowanceTerminated,
    Beneficiary,
    EligibilityConfirmed,
    EligibilityDeclined,
    WrittenNoticeServed,
)
from shared.facts.review.opinion import (
    ObjectionAnswered,
    ObjectionRaised,
    Objector,
    PreliminaryOpinionGiven,
    PublicNoticeClosed,
    PublicNoticePosted,
    ReckoningStep,
    ShownName,
)
from shared.facts.review.survey import (
    HouseholdVisited,
    MeansRecorded,
    VerificationReported,
    VerificationRequested,
    VisitForm,
)

__all__ = [
    "Advice",
    "AllowanceTerminated",
    "AnnouncementTakenDown",
    "Beneficiary",
    "CardKeeper",
    "CardKeepingFiled",
    "CaseClosed",
    "CaseOpened",
    "CertificateIssued",
    "DeadlineMissed",
    "EligibilityConfirmed",
    "EligibilityDeclined",
    "HouseholdChanged",
    "HouseholdVisited",
    "MeansRecorded",
    "NonCooperationRecorded",
    "ObjectionAnswered",
    "ObjectionRaised",
    "Objector",
    "PreliminaryOpinionGiven",
    "ProcedureTerminated",
    "PublicNoticeClosed",
    "PublicNoticePosted",
    "ReckoningStep",
    "ResultAnnounced",
    "ShownName",
    "VerificationReported",
    "VerificationRequested",
    "VisitForm",
    "WhatWasSaid",
    "WrittenNoticeServed",
]
