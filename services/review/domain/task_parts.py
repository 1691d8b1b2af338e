"""Tasks that begin in more than one way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.review.domain.tasks import BUREAU, OFFICER, Begun, Change, Rank, Task, Void
from shared.facts.base import Rules

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
    """The household is visited, or visited again."""
    return Begun(Task("visit", OFFICER, on, "57号 Art 16; 220号 Art 18", on, rank=Rank.SURVEY))


def opinion(on: date) -> Begun:
    """An opinion is due, the first or a new one."""
    return Begun(Task("opinion", OFFICER, on, "57号 Art 19", on, rank=Rank.OPINION))


def survey(on: date) -> Sequence[Begun]:
    """What every opinion stands on, and the opinion."""
    asking = Task("verification_request", OFFICER, on, "57号 Art 17", on, rank=Rank.SURVEY)
    return visit(on), Begun(asking), opinion(on)


def back_to_survey(on: date) -> Sequence[Change]:
    """Opinion, notice and file count no longer; a visit comes before the next opinion."""
    void = ("post_notice", "close_notice", "bureau_opinion")
    return (*(Void(step, on) for step in void), visit(on), opinion(on))


def send_file_up(on: date) -> Begun:
    """Not devolved: the bureau decides on the township's file."""
    basis = "57号 Art 19; 220号 Art 25"
    return Begun(Task("send_file_up", OFFICER, on, basis, on, rank=Rank.SENDING))


def bureau_visit(on: date) -> Begun:
    """The bureau sees for itself, before the decision."""
    basis = "57号 Art 20; 220号 Art 26"
    return Begun(Task("bureau_visit", BUREAU, on, basis, on, rank=Rank.NOTICE))
