"""A person stands in one application at a time, whatever township and whatever crosses."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from services.intake.commands import NoteDecision
from shared.attempt import run_system
from shared.competence import by_type
from shared.decider import UnitOfWork
from tests.houses import CHILD_ID, HEAD_ID, NEIGHBOUR, Houses, application, at_once, rows_of

CHILD_ALONE: dict[str, Any] = {
    "township": NEIGHBOUR,
    "members": [{"name": "赵小麦", "relation": "HEAD", "resident_id": CHILD_ID}],
    "account": None,
}
HEAD_ALONE: dict[str, Any] = {
    "members": [{"name": "赵德厚", "relation": "HEAD", "resident_id": HEAD_ID}]
}


def note(houses: Houses, case: str, *outcomes: str) -> None:
    """Review's words, as they come by themselves in one batch."""
    row = by_type(houses.intake.definition.commands)[NoteDecision]

    def work(conn: Connection) -> None:
        uow = UnitOfWork(conn, houses.intake.books)
        for outcome in outcomes:
            command = NoteDecision(case, outcome, date(2024, 3, 4))
            run_system(uow, houses.site, row, command, f"{case}/{outcome}", "intake")
        uow.flush()

    houses.intake.database.write(work)


def standing(houses: Houses) -> set[str]:
    """The cases in which somebody stands."""
    return {case for _, case in rows_of(houses.intake, "active_person")}


def test_a_member_who_stands_elsewhere_can_t_apply_in_another_township(houses: Houses) -> None:
    """The answer names the township and the case, and no person."""
    case = houses.apply()
    answer = houses.give("stranger", "submit_application", application(**CHILD_ALONE))
    assert ("refused", "ALREADY_APPLIED") == (answer.outcome, answer.code)
    assert "新站镇" in str(answer.sentence)
    assert case in str(answer.sentence)
    assert "赵" not in str(answer.sentence)
    assert CHILD_ID not in str(answer.sentence)


@pytest.mark.parametrize("outcomes", [("DECLINED",), ("CONFIRMED", "ENDED")])
def test_after_the_end_everybody_may_apply_again(houses: Houses, outcomes: tuple[str, ...]) -> None:
    """Declined, or confirmed and ended, also when both words come at once."""
    case = houses.apply()
    houses.must("worker", "accept_application", case=case)
    note(houses, case, *outcomes)
    assert set() == standing(houses)
    assert houses.give("stranger", "submit_application", application(**CHILD_ALONE)).done


def test_a_confirmation_that_crossed_a_withdrawal_binds_the_members_again(houses: Houses) -> None:
    """They are in payment, so they can't apply a second time."""
    case = houses.apply()
    houses.must("worker", "accept_application", case=case)
    houses.must("worker", "withdraw_application", case=case, reason="自愿")
    assert set() == standing(houses)
    note(houses, case, "CONFIRMED")
    assert {case} == standing(houses)
    again = houses.give("stranger", "submit_application", application(**CHILD_ALONE))
    assert "ALREADY_APPLIED" == again.code
    before = rows_of(houses.intake, "active_person")
    houses.intake.rebuild()
    assert before == rows_of(houses.intake, "active_person")


def test_who_applied_anew_in_between_stays_in_the_new_application(houses: Houses) -> None:
    """Review's word is never refused; the others are bound to what was confirmed."""
    case = houses.apply()
    houses.must("worker", "accept_application", case=case)
    houses.must("worker", "withdraw_application", case=case, reason="自愿")
    fresh = houses.give("stranger", "submit_application", application(**CHILD_ALONE))
    note(houses, case, "CONFIRMED")
    assert {case, str(fresh.stream).removeprefix("application/")} == standing(houses)


def test_two_townships_at_once_take_a_person_in_once(houses: Houses) -> None:
    """Side by side in threads: one is done, the other refused."""
    answers = at_once(
        partial(houses.give, "worker", "submit_application", application(**HEAD_ALONE)),
        partial(houses.give, "stranger", "submit_application",
                application(**HEAD_ALONE, township=NEIGHBOUR)),
    )  # fmt: skip
    assert ["ALREADY_APPLIED", "None"] == sorted(str(answer.code) for answer in answers)
    assert 1 == len(standing(houses))
