"""The limit to decide, extended once for a listed reason."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.domain.road import NoSuchExtension
from services.review.domain.state import Open
from services.review.domain.task_changes import changes_of
from services.review.domain.tasks import after
from services.review.refusals import (
    AlreadyExtended,
    LimitPassed,
    NoObjectionRaised,
    NotElsewhere,
)
from shared.facts.review import LimitExtended
from tests.review.samples import (
    ACCEPTED,
    CASE,
    OBJECTED,
    OPEN,
    UP,
    Step,
    act,
    fact_of,
    road,
    taking,
)
from tests.review.test_appraisal import OLD_OPINION, OLD_POSTED, old


def extending(reason: str, day: str = "2024-03-20") -> Step:
    """By the head."""
    return act(c.ExtendLimit(CASE, reason), day, "h-1")


def opened(**changes: object) -> Step:
    """The case of an application that was accepted otherwise."""
    accepted = replace(ACCEPTED, **changes)  # type: ignore[arg-type]
    return act(c.OpenCase(accepted), str(accepted.accepted_on))


def test_a_hard_case_has_forty_five_working_days_in_all() -> None:
    """83号 四(一): counted from acceptance, not from the extension."""
    taking((OPEN,), extending("hard_to_investigate")).then(
        LimitExtended(
            case=CASE,
            reason="hard_to_investigate",
            extended_by=("h-1",),
            extended_on=date(2024, 3, 20),
            decide_by=date(2024, 5, 8),
            rules={
                "limit.decide_extended_working_days": "national/2022-10-20",
                "limit.extension_reasons": "national/2022-10-20",
            },
        )
    )


def test_the_case_and_its_task_have_the_new_limit() -> None:
    """Whoever looks for limits that have passed finds the later day."""
    facts = road(OPEN, extending("hard_to_investigate")).facts
    state = DECIDER.fold(facts)
    tasks = after({}, [change for fact in facts for change in changes_of(fact)])

    assert isinstance(state, Open)
    assert date(2024, 5, 8) == state.decide_by == tasks["decide", 0].due_on
    assert "limit.decide_extended_working_days" == tasks["decide", 0].rule


def test_it_is_extended_once() -> None:
    """57号 Art 22."""
    past = (OPEN, extending("hard_to_investigate"))
    taking(past, extending("hard_to_investigate")).then_refused(AlreadyExtended)


def test_it_is_extended_on_its_last_day_and_not_after() -> None:
    """What has passed stays passed."""
    assert fact_of((OPEN,), extending("hard_to_investigate", "2024-03-29")).decide_by
    taking((OPEN,), extending("hard_to_investigate", "2024-04-01")).then_refused(LimitPassed)


def test_an_objection_is_a_reason_once_somebody_objected() -> None:
    """公示有异议, answered or not."""
    taking(UP, extending("objection")).then_refused(NoObjectionRaised)
    assert date(2024, 5, 8) == fact_of((*UP, OBJECTED), extending("objection")).decide_by


@pytest.mark.parametrize("reason", ["residence_elsewhere", "applied_elsewhere"])
def test_living_or_applying_elsewhere_is_a_reason_where_acceptance_says_so(reason: str) -> None:
    """人户分离、异地申办 are found out at acceptance."""
    taking((OPEN,), extending(reason)).then_refused(NotElsewhere)
    assert date(2024, 5, 8) == fact_of((opened(**{reason: True}),), extending(reason)).decide_by


def test_under_the_old_rules_only_an_objection_gives_another_limit() -> None:
    """220号 Art 29: twenty working days from the objection."""
    old = (opened(accepted_on=date(2021, 6, 1)), *_shown(), _objected())
    taking(old, extending("hard_to_investigate", "2021-10-13")).then_refused(NoSuchExtension)
    assert date(2021, 11, 9) == fact_of(old, extending("objection", "2021-10-13")).decide_by


def test_a_case_from_before_any_rule_has_no_limit_to_extend() -> None:
    """No pack speaks of it."""
    taking(
        (opened(accepted_on=date(2012, 12, 11)),), extending("hard_to_investigate")
    ).then_refused(NoSuchExtension)


def _shown() -> tuple[Step, ...]:
    return (*old("2021-06-01")[1:], OLD_OPINION, OLD_POSTED)


def _objected() -> Step:
    return act(c.RaiseObjection(CASE, "反映收入不实"), "2021-10-12", "o-2")
