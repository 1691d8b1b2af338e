"""What oversight leaves to be done: complaints, the bureau's part, an extension of the limit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.review.domain.overseeing import CONTRADICTS, DISPUTED
from services.review.domain.tasks import (
    BUREAU,
    DECIDE,
    HELD,
    HOLDS,
    OFFICER,
    Begun,
    Change,
    Done,
    Moved,
    Ready,
    Task,
)
from shared.facts import review as f
from shared.facts.base import Fact, Rules

DECIDE_BASIS: Final = {
    "limit.decide_devolved_working_days": "57号 Art 22; 83号 四(一)",
    "limit.decide_undevolved_working_days": "57号 Art 22; 83号 四(一)",
    "limit.decide_extended_working_days": "57号 Art 22; 83号 四(一)",
    "limit.decide_after_notice_working_days": "220号 Art 29",
    "limit.decide_after_objection_working_days": "220号 Art 29",
}


def rule_of(rules: Rules, known: Mapping[str, str]) -> str | None:
    """Which of these limits the fact was reckoned by."""
    return next((name for name in known if name in rules), None)


def visit(on: date) -> Begun:
    return Begun(Task("visit", OFFICER, on, "57号 Art 16; 220号 Art 18", on, hold=HOLDS))


def bureau_visit(on: date) -> Begun:
    """Before the decision on a relative's case, or one complained of."""
    return Begun(Task("bureau_visit", BUREAU, on, "57号 Art 20; 220号 Art 26", on, hold=HOLDS))


def _complained(x: f.ComplaintReceived) -> Sequence[Change]:
    on = x.received_on
    answer = Task("answer_complaint", BUREAU, on, "57号 Art 37", on, hold=HOLDS, item=x.complaint)
    return (Begun(answer),) if x.late else (Begun(answer), bureau_visit(on))


def _complaint_answered(x: f.ComplaintAnswered) -> Sequence[Change]:
    on = x.answered_on
    back = _back_to_survey(on) if x.upheld else ()
    return (Done("answer_complaint", on, x.complaint), *back)


def _bureau_visited(x: f.BureauVisited) -> Sequence[Change]:
    back = _back_to_survey(x.visited_on) if x.conclusion == CONTRADICTS else ()
    return (Done("bureau_visit", x.visited_on), *back)


def _sent_up(x: f.FileSentUp) -> Sequence[Change]:
    on, limit = x.sent_on, "limit.bureau_opinion_working_days"
    basis = "57号 Art 20; 220号 Art 26"
    return (Begun(Task("bureau_opinion", BUREAU, on, basis, on, x.opinion_by, limit)),)


def _bureau_opined(x: f.BureauOpinionGiven) -> Sequence[Change]:
    back = () if x.agrees else _back_to_survey(x.given_on)
    return (Done("bureau_opinion", x.given_on), *back)


def _extended(x: f.LimitExtended) -> Sequence[Change]:
    rule = rule_of(x.rules, DECIDE_BASIS)
    return (Moved(DECIDE, x.decide_by, rule, DECIDE_BASIS[rule]),) if rule else ()


def _back_to_survey(on: date) -> Sequence[Change]:
    """Opinion, notice and file count no longer; visited again first."""
    opinion = Task("opinion", OFFICER, on, "57号 Art 19", on, hold=HELD)
    void = ("post_notice", "close_notice", "bureau_opinion")
    ended = (Done(step, on) for step in void)
    return (*ended, visit(on), Begun(opinion), Ready(DECIDE, None))


OVERSIGHT: Final[Mapping[type[Fact], Callable[[Any], Sequence[Change]]]] = {
    f.DemocraticAppraisalHeld: lambda x: (
        _back_to_survey(x.held_on) if x.conclusion == DISPUTED else ()
    ),
    f.ComplaintReceived: _complained,
    f.ComplaintAnswered: _complaint_answered,
    f.BureauVisited: _bureau_visited,
    f.FileSentUp: _sent_up,
    f.BureauOpinionGiven: _bureau_opined,
    f.LimitExtended: _extended,
}
"""The lines of oversight in the table of task_changes.py."""
