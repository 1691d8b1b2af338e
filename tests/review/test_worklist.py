"""What waits for each officer, how urgent it is, page by page."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.review.domain.warning import Urgency, days_left, urgency, warned_until
from services.review.queries import WorkLine, worklist_of
from shared.answer import Answer
from shared.authority import Appointment
from shared.calendar import WorkCalendar
from shared.competence import Role
from shared.policy.loader import load_policy
from shared.queries import ask
from tests.review.houses import ITEMS, OTHER_TOWN, TOWN, Houses

CALENDAR, RULES = WorkCalendar(), load_policy().at(date(2024, 3, 1))


def post(role: Role, township: str | None = TOWN, village: str | None = None) -> Appointment:
    """A post of somebody."""
    return Appointment("o-9", "某", "某职", role, "411603", township, village, None)


def lines(houses: Houses, on: str, *posts: Appointment, **more: Any) -> list[WorkLine]:
    """The worklist of whoever holds these posts."""
    site = houses.review.site
    with houses.review.database.read() as conn:
        return worklist_of(conn, site, posts, date.fromisoformat(on), **more)


def shown(found: list[WorkLine]) -> list[tuple[str, str, int | None, str]]:
    """Step, last day, days left, urgency."""
    return [(x.step, str(x.due_on), x.days_left, x.urgency.value) for x in found]


def test_a_case_officer_sees_the_townships_work_the_nearest_first(houses_on_each: Houses) -> None:
    """A step without a limit of its own counts to the decision."""
    houses_on_each.accepted_case()
    found = lines(houses_on_each, "2024-03-01", post(Role.CASE_OFFICER))
    assert [
        ("survey_start", "2024-03-06", 3, "DUE_SOON"),
        ("verification_request", "2024-03-29", 20, "ON_TIME"),
        ("visit", "2024-03-29", 20, "ON_TIME"),
    ] == shown(found)
    assert [True, False, False] == [line.own_limit for line in found]
    assert ["启动家庭经济状况调查", "57号 Art 15"] == [found[0].title, found[0].basis]


def test_each_sees_what_waits_for_them(houses_on_each: Houses) -> None:
    """The bureau its verification, the head the decision, an aide the own village."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.at("2024-03-04")
    assert houses.visit(case, "2024-03-04").done
    houses.do("o-1", "request_verification", case=case)
    bureau = lines(houses, "2024-03-05", post(Role.CIVIL_AFFAIRS, None))
    nobody = lines(houses, "2024-03-05", post(Role.CASE_OFFICER), post(Role.TOWNSHIP_HEAD))
    houses.do("b-1", "report_verification", case=case, monthly_income_fen=60_000,
              property_fen=0, items=ITEMS)  # fmt: skip
    aide = lines(houses, "2024-03-05", post(Role.VILLAGE_AIDE, TOWN, "某村"))
    elsewhere = lines(houses, "2024-03-05", post(Role.VILLAGE_AIDE, TOWN, "另村"),
                      post(Role.CASE_OFFICER, OTHER_TOWN), post(Role.FINANCE))  # fmt: skip

    assert [("verification_start", "2024-03-07", 2, "DUE_SOON")] == shown(bureau)
    assert [] == nobody
    assert ["opinion"] == [line.step for line in aide]
    assert [] == elsewhere


def test_the_head_sees_a_decision_when_its_turn_has_come_or_its_day_has_passed(
    houses_on_each: Houses,
) -> None:
    """Whoever answers for it is told that it is late, though others hold it up."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    head = post(Role.TOWNSHIP_HEAD)
    running = lines(houses, "2024-03-11", head)
    late = lines(houses, "2024-04-01", head)
    houses.at("2024-03-12")
    houses.do("o-1", "close_public_notice", case=case)

    assert [] == running
    assert [("decide", "2024-03-29", -1, "OVERDUE")] == shown(late)
    assert [("decide", "2024-03-29", 13, "ON_TIME")] == shown(lines(houses, "2024-03-12", head))


def test_a_notice_can_be_closed_from_the_day_after_its_last(houses: Houses) -> None:
    """Before that it is nobody's work."""
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    officer = post(Role.CASE_OFFICER)
    assert [] == lines(houses, "2024-03-11", officer)
    assert ["close_notice"] == [line.step for line in lines(houses, "2024-03-12", officer)]


def test_pages_follow_one_another_without_gap_or_repetition(houses_on_each: Houses) -> None:
    """However short they are; each is one statement."""
    houses = houses_on_each
    houses.accepted_case()
    officer = post(Role.CASE_OFFICER)
    whole = lines(houses, "2024-03-08", officer)
    paged: list[WorkLine] = []
    while page := lines(houses, "2024-03-08", officer, limit=1,
                        after=paged[-1].place if paged else None):  # fmt: skip
        paged += page
    statements: list[str] = []
    engine = houses.review.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    lines(houses, "2024-03-08", officer)

    assert 3 == len(whole)
    assert whole == paged
    assert 1 == len([one for one in statements if "task" in one])


def test_the_query_door_gives_an_officer_their_own_list(houses: Houses) -> None:
    """By the posts of whoever asks; others are denied."""
    houses.accepted_case()

    def asked(officer: str, **arguments: Any) -> Answer:
        return ask(houses.review, "worklist", arguments, houses.token(officer))

    mine = asked("o-1", on="2024-03-08")
    assert ["survey_start", "verification_request", "visit"] == [
        line["step"] for line in mine.details["result"]
    ]
    first = asked("o-1", limit=1).details["result"]
    rest = asked("o-1", after=first[0]["place"]).details["result"]
    assert ["survey_start", "verification_request", "visit"] == [
        line["step"] for line in (*first, *rest)
    ]
    assert [] == asked("x-1").details["result"]
    assert [] == asked("b-1").details["result"]
    assert "denied" == asked("nobody").outcome
    assert "BAD_COMMAND" == asked("o-1", on="tomorrow").code


@pytest.mark.parametrize(
    ("due_on", "on", "working", "left"),
    [
        ("2024-03-29", "2024-03-29", True, 0),
        ("2024-04-01", "2024-03-29", True, 1),
        ("2024-03-29", "2024-04-01", True, -1),
        ("2024-04-07", "2024-04-03", True, 1),
        ("2024-04-07", "2024-04-03", False, 4),
        ("2099-01-05", "2098-12-30", True, None),
        ("2099-01-05", "2098-12-30", False, 6),
    ],
)
def test_days_are_counted_in_the_limits_own_unit(
    due_on: str, on: str, working: bool, left: int | None
) -> None:
    """2024-04-07, a Sunday, was worked; of a year that isn't announced nothing is guessed."""
    first, last = date.fromisoformat(on), date.fromisoformat(due_on)
    assert left == days_left(last, first, CALENDAR, in_working_days=working)


def test_what_is_near_is_policy() -> None:
    """Three days of the limit's own unit; the last day itself isn't over."""
    on = date(2024, 4, 3)
    working = warned_until(RULES, CALENDAR, on, in_working_days=True)
    plain = warned_until(RULES, CALENDAR, on, in_working_days=False)
    assert (date(2024, 4, 9), date(2024, 4, 6)) == (working, plain)
    assert Urgency.DUE_SOON == urgency(on, on, plain)
    assert Urgency.OVERDUE == urgency(date(2024, 4, 2), on, plain)
    assert Urgency.ON_TIME == urgency(date(2024, 4, 7), on, plain)
    assert Urgency.ON_TIME == urgency(None, on, plain)
    unknown = warned_until(RULES, CALENDAR, date(2098, 12, 30), in_working_days=True)
    assert date(2099, 1, 2) == unknown
