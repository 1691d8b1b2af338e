"""Objections: raised while the notice is up, answered after a new investigation."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.refusals import (
    NoEligibleOpinion,
    NoSuchObjection,
    NoticeNotClosed,
    NoticeNotOpen,
    NotReinvestigated,
    ObjectionAlreadyAnswered,
    ObjectionOpen,
)
from shared.facts.review import ObjectionAnswered, ObjectionRaised, Objector
from shared.policy.loader import load_policy
from shared.testing.decisions import Given
from tests.review.samples import (
    ANSWERED,
    CASE,
    CONFIRMED,
    MEANS,
    NOTICE_CLOSED,
    OBJECTED,
    OPEN,
    READY,
    REVISITED,
    UP,
    Step,
    act,
    fact_of,
    road,
    taking,
    the_facts,
    visit,
)

ONCE_MORE = (*UP, OBJECTED, REVISITED, ANSWERED)
NEW_OPINION = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-12")
NO_SECOND_NOTICE = """
pack: site
title: 本站
parameters:
  notice.again_after_objection:
    title: 是否再次公示
    unit: boolean
    values:
      - {from: 2024-01-01, value: 否, citation: 本站规定, certainty: P}
"""


def objecting(day: str) -> Step:
    """An objection of that day, with a name."""
    return act(c.RaiseObjection(CASE, "反映有车", "乙某", "13800000000"), day, "o-2")


def answering(number: int, day: str) -> Step:
    """An answer of that day: it is not upheld."""
    return act(c.AnswerObjection(CASE, number, False), day, "o-2")


def test_an_objection_is_taken_down_and_numbered() -> None:
    """Who objects, and what they say, is sealed."""
    taking(UP, objecting("2024-03-08")).then(
        ObjectionRaised(CASE, 1, date(2024, 3, 8), Objector("乙某", "13800000000", "反映有车"))
    )


def test_nobody_needs_to_give_a_name() -> None:
    """An objection counts by what it says."""
    assert Objector(None, None, "反映收入不实") == fact_of(UP, OBJECTED).personal


@pytest.mark.parametrize("day", ["2024-03-07", "2024-03-14", "2024-03-18"])
def test_an_objection_is_taken_until_the_notice_is_closed(day: str) -> None:
    """On the first day, on the last, and as long as nobody has closed it."""
    assert 1 == fact_of(UP, objecting(day)).objection


@pytest.mark.parametrize("past", [(OPEN,), READY], ids=["before", "after"])
def test_no_objection_without_a_notice(past: tuple[Step, ...]) -> None:
    """Neither before it hangs nor after it was closed."""
    taking(past, objecting("2024-03-18")).then_refused(NoticeNotOpen)


def test_an_answer_follows_a_new_visit() -> None:
    """57号 Art 19: investigated again, then answered."""
    taking((*UP, OBJECTED, REVISITED), ANSWERED).then(
        ObjectionAnswered(CASE, 1, ("o-2",), date(2024, 3, 12), "VISIT", upheld=False)
    )


def test_no_answer_without_a_new_visit() -> None:
    """The first visit doesn't count a second time."""
    taking((*UP, OBJECTED), ANSWERED).then_refused(NotReinvestigated)


def test_an_old_visit_written_down_late_is_not_a_new_investigation() -> None:
    """It took place before anybody objected."""
    command, surroundings = visit("2024-03-11", "o-2", "o-3")
    late = replace(command, visited_on=date(2024, 3, 6)), surroundings
    taking((*UP, OBJECTED, late), ANSWERED).then_refused(NotReinvestigated)


def test_a_visit_before_the_objection_does_not_answer_it() -> None:
    """A second objection needs a visit of its own."""
    second = objecting("2024-03-12")
    taking((*UP, OBJECTED, REVISITED, second), answering(2, "2024-03-12")).then_refused(
        NotReinvestigated
    )


def test_one_visit_can_answer_several_objections() -> None:
    """What was raised before it is looked into together."""
    past = (*UP, OBJECTED, objecting("2024-03-09"), REVISITED, ANSWERED)
    assert 2 == fact_of(past, answering(2, "2024-03-12")).objection


def test_an_objection_that_nobody_raised_is_not_answered() -> None:
    """The number is wrong."""
    taking((*UP, OBJECTED, REVISITED), answering(2, "2024-03-12")).then_refused(NoSuchObjection)


def test_an_objection_is_answered_once() -> None:
    """The answer stands."""
    taking(ONCE_MORE, ANSWERED).then_refused(ObjectionAlreadyAnswered)


def test_the_old_opinion_counts_no_longer_after_an_answer() -> None:
    """57号 Art 19: a new opinion follows, upheld or not."""
    taking((*ONCE_MORE, NOTICE_CLOSED), CONFIRMED).then_refused(NoEligibleOpinion)


def test_no_new_opinion_while_another_objection_waits() -> None:
    """All are answered first."""
    two = (*UP, OBJECTED, objecting("2024-03-09"), REVISITED, ANSWERED)
    taking(two, NEW_OPINION).then_refused(ObjectionOpen)


def test_the_new_opinion_is_put_up_again() -> None:
    """By the policy in force: another notice, which runs its own days."""
    past = (*ONCE_MORE, NEW_OPINION)
    again = act(c.PostPublicNotice(CASE, "村委会公示栏"), "2024-03-12")
    closed = act(c.ClosePublicNotice(CASE), "2024-03-20")

    taking(past, CONFIRMED).then_refused(NoticeNotClosed)
    assert (2, date(2024, 3, 20)) == (
        fact_of(past, again).notice,
        fact_of(past, again).next_step_on,
    )
    assert 76_500 == fact_of((*past, again, closed), act(*_confirming())).allowance_fen


def _confirming() -> tuple[c.ConfirmEligibility, str, str]:
    return c.ConfirmEligibility(CASE), "2024-03-20", "h-1"


def test_where_no_second_notice_is_asked_for_the_first_goes_on(tmp_path: Path) -> None:
    """57号 doesn't ask for it; where the site's policy says no, the first notice counts."""
    site = tmp_path / "site.yaml"
    site.write_text(NO_SECOND_NOTICE, "utf-8")
    command, surroundings = NEW_OPINION
    elsewhere = replace(surroundings, policy=load_policy(site))
    past = road(*ONCE_MORE)
    given = the_facts(past.when(DECIDER, command, elsewhere))
    after = Given((*past.facts, *given))

    assert [True] == [getattr(fact, "notice_continues", None) for fact in given]
    closed = the_facts(after.when(DECIDER, *NOTICE_CLOSED))
    confirmed = Given((*after.facts, *closed)).when(DECIDER, *CONFIRMED)
    assert [76_500] == [getattr(fact, "allowance_fen", None) for fact in the_facts(confirmed)]


def test_a_notice_goes_on_for_no_other_reason_than_an_answered_objection(tmp_path: Path) -> None:
    """Means that set an opinion aside lead to one that was never shown: it is put up anew."""
    site = tmp_path / "site.yaml"
    site.write_text(NO_SECOND_NOTICE, "utf-8")
    command, surroundings = NEW_OPINION
    elsewhere = replace(surroundings, policy=load_policy(site))
    given = the_facts(road(*UP, MEANS).when(DECIDER, command, elsewhere))

    assert [False] == [getattr(fact, "notice_continues", None) for fact in given]


def test_a_notice_does_not_go_on_for_numbers_that_it_never_showed(tmp_path: Path) -> None:
    """The new investigation found less income: another amount is put up anew."""
    site = tmp_path / "site.yaml"
    site.write_text(NO_SECOND_NOTICE, "utf-8")
    poorer = visit("2024-03-11", "o-2", "o-3", monthly_income_fen=30_000)
    past = road(*UP, OBJECTED, poorer, ANSWERED)
    command, surroundings = act(c.GivePreliminaryOpinion(CASE, 30_000), "2024-03-12")
    elsewhere = replace(surroundings, policy=load_policy(site))
    given = the_facts(past.when(DECIDER, command, elsewhere))

    assert [(106_500, False)] == [
        (getattr(fact, "allowance_fen", None), getattr(fact, "notice_continues", None))
        for fact in given
    ]
