"""Roads of appeal (救济途径, 649号 Art 65; 57号 Art 38): against whom, to whom, until when.

Bodies, periods and the order of the roads are policy data by the day of service: 复议法 2017
Art 9, 12, 13, 15 and 2023 Art 19, 20, 23, 24; 行诉法 Art 26, 45, 46.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.review.domain.counting import due_on
from shared.calendar import CalendarUnknown, WorkCalendar
from shared.facts.base import Rules
from shared.policy.model import PolicyOn

RECONSIDERATION: Final = "appeal.reconsideration_calendar_days"
LITIGATION: Final = "appeal.litigation_months"
AFTERWARDS: Final = "appeal.litigation_after_reconsideration_calendar_days"
ENTRUSTING_ANSWERS: Final = "appeal.entrusting_organ_answers"
INACTION_FIRST: Final = "appeal.inaction_reconsideration_first"
ENTRUSTED: Final = "ENTRUSTED"


class Organ(StrEnum):
    """Who decided, or who answers for it."""

    TOWNSHIP = "TOWNSHIP"
    BUREAU = "BUREAU"


BODIES: Final = {
    Organ.TOWNSHIP: "appeal.bodies_of_township",
    Organ.BUREAU: "appeal.bodies_of_bureau",
}


@dataclass(frozen=True, slots=True)
class RoadsOfAppeal:
    """Reconsideration at one of `bodies` by `reconsider_until`, or the court by `sue_until`.

    `bodies` are codes of BODIES' choices; after a reconsideration the court is open for
    `sue_after_days` more. The days are those of the calendar, both moved on where they end on a
    rest day (民法典 Art 203); a day is None while its year's calendar isn't known. `articles` are
    the citations, in the order of the document; `rules` the versions used.
    """

    respondent: Organ
    bodies: tuple[str, ...]
    reconsideration_days: int
    reconsider_until: date | None
    litigation_months: int
    sue_until: date | None
    sue_after_days: int
    articles: tuple[str, ...]
    rules: Rules


@dataclass(frozen=True, slots=True)
class RoadsOfInaction:
    """What is open to who waits for a decision past its day: whether the court must wait."""

    respondent: Organ
    bodies: tuple[str, ...]
    reconsideration_first: bool
    articles: tuple[str, ...]
    rules: Rules


def respondent_of(rules: PolicyOn, organ: Organ, legal_form: str) -> Organ:
    """Who answers: entrusted, the bureau that entrusts (行诉法 Art 26; 复议法 2023 Art 19)."""
    entrusted = organ is Organ.TOWNSHIP and legal_form == ENTRUSTED
    return Organ.BUREAU if entrusted and rules.flag(ENTRUSTING_ANSWERS) else organ


def roads_of_appeal(
    rules: PolicyOn, calendar: WorkCalendar, organ: Organ, legal_form: str, served_on: date
) -> RoadsOfAppeal:
    """Against a decision of `organ` told on `served_on`, under the `rules` of that day.

    `legal_form` is AUTHORISED (the organ's own name) or ENTRUSTED. Raises PolicyUnknown.
    """
    respondent = respondent_of(rules, organ, legal_form)
    names = (*_who(organ, legal_form, respondent), RECONSIDERATION, LITIGATION, AFTERWARDS)
    return RoadsOfAppeal(
        respondent=respondent,
        bodies=rules.several(BODIES[respondent]),
        reconsideration_days=rules.number(RECONSIDERATION),
        reconsider_until=_until(rules, calendar, RECONSIDERATION, served_on),
        litigation_months=rules.number(LITIGATION),
        sue_until=_until(rules, calendar, LITIGATION, served_on),
        sue_after_days=rules.number(AFTERWARDS),
        articles=_articles(rules, names),
        rules=rules.versions(*names),
    )


def roads_of_inaction(rules: PolicyOn, organ: Organ, legal_form: str) -> RoadsOfInaction:
    """Where no decision came in time (复议法 2023 Art 11, 23): first where, under these `rules`."""
    respondent = respondent_of(rules, organ, legal_form)
    names = (*_who(organ, legal_form, respondent), INACTION_FIRST)
    return RoadsOfInaction(
        respondent=respondent,
        bodies=rules.several(BODIES[respondent]),
        reconsideration_first=rules.flag(INACTION_FIRST),
        articles=_articles(rules, names),
        rules=rules.versions(*names),
    )


def _who(organ: Organ, legal_form: str, respondent: Organ) -> tuple[str, ...]:
    """The parameters that say who answers and to whom one turns."""
    entrusted = organ is Organ.TOWNSHIP and legal_form == ENTRUSTED
    return (*((ENTRUSTING_ANSWERS,) if entrusted else ()), BODIES[respondent])


def _articles(rules: PolicyOn, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(rules.parameter(name).citation for name in names)


def _until(rules: PolicyOn, calendar: WorkCalendar, limit: str, since: date) -> date | None:
    try:
        return due_on(rules, calendar, limit, since)
    except CalendarUnknown:
        return None
