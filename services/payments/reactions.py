"""REACTIONS: what payments does when another house says something."""

from services.payments.commands import EndEntitlement, OpenEntitlement
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction
from shared.codec import Recorded
from shared.facts.payments import Receiver
from shared.facts.review import AllowanceTerminated, Beneficiary, EligibilityConfirmed


def confirmed(recorded: Recorded[EligibilityConfirmed]) -> OpenEntitlement:
    """The household is paid from the month that review named (57号 Art 21)."""
    fact, about = recorded.fact, recorded.envelope.about
    return OpenEntitlement(
        household=fact.household,
        programme=fact.programme,
        category=fact.category,
        case=fact.case,
        township=about.township or "",
        village=about.village or "",
        persons=about.persons,
        members_count=fact.members_count,
        allowance_fen=fact.allowance_fen,
        from_month=fact.from_month,
        receiver=_receiver(fact.personal) if fact.personal else None,
    )


def _receiver(confirmed: Beneficiary) -> Receiver:
    """The applicant is the head of the household."""
    return Receiver(confirmed.applicant_name, confirmed.payee)


def terminated(recorded: Recorded[AllowanceTerminated]) -> EndEntitlement:
    """Nothing is paid from that month on (57号 Art 31, 32)."""
    fact = recorded.fact
    return EndEntitlement(fact.household, fact.programme, fact.case, fact.reason, fact.stops_from)


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("review", EligibilityConfirmed, command=confirmed),
    Reaction("review", AllowanceTerminated, command=terminated),
)
