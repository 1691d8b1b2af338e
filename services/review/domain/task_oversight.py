"""What appraisals, complaints, the bureau and an extension leave to be done: a part of the table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from services.review.domain.overseeing import CONTRADICTS, DISPUTED
from services.review.domain.task_parts import (
    DECIDE_BASIS,
    back_to_survey,
    bureau_visit,
    rule_of,
    send_file_up,
)
from services.review.domain.tasks import (
    BUREAU,
    DECIDE,
    Begun,
    Change,
    Done,
    Moved,
    Rank,
    Task,
)
from shared.facts import review as f
from shared.facts.base import Fact

BUREAU_OPINION: Final = "limit.bureau_opinion_working_days"


def _appraised(x: f.DemocraticAppraisalHeld) -> Sequence[Change]:
    """It may stand for the new investigation (57号 Art 19); a disputed one asks for a visit
    (220号 Art 24).
    """
    on = x.held_on
    if x.conclusion == DISPUTED:
        return back_to_survey(on)
    return (Done("visit", on),) if x.answers_objections else ()


def _complained(x: f.ComplaintReceived) -> Sequence[Change]:
    """Verified and answered (57号 Art 36, 37); before a decision the bureau visits (Art 20)."""
    on = x.received_on
    basis = "57号 Art 36, 37; 220号 Art 35, 36"
    answer = Task("answer_complaint", BUREAU, on, basis, on, rank=Rank.NOTICE, item=x.complaint)
    return (Begun(answer),) if x.late else (Begun(answer), bureau_visit(on))


def _complaint_answered(x: f.ComplaintAnswered) -> Sequence[Change]:
    """One that is upheld sends the case back."""
    on = x.answered_on
    return (Done("answer_complaint", on, x.complaint), *(back_to_survey(on) if x.upheld else ()))


def _bureau_visited(x: f.BureauVisited) -> Sequence[Change]:
    """What contradicts the township's findings sends the case back."""
    back = back_to_survey(x.visited_on) if x.conclusion == CONTRADICTS else ()
    return Done("bureau_visit", x.visited_on), *back


def _sent_up(x: f.FileSentUp) -> Sequence[Change]:
    """The bureau's limit runs from receipt (57号 Art 20; 220号 Art 26)."""
    on, basis = x.sent_on, "57号 Art 20; 220号 Art 26"
    given = Task(
        "bureau_opinion", BUREAU, on, basis, on, x.opinion_by, BUREAU_OPINION, Rank.DECISION
    )
    return Done("send_file_up", on), Begun(given)


def _bureau_opined(x: f.BureauOpinionGiven) -> Sequence[Change]:
    """Where it doesn't agree the file lies at the township again."""
    on = x.given_on
    back = () if x.agrees else (*back_to_survey(on), send_file_up(on))
    return Done("bureau_opinion", on), *back


def _extended(x: f.LimitExtended) -> Sequence[Change]:
    """Once, to 45 working days in all (57号 Art 22; 83号 四(一)); 220号 Art 29 has its own."""
    rule = rule_of(x.rules, DECIDE_BASIS)
    return (Moved(DECIDE, x.decide_by, rule, DECIDE_BASIS[rule]),) if rule else ()


OVERSEEN: Final[Mapping[type[Fact], Callable[[Any], Sequence[Change]]]] = {
    f.DemocraticAppraisalHeld: _appraised,
    f.ComplaintReceived: _complained,
    f.ComplaintAnswered: _complaint_answered,
    f.BureauVisited: _bureau_visited,
    f.FileSentUp: _sent_up,
    f.BureauOpinionGiven: _bureau_opined,
    f.LimitExtended: _extended,
}
