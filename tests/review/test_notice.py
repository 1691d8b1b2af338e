"""The public notice: seven days, seen through, with nobody's objection open."""

from datetime import date

import pytest

from services.review import commands as c
from services.review.refusals import (
    NoEligibleOpinion,
    NoticeNotOpen,
    NoticeRunning,
    NoticeStands,
    ObjectionOpen,
)
from shared.calendar import CalendarUnknown, WorkCalendar
from shared.facts.review import PublicNoticeClosed, PublicNoticePosted, ShownName
from tests.review.samples import (
    ANSWERED,
    CASE,
    NOTICE_CLOSED,
    OBJECTED,
    OPEN,
    OPINION,
    POSTED,
    READY,
    REVISITED,
    SURVEYED,
    TOO_RICH,
    UP,
    Step,
    act,
    fact_of,
    taking,
)


def posting(day: str) -> Step:
    """A notice of that day."""
    return act(c.PostPublicNotice(CASE, "村委会公示栏"), day)


def closing(day: str) -> Step:
    """An end of that day."""
    return act(c.ClosePublicNotice(CASE), day)


def test_a_notice_shows_name_members_and_amount_for_seven_days() -> None:
    """57号 Art 19, 24; the name is sealed in the log."""
    taking((*SURVEYED, OPINION), POSTED).then(
        PublicNoticePosted(
            case=CASE,
            notice=1,
            stage="OPINION",
            place="村委会公示栏",
            posted_by=("o-1",),
            posted_on=date(2024, 3, 7),
            last_day_on=date(2024, 3, 14),
            next_step_on=date(2024, 3, 15),
            members_count=3,
            allowance_fen=76_500,
            rules={
                "notice.calendar_days": "national/2021-07-01",
                "notice.end_on_rest_day": "national/2012-12-12",
            },
            calendar=WorkCalendar().version,
            personal=ShownName("甲某"),
        )
    )


@pytest.mark.parametrize(
    ("name", "posted", "expected"),
    [
        ("G44", "2024-03-01", (date(2024, 3, 8), date(2024, 3, 11))),
        ("G75", "2024-03-28", (date(2024, 4, 4), date(2024, 4, 7))),
    ],
)
def test_the_days_of_a_notice_are_calendar_days(
    name: str, posted: str, expected: tuple[date, date]
) -> None:
    """The day of posting isn't counted; the next step waits for a working day."""
    notice = fact_of((*SURVEYED, OPINION), posting(posted))

    assert expected == (notice.last_day_on, notice.next_step_on), name


def test_a_notice_into_an_unannounced_year_waits_for_the_calendar() -> None:
    """When the next step may come can't be said, so nothing wrong is put up."""
    taking((*SURVEYED, OPINION), posting("2026-12-28")).then_refused(CalendarUnknown)


def test_no_notice_without_an_opinion() -> None:
    """There is nothing to show."""
    taking(SURVEYED, POSTED).then_refused(NoEligibleOpinion)


def test_no_notice_of_an_opinion_that_says_no() -> None:
    """Who doesn't qualify isn't put up."""
    taking(TOO_RICH, POSTED).then_refused(NoEligibleOpinion)


@pytest.mark.parametrize("past", [UP, READY], ids=["running", "closed"])
def test_an_opinion_is_put_up_once(past: tuple[Step, ...]) -> None:
    """One notice for one opinion."""
    taking(past, posting("2024-03-18")).then_refused(NoticeStands)


def test_a_notice_is_closed_after_its_days() -> None:
    """From the day that it was said on."""
    taking(UP, NOTICE_CLOSED).then(PublicNoticeClosed(CASE, 1, "OPINION", date(2024, 3, 15)))


@pytest.mark.parametrize("day", ["2024-03-07", "2024-03-14"])
def test_a_notice_is_not_closed_before_its_days_are_over(day: str) -> None:
    """Neither at once nor on its last day."""
    taking(UP, closing(day)).then_refused(NoticeRunning)


def test_a_notice_is_not_closed_with_an_objection_open() -> None:
    """57号 Art 19: without objection, or after its answer."""
    taking((*UP, OBJECTED), closing("2024-03-18")).then_refused(ObjectionOpen)


@pytest.mark.parametrize("past", [(OPEN,), READY], ids=["never posted", "closed already"])
def test_only_a_notice_that_is_up_is_closed(past: tuple[Step, ...]) -> None:
    """There is nothing to close."""
    taking(past, closing("2024-03-18")).then_refused(NoticeNotOpen)


def test_an_answered_objection_lets_the_old_notice_be_taken_down() -> None:
    """It can be closed; what it showed counts no longer, since the opinion doesn't."""
    past = (*UP, OBJECTED, REVISITED, ANSWERED)

    assert 1 == fact_of(past, NOTICE_CLOSED).notice
    taking((*past, NOTICE_CLOSED), posting("2024-03-18")).then_refused(NoEligibleOpinion)
