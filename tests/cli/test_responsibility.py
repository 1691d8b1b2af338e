"""`yingbao log --case`: who answers for each step, in time or late, and who has to act now."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Typed
from tests.cli.test_worklist import OFFICER, at_work
from tests.review.houses import form_of
from tests.sites import TrialSite

__all__ = ["at_work"]
SECOND = "411603101-2"


@pytest.fixture
def case(at_work: TrialSite) -> str:
    """Visited a day late; verification requested, and not reported yet on 2024-03-08."""
    with at_work.site.services["review"].database.read() as conn:
        found = str(conn.exec_driver_sql('SELECT "case" FROM "case"').scalar_one())
    at_work.at("2024-03-07")
    at_work.site.keep_day()
    at_work.do(
        OFFICER, "record_household_visit", case=found, visitors=[OFFICER, SECOND],
        visited_on="2024-03-07", signed_by_member=True, members_count=2,
        monthly_income_fen=60_000, property_fen=0, form=form_of((OFFICER, SECOND)),
    )  # fmt: skip
    at_work.do(OFFICER, "request_verification", case=found)
    at_work.at("2024-03-08")
    at_work.settle()
    return found


def lines(typed: Typed, site: TrialSite, *words: str) -> list[dict[str, Any]]:
    """The answer's lines as JSON."""
    told = typed(site.path, "log", "--json", *words)
    assert (0, "") == (told.exit_code, told.stderr)
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_each_fact_says_which_task_it_did_and_whether_in_time(
    at_work: TrialSite, typed: Typed, case: str
) -> None:
    """The survey began a day late; who did it, in which post, stands beside it."""
    found = {one["fact"]: one for one in lines(typed, at_work, "--case", case)}
    visit = found["review.household_visited"]
    start, visited = visit["tasks_done"]
    assert ("survey_start", "2024-03-06", False, -1) == tuple(
        start[name] for name in ("step", "due_on", "in_time", "days")
    )
    assert ("visit", None, None) == (visited["step"], visited["due_on"], visited["in_time"])
    assert (OFFICER, "民政所经办", "411603101") == tuple(
        visit["actor"][name] for name in ("officer", "post", "organisation")
    )
    assert [] == found["intake.application_accepted"]["tasks_done"]


def test_what_is_left_says_who_has_to_act_until_when(
    at_work: TrialSite, typed: Typed, case: str
) -> None:
    """The nearest limit first; what waits for its turn says so."""
    left = [one["task"] for one in lines(typed, at_work, "--case", case) if one["fact"] is None]
    assert [
        ("verification_start", "CIVIL_AFFAIRS", "2024-03-12", True),
        ("decide", "TOWNSHIP_HEAD", "2024-03-29", False),
        ("opinion", "CASE_OFFICER", None, False),
    ] == [(x["step"], x["role"], x["due_on"], x["its_turn"]) for x in left]


def test_the_words_name_the_task_its_limit_and_who_is_awaited(
    at_work: TrialSite, typed: Typed, case: str
) -> None:
    """Under each step, and at the end."""
    told = typed(at_work.path, "log", "--case", case).stdout
    assert (
        "办结“启动家庭经济状况调查”，最后一日 2024-03-06，逾期，超 1 个工作日（57号 Art 15）"
        in told
    )
    assert "期限逾期  系统（SYSTEM/review" in told
    assert "启动并反馈信息核对  应由区民政局办理，最后一日 2024-03-12，余 2 个工作日" in told
    assert "未办事项 3 项：" in told


def test_other_filters_leave_out_what_is_left(at_work: TrialSite, typed: Typed, case: str) -> None:
    """The task of a fact stands beside it all the same; without a case nothing is added."""
    narrowed = lines(typed, at_work, "--case", case, "--officer", OFFICER)
    plain = lines(typed, at_work, "--officer", OFFICER)
    assert [] == [one for one in narrowed if one["fact"] is None]
    assert [2] == [len(x["tasks_done"]) for x in narrowed if x["fact"].endswith("visited")]
    assert [] == [one for one in plain if "tasks_done" in one]


def test_an_unknown_case_has_nothing(at_work: TrialSite, typed: Typed) -> None:
    """Neither facts nor tasks."""
    assert [] == lines(typed, at_work, "--case", "case-none")
    told = typed(at_work.path, "log", "--case", "case-none").stdout
    assert ["共 0 条。", "没有未办事项。"] == told.splitlines()
