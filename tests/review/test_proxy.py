"""Who applied in the household's place neither investigates nor decides (57号 Art 6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.review import commands as c
from services.review.domain.investigators import VisitorsOnRecord
from services.review.refusals import ProxyStandsApart
from shared.context import Behind
from tests.review.houses import TOWN, Houses
from tests.review.samples import (
    ACCEPTED,
    CASE,
    COMPLAINED,
    CONFIRMED,
    DECLINED,
    OPINION,
    READY,
    SURVEYED,
    TOO_RICH,
    VISIT,
    Step,
    act,
    bureau_visit,
    fact_of,
    taking,
)
from tests.review.test_appraisal import KNOWN, appraisal

PROXY = "p-proxy"
OPEN = act(c.OpenCase(replace(ACCEPTED, proxy=PROXY)), "2024-03-01", "SYSTEM/review")
STOPPED = act(c.TerminateAllowance(CASE, "INCOME_OVER"), "2024-05-31", "h-1")
ANSWERED = act(c.AnswerComplaint(CASE, 1, "ENQUIRY", False), "2024-03-14", "h-2")
LATE = act(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), "2024-05-20", "o-1")
ANSWERED_LATE = act(c.AnswerComplaint(CASE, 1, "ENQUIRY", False), "2024-05-21", "h-2")
STEPS = [
    pytest.param(SURVEYED, OPINION, id="opinion"),
    pytest.param(READY, CONFIRMED, id="confirm"),
    pytest.param(TOO_RICH, DECLINED, id="decline"),
    pytest.param((*READY[:-1], COMPLAINED), ANSWERED, id="complaint"),
    pytest.param((*READY, CONFIRMED), STOPPED, id="end"),
    pytest.param((*READY, CONFIRMED, LATE), ANSWERED_LATE, id="complaint of an allowance"),
]


def of_proxy(past: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same case, applied for by somebody else."""
    return (OPEN, *past[1:])


def behind(step: Step, *persons: str) -> Step:
    """The same step, by who is known to be these."""
    command, around = step
    return command, replace(around, behind=Behind(persons=frozenset(persons)))


@pytest.mark.parametrize(("past", "step"), STEPS)
def test_the_proxy_neither_investigates_nor_decides(past: tuple[Step, ...], step: Step) -> None:
    """By person, as authority knows it; stand-ins in both directions are behind an act."""
    taking(of_proxy(past), behind(step, "p-other", PROXY)).then_refused(ProxyStandsApart)
    assert taking(of_proxy(past), behind(step, "p-other")).refusal is None
    assert taking(past, behind(step, PROXY)).refusal is None


@pytest.mark.parametrize(
    ("past", "step"),
    [
        (OPEN, act(VISIT, "2024-03-04", on_record=VisitorsOnRecord(
            frozenset({"o-1", "o-2"}), frozenset(), frozenset()))),
        (READY, bureau_visit("2024-03-15")),
    ],
    ids=["township", "bureau"],
)  # fmt: skip
def test_the_proxy_does_not_come_along(past: Any, step: Step) -> None:
    """Somebody else records it; the proxy is only one of them."""
    command, around = step
    there = replace(around.gathered, proxies=frozenset({command.visitors[1]}))
    before = of_proxy(past) if past is READY else (OPEN,)
    taking(before, (command, replace(around, gathered=there))).then_refused(ProxyStandsApart)
    elsewhere = replace(around.gathered, proxies=frozenset({"o-9"}))
    assert taking(before, (command, replace(around, gathered=elsewhere))).refusal is None


def test_the_proxy_is_at_no_appraisal() -> None:
    """The officers who are there hold the vote."""
    command, around = appraisal()
    record = replace(KNOWN, relatives=frozenset(), proxies=frozenset({command.officers[0]}))
    past = of_proxy(SURVEYED)
    taking(past, (command, replace(around, gathered=record))).then_refused(ProxyStandsApart)


def test_what_intake_tells_of_the_proxy_is_kept() -> None:
    """None where nobody applied for them, and where the village committee told no number."""
    assert PROXY == fact_of((), OPEN).proxy


def test_an_officer_who_applied_for_a_household_stays_out_of_its_case(
    houses_on_each: Houses,
) -> None:
    """Through both doors: intake seals the number, the case knows the person."""
    houses = houses_on_each
    number = "999999197003030011"
    for officer, role in (("o-2", "CASE_OFFICER"), ("h-1", "TOWNSHIP_HEAD")):
        houses.insert(
            "appointment", appointment=f"own-{officer}", officer=officer, name="某", post="某职",
            role=role, organisation=TOWN, township=TOWN, village=None, from_on=date(2021, 2, 1),
            to_on=None,
            person=houses.review.site.pseudonym_of(number) if officer == "o-2" else "f" * 32,
        )  # fmt: skip
    proxy = {
        "kind": "OTHER_PERSON", "name": "钱某", "resident_id": number,
        "authorised_on": "2024-03-01", "authorisation_sha256": "0a" * 32,
    }  # fmt: skip
    case = houses.accepted_case(proxy=proxy)
    along = houses.visit(case, "2024-03-01", ("o-1", "o-2"))
    recording = houses.visit(case, "2024-03-01", ("o-2", "o-1"))
    others = houses.visit(case, "2024-03-01", ("o-1", "o-3"))

    assert ["PROXY_STANDS_APART"] * 2 == [along.code, recording.code]
    assert others.done
