"""Objections to a notice (异议, 57号 Art 19): raised while it is up, answered after a new visit or appraisal."""

from services.review.commands import AnswerObjection, RaiseObjection
from services.review.domain.notice import running_notice
from services.review.domain.state import Open
from services.review.refusals import (
    NoSuchObjection,
    NotReinvestigated,
    ObjectionAlreadyAnswered,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import ObjectionAnswered, ObjectionRaised, Objector


def raise_objection(state: Open, command: RaiseObjection, context: Context) -> Decided:
    """Taken down from anybody, named or not, until the notice is closed."""
    running_notice(state)
    number = state.objections_count + 1
    objector = Objector(command.name, command.phone, command.text)
    return [ObjectionRaised(command.case, number, context.today, objector)]


def answer_objection(state: Open, command: AnswerObjection, context: Context) -> Decided:
    """Upheld or not; either way the old opinion counts no longer and a new one follows."""
    found = [one for one in state.objections if one.raised.objection == command.objection]
    if not found:
        if command.objection <= state.objections_count:
            raise ObjectionAlreadyAnswered("该异议已经答复。")
        raise NoSuchObjection("没有这个编号的异议，请核对。")
    if found[0].reexamined is None:
        raise NotReinvestigated("提出异议后尚未重新入户调查或开展民主评议，不能答复。")
    return [
        ObjectionAnswered(
            case=command.case,
            objection=command.objection,
            answered_by=context.people,
            answered_on=context.today,
            reexamined=found[0].reexamined,
            upheld=command.upheld,
        )
    ]
