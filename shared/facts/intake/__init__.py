"""Facts of intake (受理): from an application to its acceptance, or its other ends."""

from shared.facts.intake.acceptance import (
    ApplicationAccepted,
    ApplicationNotAccepted,
    RelativeRegistered,
)
from shared.facts.intake.application import (
    ApplicationSubmitted,
    AppliedByProxy,
    Claim,
    ConditionClaimed,
    Household,
    MaterialsSupplemented,
    NamedProxy,
    RelatedOfficer,
    SupplementRequested,
    SuppliedPayee,
)
from shared.facts.intake.ending import ApplicationDecided, ApplicationWithdrawn, MemberDied
from shared.facts.intake.informing import HouseholdInformed

__all__ = [
    "ApplicationAccepted",
    "ApplicationDecided",
    "ApplicationNotAccepted",
    "ApplicationSubmitted",
    "ApplicationWithdrawn",
    "AppliedByProxy",
    "Claim",
    "ConditionClaimed",
    "Household",
    "HouseholdInformed",
    "MaterialsSupplemented",
    "MemberDied",
    "NamedProxy",
    "RelatedOfficer",
    "RelativeRegistered",
    "SupplementRequested",
    "SuppliedPayee",
]
