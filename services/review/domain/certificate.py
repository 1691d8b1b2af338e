"""The certificate (低保证) or the notice of confirmation (确认通知书), 57号 Art 21."""

from services.review.commands import IssueCertificate
from services.review.domain.standing import confirmed
from services.review.domain.state import State
from services.review.refusals import CertificateAlreadyIssued
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import CertificateIssued

CERTIFICATES = ("CERTIFICATE", "CONFIRMATION_NOTICE")


def issue_certificate(state: State, command: IssueCertificate, context: Context) -> Decided:
    """Once to each family; numbered after township and case, so that no number comes twice."""
    family = confirmed(state)
    if family.after.certificate is not None:
        raise CertificateAlreadyIssued("该户的低保证（确认通知书）已经发放。")
    return [
        CertificateIssued(
            case=command.case,
            kind=command.kind,
            number=f"{family.about.township}-{command.case.removeprefix('case-')}",
            issued_by=context.people,
            issued_on=context.today,
            handed_to=command.handed_to,
            way=command.way,
        )
    ]
