"""Tasks as rows: the same as the table says of the facts, however they come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.review import commands as c
from services.review.domain.overseeing import CONTRADICTS
from services.review.domain.task_changes import CHANGES, changes_of
from services.review.domain.tasks import Task, after
from services.review.projections.task import tasks_changed
from services.review.read_models import open_tasks, task_on_record
from services.review.read_models.tables import TASK
from shared.codec import Recorded
from shared.decider import project
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.review import DeadlineMissed
from tests.review.houses import TOWN, Houses
from tests.review.samples import (
    ANSWERED,
    CASE,
    COMPLAINED,
    CONFIRMED,
    DECLINED,
    OBJECTED,
    READY,
    REVISITED,
    TOO_RICH,
    UP,
    act,
    bureau_visit,
    road,
)
from tests.review.test_task_oversight import ANSWERED as ANSWERED_COMPLAINT
from tests.review.test_task_oversight import (
    COMPLAINT,
    EXTENDED,
    LATE_COMPLAINT,
    SENT_BACK,
    SENT_UP,
    visited,
)
from tests.shared.facts.specimen import frame_of

AGAIN = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-12", "o-2")
MORE_TIME = act(c.ExtendLimit(CASE, "hard_to_investigate"), "2024-03-11", "h-1")
MISSED = DeadlineMissed(
    CASE, "decide", 0, "TOWNSHIP_HEAD", date(2024, 3, 29), date(2024, 4, 1), (), {}
)
PASTS: tuple[tuple[Fact, ...], ...] = (
    tuple(road(*UP, OBJECTED, REVISITED, ANSWERED, AGAIN).facts),
    tuple(road(*READY, CONFIRMED).facts),
    (*road(*TOO_RICH).facts, MISSED, *road(*TOO_RICH, DECLINED).facts[-1:]),
    (*road(*UP).facts, MISSED),
    tuple(road(*UP, COMPLAINED, MORE_TIME, bureau_visit("2024-03-11", "CONTRADICTS")).facts),
    (*road(*READY).facts, COMPLAINT, EXTENDED, ANSWERED_COMPLAINT, visited(CONTRADICTS)),
    (*road(*READY, CONFIRMED).facts, LATE_COMPLAINT, ANSWERED_COMPLAINT),
    (*road(*READY).facts, SENT_UP, SENT_BACK),
)


def recorded(past: Sequence[Fact], case: str) -> list[Recorded[Any]]:
    """These facts as said of this case."""
    about = About(case=case, township=TOWN, village="某村")
    return [
        Recorded(replace(frame_of(fact), about=about), replace(fact, case=case)) for fact in past
    ]


CASES = {f"case-{number}": recorded(past, f"case-{number}") for number, past in enumerate(PASTS)}


def rows_from(pages: Sequence[Sequence[Recorded[Any]]]) -> dict[str, dict[tuple[str, int], Task]]:
    """What the rows say after these pages of a log, case by case."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as conn:
        TASK.create(conn)
        for page in pages:
            project(conn, dict.fromkeys(CHANGES, tasks_changed), page)
        keys = conn.execute(sa.select(TASK.c.case, TASK.c.step, TASK.c.item)).all()
        found: dict[str, dict[tuple[str, int], Task]] = {}
        for case, step, item in keys:
            task = task_on_record(conn, case, step, item)
            assert task is not None
            found.setdefault(case, {})[step, item] = task
    engine.dispose()
    return found


@settings(max_examples=60)
@given(data=st.data())
def test_rows_follow_from_each_cases_facts_however_the_log_was_cut(data: st.DataObject) -> None:
    """Cases mixed in any order, read in pages of any length: the same rows as by the table."""
    waiting = {case: list(facts) for case, facts in CASES.items()}
    log: list[Recorded[Any]] = []
    while any(waiting.values()):
        case = data.draw(st.sampled_from([name for name, left in waiting.items() if left]))
        log.append(waiting[case].pop(0))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(log)))) | {0, len(log)})
    pages = [log[start:end] for start, end in pairwise(cuts)]
    expected = {
        case: after({}, [change for one in facts for change in changes_of(one.fact)])
        for case, facts in CASES.items()
    }
    assert expected == rows_from(pages)


def test_the_rows_of_a_case_played_at_the_door_are_made_again(houses_on_each: Houses) -> None:
    """Thrown away and replayed; on both engines."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    houses.do("a-1", "raise_objection", case=case, text="反映收入不实")
    before = houses.rows()
    houses.review.rebuild()
    with houses.review.database.read() as conn:
        left = {task.step for task in open_tasks(conn, case)}

    assert before == houses.rows()
    assert {"close_notice", "visit", "answer_objection", "decide"} == left
