"""Somebody of the township or the village keeps the family's bank card (代为保管, 57号 Art 26)."""

from services.review.commands import FileCardKeeping
from services.review.domain.standing import confirmed
from services.review.domain.state import State
from services.review.refusals import AgreementDayWrong
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import CardKeeper, CardKeepingFiled

KEEPERS = ("TOWNSHIP", "VILLAGE_COMMITTEE")


def file_card_keeping(state: State, command: FileCardKeeping, context: Context) -> Decided:
    """Only with a written agreement, and filed with the bureau by this; a later filing replaces it."""
    confirmed(state)
    if command.agreed_on > context.today:
        raise AgreementDayWrong("代管协议的签订日期不能晚于今天。")
    return [
        CardKeepingFiled(
            case=command.case,
            keeper_of=command.keeper_of,
            agreement_sha256=command.agreement_sha256,
            agreed_on=command.agreed_on,
            filed_by=context.people,
            filed_on=context.today,
            personal=CardKeeper(command.keeper_name),
        )
    ]
