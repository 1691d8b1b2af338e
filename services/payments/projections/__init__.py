"""Payments' own facts → rows. Replaying the log gives the same rows."""

from services.payments.projections.entitlements import ENTITLEMENT_PROJECTIONS
from services.payments.projections.payments import PAYMENT_PROJECTIONS
from services.payments.projections.rosters import ROSTER_PROJECTIONS
from shared.decider import Projection
from shared.facts.base import Fact

PROJECTIONS: dict[type[Fact], Projection] = {
    **ENTITLEMENT_PROJECTIONS,
    **ROSTER_PROJECTIONS,
    **PAYMENT_PROJECTIONS,
}
