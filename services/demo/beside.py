"""What is unlike everybody else's way, as a table: on which day, at which turn, which act."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.demo import leaving, overseeing, surveying
from services.demo.scene import Act
from services.demo.turn import Turn


class On(StrEnum):
    """When: beside which of everybody's steps."""

    VISITS = "VISITS"
    REPORTS = "REPORTS"
    OPINIONS = "OPINIONS"
    DECLINING = "DECLINING"
    OBJECTIONS = "OBJECTIONS"
    ANSWERS = "ANSWERS"


BESIDE: Final[Mapping[On, tuple[tuple[Turn, Act], ...]]] = {
    On.VISITS: (
        (Turn.NEIGHBOURS, surveying.ask_neighbours),
        (Turn.LETTER, surveying.send_letter),
        (Turn.NOT_COOPERATING, leaving.refuse_visit),
    ),
    On.REPORTS: (
        (Turn.DISPUTED, surveying.dispute),
        (Turn.NOT_COOPERATING, leaving.refuse_again),
        (Turn.MEMBER_DIED, leaving.lose_member),
    ),
    On.OPINIONS: (
        (Turn.LETTER, surveying.take_letter_answer),
        (Turn.DISPUTED, surveying.check_again),
        (Turn.NOT_COOPERATING, leaving.end_procedure),
        (Turn.MEMBER_DIED, leaving.survey_who_is_left),
        (Turn.RELATIVE, overseeing.keep_relative_away),
    ),
    On.DECLINING: ((Turn.MEMBER_DIED, leaving.judge_who_is_left),),
    On.OBJECTIONS: (
        (Turn.COMPLAINT, overseeing.complain),
        (Turn.REAL_NAME, overseeing.report_by_name),
        (Turn.EXTENDED, overseeing.extend),
    ),
    On.ANSWERS: (
        (Turn.COMPLAINT, overseeing.answer_complaint),
        (Turn.REAL_NAME, overseeing.answer_report),
    ),
}
