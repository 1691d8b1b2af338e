"""The roads of appeal: who answers, to whom one turns, until which day (649号 Art 65)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.appeal import (
    BODIES,
    Organ,
    RoadsOfAppeal,
    roads_of_appeal,
    roads_of_inaction,
)
from shared.calendar import WorkCalendar
from shared.policy.loader import load_policy
from shared.policy.model import PolicyUnknown

POLICY, CALENDAR = load_policy(), WorkCalendar()
DISTRICT, CITY = "district_government", "city_bureau"
TOWNSHIP, BUREAU = Organ.TOWNSHIP, Organ.BUREAU


def roads(day: str, organ: Organ = TOWNSHIP, legal_form: str = "AUTHORISED") -> RoadsOfAppeal:
    """What a decision served on that day opens."""
    served_on = date.fromisoformat(day)
    return roads_of_appeal(POLICY.at(served_on), CALENDAR, organ, legal_form, served_on)


@pytest.mark.parametrize(
    ("day", "organ", "legal_form", "respondent", "bodies"),
    [
        ("2021-05-10", TOWNSHIP, "AUTHORISED", TOWNSHIP, (DISTRICT,)),
        ("2024-05-10", TOWNSHIP, "AUTHORISED", TOWNSHIP, (DISTRICT,)),
        ("2021-05-10", BUREAU, "AUTHORISED", BUREAU, (DISTRICT, CITY)),
        ("2024-05-10", BUREAU, "AUTHORISED", BUREAU, (DISTRICT,)),
        ("2023-12-31", TOWNSHIP, "ENTRUSTED", BUREAU, (DISTRICT, CITY)),
        ("2024-01-01", TOWNSHIP, "ENTRUSTED", BUREAU, (DISTRICT,)),
    ],
)
def test_who_answers_and_to_whom_one_turns(
    day: str, organ: Organ, legal_form: str, respondent: Organ, bodies: tuple[str, ...]
) -> None:
    """G62, and what is entrusted: the bureau that entrusts answers (行诉法 Art 26)."""
    found = roads(day, organ, legal_form)
    assert (respondent, bodies) == (found.respondent, found.bodies)


@pytest.mark.parametrize(
    ("day", "reconsider_until", "sue_until"),
    [
        ("2023-12-13", "2024-02-18", "2024-06-13"),  # G60: 11 February is a holiday
        ("2024-03-08", "2024-05-07", "2024-09-09"),  # 8 September is a Sunday
        ("2023-08-31", "2023-10-30", "2024-02-29"),  # 民法典 202: the month's last day
    ],
)
def test_the_days_run_from_the_day_after_service_and_end_on_a_working_day(
    day: str, reconsider_until: str, sue_until: str
) -> None:
    """复议法 2017 Art 9, 2023 Art 20; 行诉法 Art 46; 民法典 Art 201-203."""
    found = roads(day)
    assert (reconsider_until, sue_until) == (str(found.reconsider_until), str(found.sue_until))


def test_after_a_reconsideration_the_court_is_open_for_fifteen_days() -> None:
    """行诉法 Art 45."""
    assert 15 == roads("2024-03-08").sue_after_days


def test_a_day_of_a_year_without_calendar_is_left_open() -> None:
    """The periods are told all the same."""
    found = roads("2026-11-23")
    assert (None, None) == (found.reconsider_until, found.sue_until)
    assert (60, 6) == (found.reconsideration_days, found.litigation_months)


def test_the_articles_stand_beside_it() -> None:
    """In the words of the packs, and in their versions."""
    found = roads("2023-12-13", TOWNSHIP, "ENTRUSTED")
    assert (
        "行政诉讼法（2017年修正）第二十六条第五款",
        "行政复议法（2017年修正）第十二条",
        "行政复议法（2017年修正）第九条",
        "行政诉讼法（2017年修正）第四十六条",
        "行政诉讼法（2017年修正）第四十五条",
    ) == found.articles
    assert "national/2018-01-01" == found.rules["appeal.bodies_of_bureau"]


@pytest.mark.parametrize(("day", "first"), [("2023-12-31", False), ("2024-01-01", True)])
def test_who_waits_past_the_day_turns_to_reconsideration_first_from_2024(
    day: str, first: bool
) -> None:
    """复议法 2023 Art 23(1)(3): the failure to act goes there before the court."""
    found = roads_of_inaction(POLICY.at(date.fromisoformat(day)), TOWNSHIP, "AUTHORISED")
    assert (TOWNSHIP, (DISTRICT,), first) == (
        found.respondent, found.bodies, found.reconsideration_first,
    )  # fmt: skip
    assert {"appeal.bodies_of_township", "appeal.inaction_reconsideration_first"} == set(
        found.rules
    )


def test_a_time_whose_law_is_not_loaded_is_refused() -> None:
    """Nothing is made up."""
    with pytest.raises(PolicyUnknown):
        roads("2015-03-02")


@given(
    st.dates(date(2018, 1, 1), date(2026, 12, 31)),
    st.sampled_from(Organ),
    st.sampled_from(("AUTHORISED", "ENTRUSTED")),
)
def test_there_is_always_a_road(served_on: date, organ: Organ, legal_form: str) -> None:
    """A body to turn to and an end that is no rest day, whatever the day and the form."""
    found = roads_of_appeal(POLICY.at(served_on), CALENDAR, organ, legal_form, served_on)
    ends = [day for day in (found.reconsider_until, found.sue_until) if day]
    assert DISTRICT in found.bodies
    assert all(day > served_on and CALENDAR.is_working_day(day) for day in ends)
    assert found.respondent in BODIES
