"""The bureau's visit, and its part where the power was not devolved."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.refusals import (
    BureauVisitDue,
    DevolvedToTownship,
    FileAlreadySent,
    FileNotSent,
    InvestigatorConfirms,
    InvestigatorVisits,
    NoEligibleOpinion,
    NoOpinion,
    NotDevolved,
    NoticeNotClosed,
    NoticeStands,
    ReinvestigationDue,
    SecondNoticeDue,
    VisitAlone,
    VisitDayWrong,
    VisitorIsRelative,
    VisitorNotOfBureau,
    VisitorTwice,
)
from shared.facts.review import BureauVisited, FileSentUp, Observed
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from shared.refusal import Refusal
from tests.review.samples import (
    ACCEPTED,
    CASE,
    CONFIRMED,
    DECLINED,
    OLD_ANSWERS,
    READY,
    SURVEYED,
    TOO_RICH,
    UP,
    Step,
    act,
    answers,
    bureau_visit,
    fact_of,
    taking,
    visit,
)

NOT_DEVOLVED = """
pack: site
title: 某区
parameters:
  devolution.devolved:
    title: 是否已下放
    unit: boolean
    values:
      - {from: 2023-01-01, value: 否, citation: 区政府通知, certainty: P}
"""
RELATIVE = act(c.OpenCase(replace(ACCEPTED, relative_registered=True)), "2024-03-01")
OF_RELATIVE = (RELATIVE, *READY[1:])
AGAIN = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-18")
CONFIRM_BY_BUREAU = act(c.ConfirmByBureau(CASE), "2024-03-19", "b-9")
DECLINE_BY_BUREAU = act(
    c.DeclineByBureau(CASE, ("INCOME_NOT_BELOW_STANDARD",)), "2024-03-19", "b-9"
)
SENT = act(c.SendFileUp(CASE), "2024-03-18")
AGAIN_RICH = act(c.GivePreliminaryOpinion(CASE, 136_500), "2024-03-18")
AGREED = act(c.GiveBureauOpinion(CASE, True), "2024-03-18", "b-5")


@pytest.fixture(scope="module")
def undevolved(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A site where the bureau decides."""
    site = tmp_path_factory.mktemp("policy") / "site.yaml"
    site.write_text(NOT_DEVOLVED, "utf-8")
    return load_policy(site)


def under(policy: Policy, *steps: Step) -> tuple[Step, ...]:
    """The same steps by another policy."""
    return tuple((command, replace(around, policy=policy)) for command, around in steps)


def test_the_bureaus_visit_is_recorded_with_what_it_saw() -> None:
    """What it saw is sealed; it says why it had to go (57号 Art 20)."""
    taking(OF_RELATIVE, bureau_visit("2024-03-15")).then(
        BureauVisited(
            case=CASE,
            visitors=("b-2", "b-3"),
            recorded_by=("b-2",),
            visited_on=date(2024, 3, 15),
            due_for=("RELATIVE",),
            conclusion="SUPPORTS",
            personal=Observed("房屋一间"),
        )
    )


def test_a_relatives_case_is_visited_by_the_bureau_before_it_is_decided() -> None:
    """57号 Art 11, 20: devolution changes nothing about that."""
    taking(OF_RELATIVE, CONFIRMED).then_refused(BureauVisitDue)
    assert 76_500 == fact_of((*OF_RELATIVE, bureau_visit("2024-03-15")), CONFIRMED).allowance_fen


def test_a_relative_is_not_declined_unvisited_either() -> None:
    """57号 Art 20 speaks of the application, whatever becomes of it."""
    taking((RELATIVE, *TOO_RICH[1:]), DECLINED).then_refused(BureauVisitDue)


def test_other_cases_need_no_visit_by_the_bureau_and_may_have_one() -> None:
    """A spot check: it says that nothing forced it."""
    assert () == fact_of(READY, bureau_visit("2024-03-15")).due_for
    assert "spot_check.filed_relative_per_mille" not in fact_of(READY, CONFIRMED).rules


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (bureau_visit("2024-03-15", by=("b-2",)), VisitAlone),
        (bureau_visit("2024-03-15", by=("b-2", "b-2")), VisitorTwice),
        (bureau_visit("2024-03-15", officers="b-2"), VisitorNotOfBureau),
        (bureau_visit("2024-03-15", relatives="b-3"), VisitorIsRelative),
        (bureau_visit("2024-03-15", by=("b-2", "o-1")), InvestigatorVisits),
        (bureau_visit("2024-02-29"), VisitDayWrong),
    ],
)
def test_two_of_the_bureau_go_who_had_no_hand_in_the_case(
    step: Step, refusal: type[Refusal]
) -> None:
    """57号 Art 16: two or more; none who investigated for the township, none close to them."""
    taking(OF_RELATIVE, step).then_refused(refusal)


@pytest.mark.parametrize(("other", "refusal"), [("b-3", VisitorTwice), ("o-1", InvestigatorVisits)])
def test_a_second_id_makes_nobody_of_the_bureau_somebody_else(
    other: str, refusal: type[Refusal]
) -> None:
    """Neither a second visitor, nor one who had no hand in the case."""
    command, around = bureau_visit("2024-03-15")
    record = replace(around.gathered, also_known_as={"b-2": frozenset({other})})
    taking(OF_RELATIVE, (command, replace(around, gathered=record))).then_refused(refusal)


def test_who_reported_the_verification_may_visit_for_the_bureau() -> None:
    """It was the bureau's own work; deciding is another matter."""
    seen = fact_of(OF_RELATIVE, bureau_visit("2024-03-15", by=("b-1", "b-2")))
    assert ("b-1", "b-2") == seen.visitors


def test_a_visit_that_contradicts_sends_the_case_back_to_its_survey() -> None:
    """Opinion and notice count no longer, and a new visit comes before a new opinion."""
    past = (*OF_RELATIVE, bureau_visit("2024-03-15", "CONTRADICTS"))
    taking(past, CONFIRMED).then_refused(NoEligibleOpinion)
    taking(past, AGAIN).then_refused(ReinvestigationDue)
    revisited = (*past, visit("2024-03-18"), AGAIN)
    taking(revisited, act(c.ConfirmEligibility(CASE), "2024-03-18", "h-1")).then_refused(
        NoticeNotClosed
    )


def test_a_visit_from_before_the_contradiction_is_no_new_one() -> None:
    """Written down late, it doesn't count."""
    past = (*OF_RELATIVE, bureau_visit("2024-03-15", "CONTRADICTS"), visit("2024-03-14"))
    taking(past, AGAIN).then_refused(ReinvestigationDue)


def test_who_visited_for_the_bureau_does_not_decide() -> None:
    """Not even as the head's delegate."""
    past = (*OF_RELATIVE, bureau_visit("2024-03-15"))
    taking(past, act(c.ConfirmEligibility(CASE), "2024-03-18", "b-3", "h-1")).then_refused(
        InvestigatorConfirms
    )


@pytest.mark.parametrize(("officer", "acting_for"), [("o-1", "h-1"), ("h-1", "o-2")])
def test_who_investigated_is_no_delegate_and_lends_no_post(officer: str, acting_for: str) -> None:
    """A recorded delegation opens the door; duties stay apart in both directions."""
    step = act(c.ConfirmEligibility(CASE), "2024-03-18", officer, acting_for)
    taking(READY, step).then_refused(InvestigatorConfirms)


def test_a_delegate_who_had_no_hand_in_the_case_decides_for_the_head() -> None:
    """Both answer for it."""
    step = act(c.ConfirmEligibility(CASE), "2024-03-18", "h-2", "h-1")
    assert ("h-2", "h-1") == fact_of(READY, step).confirmed_by


def test_what_was_devolved_the_bureau_does_not_decide() -> None:
    """PLAN; 57号 Art 2."""
    for step in (CONFIRM_BY_BUREAU, DECLINE_BY_BUREAU, SENT):
        taking(READY, step).then_refused(DevolvedToTownship)


def test_what_was_not_devolved_the_township_does_not_decide(undevolved: Policy) -> None:
    """57号 Art 2, 19: it goes up."""
    for past, step in ((READY, CONFIRMED), (TOO_RICH, DECLINED)):
        *before, last = under(undevolved, *past, step)
        taking(tuple(before), last).then_refused(NotDevolved)


def test_who_decides_is_settled_on_the_day_of_acceptance() -> None:
    """The plan's first day; the day before stays with the bureau (PLAN)."""
    organs = [
        fact_of((), act(c.OpenCase(replace(ACCEPTED, accepted_on=day)), str(day))).organ
        for day in (date(2021, 1, 31), date(2021, 2, 1))
    ]
    assert ["BUREAU", "TOWNSHIP"] == organs


def test_the_file_goes_up_after_the_notice_and_the_bureau_confirms(undevolved: Policy) -> None:
    """In its own name, by somebody who had no hand in the case (57号 Art 19-21)."""
    *past, sent, confirmed = under(undevolved, *READY, SENT, CONFIRM_BY_BUREAU)
    taking(tuple(past), confirmed).then_refused(FileNotSent)
    found = fact_of((*past, sent), confirmed)
    assert ("BUREAU", "OWN", ("b-9",)) == (found.organ, found.legal_form, found.confirmed_by)


def test_g39_the_bureau_has_ten_working_days_from_receipt(undevolved: Policy) -> None:
    """Received on 2023-09-25: until 2023-10-13, over the holidays (57号 Art 20)."""
    day = "2023-09-04"
    past = under(
        undevolved,
        act(c.OpenCase(replace(ACCEPTED, accepted_on=date(2023, 9, 4))), day),
        visit(day),
        act(c.RequestVerification(CASE), day),
        act(c.ReportVerification(CASE, 60_000, 0, answers()), day, "b-1"),
        act(c.GivePreliminaryOpinion(CASE, 60_000), day),
        act(c.PostPublicNotice(CASE, "公示栏"), day),
        act(c.ClosePublicNotice(CASE), "2023-09-18"),
        act(c.SendFileUp(CASE), "2023-09-25"),
    )
    taking(past[:-1], past[-1]).then(
        FileSentUp(
            case=CASE,
            sent_by=("o-1",),
            sent_on=date(2023, 9, 25),
            opinion_by=date(2023, 10, 13),
            rules={"limit.bureau_opinion_working_days": "national/2021-07-01"},
        )
    )


def test_no_file_goes_up_before_its_time(undevolved: Policy) -> None:
    """Without an opinion, while the notice hangs, or twice."""
    for past, refusal in (
        (SURVEYED, NoOpinion),
        (UP, NoticeNotClosed),
        ((*READY, SENT), FileAlreadySent),
    ):
        *before, last = under(undevolved, *past, SENT)
        taking(tuple(before), last).then_refused(refusal)


def test_the_bureau_declines_what_came_up_with_an_opinion_against(undevolved: Policy) -> None:
    """Without a notice, as its township would (57号 Art 21)."""
    *past, last = under(undevolved, *TOO_RICH, SENT, DECLINE_BY_BUREAU)
    assert "BUREAU" == fact_of(tuple(past), last).organ


def test_the_bureau_sends_a_file_back(undevolved: Policy) -> None:
    """It doesn't agree: surveyed again, and nothing is decided on the old opinion."""
    back = act(c.GiveBureauOpinion(CASE, False), "2024-03-18", "b-5")
    *past, confirmed = under(undevolved, *READY, SENT, back, CONFIRM_BY_BUREAU)
    taking(tuple(past), confirmed).then_refused(NoEligibleOpinion)
    *past, again = under(undevolved, *READY, SENT, back, AGAIN)
    taking(tuple(past), again).then_refused(ReinvestigationDue)


def test_a_new_opinion_is_sent_up_anew(undevolved: Policy) -> None:
    """What lay with the bureau was another."""
    *past, confirmed = under(undevolved, *TOO_RICH, SENT, AGAIN_RICH, DECLINE_BY_BUREAU)
    taking(tuple(past), confirmed).then_refused(FileNotSent)


def test_the_bureau_gives_its_opinion_once_and_its_giver_may_decide_no_more_than_visitors(
    undevolved: Policy,
) -> None:
    """An opinion stands; a visitor of the bureau gives none."""
    *past, twice = under(undevolved, *READY, SENT, AGREED, AGREED)
    taking(tuple(past), twice).then_refused(FileAlreadySent)
    seen = bureau_visit("2024-03-15", by=("b-5", "b-6"))
    *past, mine = under(undevolved, *READY, seen, SENT, AGREED)
    taking(tuple(past), mine).then_refused(InvestigatorConfirms)


STOP = c.TerminateAllowance(CASE, "DEATH")
STOP_BY_BUREAU = c.TerminateByBureau(CASE, "DEATH")


def test_what_is_not_devolved_the_bureau_ends(undevolved: Policy) -> None:
    """57号 Art 31, 32: the township reports, the bureau decides; in its township alone."""
    past = under(undevolved, *READY, SENT, CONFIRM_BY_BUREAU)
    [by_head] = under(undevolved, act(STOP, "2024-04-01", "h-1"))
    [by_bureau] = under(undevolved, act(STOP_BY_BUREAU, "2024-04-01", "b-9"))
    taking(past, by_head).then_refused(NotDevolved)
    stopped = fact_of(past, by_bureau)
    assert (("b-9",), "2024-05") == (stopped.decided_by, stopped.stops_from)

    elsewhere = act(STOP_BY_BUREAU, "2024-04-01", "b-9")
    taking((*READY, CONFIRMED), elsewhere).then_refused(DevolvedToTownship)


def test_whoever_holds_the_power_on_the_day_of_the_end_decides_it(undevolved: Policy) -> None:
    """PLAN 动态管理: the township manages those, too, whom the bureau had confirmed before."""
    by_bureau = under(undevolved, *READY, SENT, CONFIRM_BY_BUREAU)
    assert ("h-1",) == fact_of(by_bureau, act(STOP, "2024-04-01", "h-1")).decided_by

    [since] = under(undevolved, act(STOP_BY_BUREAU, "2024-04-01", "b-9"))
    assert ("b-9",) == fact_of((*READY, CONFIRMED), since).decided_by


OLD = "2021-01-25"  # accepted under 220号, before the plan
LATER = ("2021-10-08", "2021-10-11", "2021-10-20", "2021-10-21", "2021-11-01", "2021-11-02")
OLD_CASE = (
    act(c.OpenCase(replace(ACCEPTED, accepted_on=date.fromisoformat(OLD))), OLD),
    visit(LATER[0], monthly_income_fen=30_000),
    act(c.RequestVerification(CASE), LATER[0]),
    act(c.ReportVerification(CASE, 30_000, 0, OLD_ANSWERS), LATER[0], "b-1"),
    act(c.GivePreliminaryOpinion(CASE, 30_000), LATER[0]),
    act(c.PostPublicNotice(CASE, "公示栏"), LATER[1]),
    act(c.ClosePublicNotice(CASE), LATER[2]),
    act(c.SendFileUp(CASE), LATER[2]),
)
OLD_OPINION = act(c.GiveBureauOpinion(CASE, True), LATER[3], "b-5")
SECOND = act(c.PostPublicNotice(CASE, "公示栏"), LATER[3])
SECOND_CLOSED = act(c.ClosePublicNotice(CASE), LATER[4])
OLD_CONFIRMED = act(c.ConfirmByBureau(CASE), LATER[5], "b-9")


def test_under_the_old_rules_what_is_to_be_approved_is_shown_once_more() -> None:
    """220号 Art 26, 29: the bureau's opinion, a second notice, the decision."""
    taking(OLD_CASE, SECOND).then_refused(FileNotSent)
    taking((*OLD_CASE, OLD_OPINION), OLD_CONFIRMED).then_refused(SecondNoticeDue)
    shown = fact_of((*OLD_CASE, OLD_OPINION), SECOND)
    assert ("DECISION", 2) == (shown.stage, shown.notice)
    whole = (*OLD_CASE, OLD_OPINION, SECOND, SECOND_CLOSED)
    assert "BUREAU" == fact_of(whole, OLD_CONFIRMED).organ
    taking(whole, SECOND).then_refused(NoticeStands)


def test_under_the_new_rules_one_notice_is_enough() -> None:
    """57号 Art 19."""
    taking(READY, act(c.PostPublicNotice(CASE, "公示栏"), "2024-03-18")).then_refused(NoticeStands)
