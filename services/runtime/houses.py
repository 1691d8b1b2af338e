"""The five services of a site, in the order in which an embedded site settles them."""

from services.gateway.service import GATEWAY
from services.intake.service import INTAKE
from services.payments.service import PAYMENTS
from services.reporting.service import REPORTING
from services.review.service import REVIEW

DEFINITIONS = (GATEWAY, INTAKE, REVIEW, PAYMENTS, REPORTING)
SERVICE_OF = {
    row.name: definition.name for definition in DEFINITIONS for row in definition.commands
}
