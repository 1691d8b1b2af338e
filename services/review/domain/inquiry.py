"""Neighbours asked (邻里访问) and letters for evidence (信函索证), 57号 Art 16(2), (3)."""

from services.review.commands import (
    RecordLetterAnswer,
    RecordNeighbourInquiry,
    SendEvidenceLetter,
)
from services.review.domain.evidence import require_files
from services.review.domain.investigators import (
    require_company,
    require_day,
    require_proper,
    require_way,
)
from services.review.domain.state import Open
from services.review.refusals import (
    LetterAlreadyAnswered,
    NoSuchLetter,
    ReplyDayWrong,
    TooFewNeighbours,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.evidence import Said
from shared.facts.review import EvidenceReceived, EvidenceRequested, NeighboursConsulted

NEIGHBOURS_MIN = "survey.neighbours_min"
FINDINGS = ("SUPPORTS", "CONTRADICTS", "UNCLEAR")


def record_inquiry(state: Open, command: RecordNeighbourInquiry, context: Context) -> Decided:
    """By two or more as for a visit; who was asked and what they said is sealed."""
    day = command.visited_on
    require_day(state, day, context)
    require_way(state, command.way, day, context)
    require_company(command.visitors, day, state.opened.township, context)
    require_proper(command.visitors, context.gathered)
    least = context.policy.at(day, state.opened.township).number(NEIGHBOURS_MIN)
    if command.asked_count < least:
        raise TooFewNeighbours(f"邻里访问不得少于 {least} 人（户）。")
    return [
        NeighboursConsulted(
            case=command.case,
            visitors=command.visitors,
            recorded_by=context.people,
            visited_on=day,
            way=command.way,
            asked_count=command.asked_count,
            finding=command.finding,
            personal=Said(command.text),
        )
    ]


def send_letter(state: Open, command: SendEvidenceLetter, context: Context) -> Decided:
    """Numbered within the case. The case doesn't wait for the answer: no text says it should."""
    if command.reply_by < context.today:
        raise ReplyDayWrong("请求回复的日期不能早于今天。")
    return [
        EvidenceRequested(
            case=command.case,
            letter=state.letters.count + 1,
            sent_by=context.people,
            sent_on=context.today,
            organisation=command.organisation,
            subjects=tuple(dict.fromkeys(command.subjects)),
            reply_by=command.reply_by,
        )
    ]


def record_answer(state: Open, command: RecordLetterAnswer, context: Context) -> Decided:
    """One answer for one letter."""
    if command.letter > state.letters.count:
        raise NoSuchLetter("没有这个编号的索证信函，请核对。")
    if command.letter not in state.letters.waiting:
        raise LetterAlreadyAnswered("该索证信函已登记回复。")
    require_files(command.files, context.today)
    return [
        EvidenceReceived(
            case=command.case,
            letter=command.letter,
            recorded_by=context.people,
            received_on=context.today,
            finding=command.finding,
            files=command.files,
            personal=Said(command.text),
        )
    ]
