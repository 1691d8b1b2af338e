"""Limits that pass while nobody looks: noted once, late or not, by one process or by two."""

import threading
from datetime import date
from typing import Any

import pytest

from services.review.read_models import task_on_record
from shared.daily import DayKeeper
from shared.facts.review import DeadlineMissed
from shared.log import store
from tests.review.houses import Houses


def noted(houses: Houses) -> list[DeadlineMissed]:
    """All that the log says of limits that passed."""
    with houses.review.database.read() as conn:
        facts = houses.review.open(store.read(conn, 0, 10_000), conn)
    return [one.fact for one in facts if isinstance(one.fact, DeadlineMissed)]


def days(facts: list[DeadlineMissed]) -> list[tuple[str, str, str]]:
    """Step, last day, day of noting."""
    return sorted((x.step, str(x.due_on), str(x.noted_on)) for x in facts)


def test_a_limit_that_passes_is_noted_once(houses_on_each: Houses) -> None:
    """On the day after its last, however often it is looked for."""
    houses = houses_on_each
    case = houses.accepted_case()
    keeper = DayKeeper(houses.review)
    houses.at("2024-03-06")
    on_the_day = keeper.step()
    houses.at("2024-03-07")
    after = [keeper.step(), keeper.step(), DayKeeper(houses.review).step()]
    with houses.review.database.read() as conn:
        task = task_on_record(conn, case, "survey_start", 0)
    rows = houses.rows()
    houses.review.rebuild()

    assert (0, [1, 0, 0]) == (on_the_day, after)
    assert [("survey_start", "2024-03-06", "2024-03-07")] == days(noted(houses))
    assert task is not None
    assert date(2024, 3, 7) == task.missed_on
    assert rows == houses.rows()


def test_a_site_that_was_down_notes_the_true_days(houses_on_each: Houses) -> None:
    """All that passed meanwhile, with the last day that each had."""
    houses = houses_on_each
    houses.accepted_case()
    houses.at("2024-04-10")
    assert 2 == DayKeeper(houses.review).step()
    assert [
        ("decide", "2024-03-29", "2024-04-10"), ("survey_start", "2024-03-06", "2024-04-10"),
    ] == days(noted(houses))  # fmt: skip


def test_two_that_look_at_once_note_it_once(houses_on_each: Houses) -> None:
    """Both are told so by the stream, and neither fails."""
    houses = houses_on_each
    houses.accepted_case()
    houses.at("2024-04-10")
    start, errors = threading.Barrier(2), list[BaseException]()

    def look() -> None:
        start.wait()
        try:
            DayKeeper(houses.review).step()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == errors
    assert ["decide", "survey_start"] == sorted(x.step for x in noted(houses))


def test_what_was_done_or_closed_meanwhile_is_not_noted(houses: Houses) -> None:
    """The survey began in time; then the household took its application back."""
    case = houses.accepted_case()
    houses.at("2024-03-04")
    assert houses.visit(case, "2024-03-04").done
    houses.do("o-1", "withdraw_application", case=case, reason="外出务工")
    houses.at("2024-05-06")
    assert 0 == DayKeeper(houses.review).step()
    assert [] == noted(houses)


def test_the_bureaus_limit_is_noted_as_the_bureaus(houses: Houses) -> None:
    """57号 Art 17: verification starts within three working days of the request."""
    case = houses.accepted_case()
    houses.at("2024-03-04")
    houses.do("o-1", "request_verification", case=case)
    houses.at("2024-03-08")
    DayKeeper(houses.review).step()
    [fact] = noted(houses)
    assert ("verification_start", "CIVIL_AFFAIRS") == (fact.step, fact.role)
    assert date(2024, 3, 7) == fact.due_on


def test_the_case_goes_on_after_a_limit_has_passed(houses: Houses) -> None:
    """Late is late; the visit is recorded all the same, and the task is done."""
    case = houses.accepted_case()
    houses.at("2024-03-11")
    DayKeeper(houses.review).step()
    assert houses.visit(case, "2024-03-11").done
    with houses.review.database.read() as conn:
        task = task_on_record(conn, case, "survey_start", 0)
    assert task is not None
    assert (date(2024, 3, 11), date(2024, 3, 11)) == (task.done_on, task.missed_on)


def test_one_that_fails_keeps_none_of_the_others_from_theirs(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is raised when all were tried."""
    houses.accepted_case()
    houses.at("2024-04-10")
    keeper = DayKeeper(houses.review)
    done, tried = keeper._do, list[str]()

    def first_fails(due: Any) -> int:
        tried.append(due.command.step)
        if len(tried) == 1:
            raise OSError("disk")
        return done(due)

    monkeypatch.setattr(keeper, "_do", first_fails)
    with pytest.raises(OSError, match="disk"):
        keeper.step()
    assert ["survey_start", "decide"] == tried
    assert ["decide"] == [x.step for x in noted(houses)]
