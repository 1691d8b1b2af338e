"""The written notice (书面告知) of a refusal (57号 Art 21) or an ended procedure (57号 Art 29).

Decision, reasons with their articles, and the roads of appeal (649号 Art 65; 57号 Art 38).
"""

from dataclasses import dataclass
from datetime import date

from services.review.documents.page import NameUnreadable, Page, day_in_words
from services.review.documents.reasons import REASONS
from shared.facts.review import (
    CaseOpened,
    EligibilityDeclined,
    ProcedureTerminated,
    WrittenNoticeServed,
)
from shared.policy.model import Policy

NAMES = "appeal.organ_names"
GENERIC = {
    "district_government": "区人民政府",
    "city_bureau": "市民政局",
    "bureau": "区民政局",
}
"""Where no pack names the organs of the place."""


@dataclass(frozen=True, slots=True)
class Told:
    """The facts behind a written notice."""

    opened: CaseOpened
    decision: EligibilityDeclined | ProcedureTerminated
    served: WrittenNoticeServed


def written_notice(told: Told, township: str, policy: Policy) -> Page:
    """As it was served: bodies and days from the fact; `township` is the organ's full name.

    Raises NameUnreadable without the applicant's name, KeyError for a reason without words.
    """
    household = told.opened.personal
    if household is None:
        raise NameUnreadable("申请人姓名无法读取，不能生成书面告知。")
    served, names = told.served, _names(policy, told.served.served_on)
    accepted = day_in_words(told.opened.accepted_on)
    ended = isinstance(told.decision, ProcedureTerminated)
    return Page(
        title="终止审核确认程序告知书" if ended else "不予确认最低生活保障告知书",
        before=(
            f"{household.applicant_name}：",
            f"您家{accepted}受理的最低生活保障申请，{_decision(told.decision)}理由如下：",
        ),
        rows=tuple(
            (f"{number}", REASONS[code]) for number, code in enumerate(served.reasons, start=1)
        ),
        after=_roads(served, {**names, "township": township}),
        foot=(_organ(served, names, township), day_in_words(served.served_on)),
    )


def _decision(decision: EligibilityDeclined | ProcedureTerminated) -> str:
    if isinstance(decision, ProcedureTerminated):
        return f"{day_in_words(decision.terminated_on)}决定终止审核确认程序。"
    return f"{day_in_words(decision.declined_on)}决定不予确认。"


def _roads(served: WrittenNoticeServed, names: dict[str, str]) -> tuple[str, ...]:
    """Nothing where version 1 of the fact told no more than the periods."""
    if served.respondent is None:
        return ()
    bodies = "或者".join(names[body] for body in served.bodies)
    against = names[served.respondent.lower()]
    after = f"对复议决定不服的，可以在收到复议决定书之日起{served.sue_after_days}日内起诉。"
    return (
        f"对本决定不服的，可以自收到本告知书之日起{served.reconsideration_days}日内"
        f"{_until(served.reconsider_until)}，向{bodies}申请行政复议，被申请人为{against}；{after}",
        f"也可以自收到本告知书之日起{served.litigation_months}个月内{_until(served.sue_until)}，"
        f"直接向有管辖权的人民法院提起行政诉讼，被告为{against}。",
        "重新符合条件的，可以再次提出申请。",
    )


def _organ(served: WrittenNoticeServed, names: dict[str, str], township: str) -> str:
    return names["bureau"] if served.respondent == "BUREAU" else township


def _until(day: date | None) -> str:
    return "" if day is None else f"（至{day_in_words(day)}）"


def _names(policy: Policy, on: date) -> dict[str, str]:
    rules = policy.at(on)
    if not rules.knows(NAMES):
        return dict(GENERIC)
    return {row: str(name) for row, name in rules.table(NAMES).items()}
