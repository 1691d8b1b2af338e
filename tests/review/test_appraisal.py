"""The democratic appraisal: when it is asked for, its quorum, votes, steps and recusals."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.appraisal import STEPS
from services.review.domain.investigators import VisitorsOnRecord
from services.review.refusals import (
    AppraisalDayWrong,
    AppraisalDue,
    AppraisalIncomplete,
    AppraiserNotAppointed,
    ConclusionAgainstVotes,
    InvestigatorConfirms,
    NoQuorum,
    NotReinvestigated,
    NotVisited,
    RecorderNotPresent,
    ReinvestigationDue,
    VisitorIsRelative,
    VotesDoNotAddUp,
)
from shared.facts.review import Appraisers, DemocraticAppraisalHeld
from shared.refusal import Refusal
from tests.review.samples import (
    ACCEPTED,
    ANSWERED,
    CASE,
    CONFIRMED,
    OBJECTED,
    OLD_ANSWERS,
    OPEN,
    READY,
    SURVEYED,
    UP,
    Step,
    act,
    fact_of,
    taking,
    visit,
)

NAMES = tuple(f"代表{number}" for number in range(1, 10))
HELD = c.RecordAppraisal(
    case=CASE,
    held_on=date(2024, 3, 11),
    officers=("o-2", "a-1"),
    names=NAMES,
    representatives_count=6,
    recused_count=1,
    for_count=5,
    against_count=2,
    abstained_count=1,
    steps=STEPS,
    conclusion="TRUE",
)
KNOWN = VisitorsOnRecord(frozenset({"o-1", "o-2"}), frozenset({"a-1"}), frozenset({"o-1"}))


def appraisal(day: str = "2024-03-11", by: str = "o-2", **changes: object) -> Step:
    """Held and recorded that day."""
    held_on = date.fromisoformat(day)
    command = replace(HELD, **{"held_on": held_on, **changes})  # type: ignore[arg-type]
    return act(command, day, by, on_record=KNOWN)


def old(accepted: str) -> tuple[Step, ...]:
    """A case accepted under 220号, surveyed in October 2021."""
    day = "2021-10-08"
    return (
        act(c.OpenCase(replace(ACCEPTED, accepted_on=date.fromisoformat(accepted))), accepted),
        visit(day, monthly_income_fen=30_000),
        act(c.RequestVerification(CASE), day),
        act(c.ReportVerification(CASE, 30_000, 0, OLD_ANSWERS), day, "b-1"),
    )


OLD_OPINION = act(c.GivePreliminaryOpinion(CASE, 30_000), "2021-10-11")
OLD_POSTED = act(c.PostPublicNotice(CASE, "公示栏"), "2021-10-11")
OLD_OBJECTED = act(c.RaiseObjection(CASE, "反映收入不实"), "2021-10-12", "o-2")
OLD_ANSWERED = act(c.AnswerObjection(CASE, 1, False), "2021-10-14", "o-2")
OLD_AGAIN = act(c.GivePreliminaryOpinion(CASE, 30_000), "2021-10-15")


def test_an_appraisal_is_recorded_with_its_votes_and_sealed_names() -> None:
    """Under 220号 its limit runs from the survey: five working days (Art 21)."""
    outcome = taking(old("2021-06-30"), appraisal("2021-10-11"))
    outcome.then(
        DemocraticAppraisalHeld(
            case=CASE,
            held_on=date(2021, 10, 11),
            recorded_by=("o-2",),
            officers=("o-2", "a-1"),
            present_count=9,
            representatives_count=6,
            recused_count=1,
            for_count=5,
            against_count=2,
            abstained_count=1,
            steps=STEPS,
            conclusion="TRUE",
            answers_objections=False,
            due_on=date(2021, 10, 14),
            rules={
                "appraisal.when": "national/2020-08-25",
                "appraisal.representatives_share_min": "national/2012-12-12",
                "appraisal.steps": "national/2012-12-12",
                "limit.appraisal_working_days": "national/2012-12-12",
            },
            personal=Appraisers(NAMES),
        )
    )


def test_under_the_first_rules_no_opinion_without_an_appraisal() -> None:
    """220号 Art 21, for what was accepted before 18号."""
    past = old("2020-08-24")
    taking(past, OLD_OPINION).then_refused(AppraisalDue)
    assert fact_of((*past, appraisal("2021-10-11")), OLD_OPINION).eligible


def test_without_a_dispute_the_appraisal_may_be_left_out() -> None:
    """18号 第24项, for what was accepted from then on."""
    assert fact_of(old("2021-06-30"), OLD_OPINION).eligible


def test_with_a_dispute_the_appraisal_is_held_and_does_not_replace_the_new_survey() -> None:
    """18号 第24项; 220号 Art 29: investigated again."""
    disputed = (*old("2021-06-30"), OLD_OPINION, OLD_POSTED, OLD_OBJECTED)
    taking((*disputed, appraisal("2021-10-13")), OLD_ANSWERED).then_refused(NotReinvestigated)
    surveyed = (*disputed, visit("2021-10-13", monthly_income_fen=30_000), OLD_ANSWERED)
    taking(surveyed, OLD_AGAIN).then_refused(AppraisalDue)
    assert fact_of((*surveyed, appraisal("2021-10-15")), OLD_AGAIN).eligible


def test_an_objection_sets_aside_the_appraisal_that_was_shown() -> None:
    """220号 Art 25: the notice shows it, so the objection is to it, too."""
    past = (*old("2020-08-24"), appraisal("2021-10-11"), OLD_OPINION, OLD_POSTED, OLD_OBJECTED)
    surveyed = (*past, visit("2021-10-13", monthly_income_fen=30_000), OLD_ANSWERED)
    taking(surveyed, OLD_AGAIN).then_refused(AppraisalDue)


def test_an_appraisal_answers_an_objection_as_a_new_survey_does() -> None:
    """57号 Art 19: 重新组织调查或者开展民主评议."""
    assert "APPRAISAL" == fact_of((*UP, OBJECTED, appraisal()), ANSWERED).reexamined
    both = (*UP, OBJECTED, visit("2024-03-11", "o-2", "o-3"), appraisal())
    assert "VISIT" == fact_of(both, ANSWERED).reexamined


def test_an_appraisal_from_before_the_objection_does_not_answer_it() -> None:
    """It was not about what somebody objects to."""
    taking((*UP, appraisal("2024-03-07"), OBJECTED), ANSWERED).then_refused(NotReinvestigated)
    late = act(replace(HELD, held_on=date(2024, 3, 7)), "2024-03-11", "o-2", on_record=KNOWN)
    taking((*UP, OBJECTED, late), ANSWERED).then_refused(NotReinvestigated)


def test_a_disputed_appraisal_asks_for_a_new_survey() -> None:
    """220号 Art 24; and it answers no objection."""
    past = (*UP, OBJECTED, appraisal(conclusion="DISPUTED"))
    taking(past, ANSWERED).then_refused(NotReinvestigated)
    again = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-12")
    undisputed = (*SURVEYED, appraisal(conclusion="DISPUTED"))
    taking(undisputed, again).then_refused(ReinvestigationDue)
    assert fact_of((*undisputed, visit("2024-03-11")), again).eligible


def test_no_appraisal_before_the_survey() -> None:
    """There is no result to look at yet."""
    taking((OPEN,), appraisal()).then_refused(NotVisited)


@pytest.mark.parametrize("held", ["2024-03-03", "2024-03-12"])
def test_an_appraisal_lies_between_survey_and_today(held: str) -> None:
    """220号 Art 21."""
    step = act(replace(HELD, held_on=date.fromisoformat(held)), "2024-03-11", "o-2",
               on_record=KNOWN)  # fmt: skip
    taking(SURVEYED, step).then_refused(AppraisalDayWrong)


@pytest.mark.parametrize(("representatives", "valid"), [(6, True), (5, False), (10, False)])
def test_two_thirds_of_those_present_are_the_villages_representatives(
    representatives: int, valid: bool
) -> None:
    """220号 Art 22: six of nine are enough, five are not; ten of nine is an error."""
    step = appraisal("2021-10-11", representatives_count=representatives)
    outcome = taking(old("2021-06-30"), step)
    if valid:
        assert outcome.refusal is None
    else:
        outcome.then_refused(NoQuorum)


def test_the_new_rules_ask_for_no_share() -> None:
    """57号 names none; a district may."""
    held = fact_of((*UP, OBJECTED), appraisal(representatives_count=1))
    assert {"appraisal.when", "appraisal.steps"} == set(held.rules)


@pytest.mark.parametrize(
    ("for_", "against", "abstained", "recused"), [(6, 2, 1, 1), (5, 2, 1, 0), (0, 0, 0, 9)]
)
def test_everybody_present_votes_or_is_recused(
    for_: int, against: int, abstained: int, recused: int
) -> None:
    """Votes and recusals come to those present, and somebody voted."""
    step = appraisal(
        for_count=for_, against_count=against, abstained_count=abstained, recused_count=recused
    )
    taking(SURVEYED, step).then_refused(VotesDoNotAddUp)


@pytest.mark.parametrize("missing", STEPS)
def test_no_step_of_the_appraisal_is_left_out(missing: str) -> None:
    """220号 Art 23: all five."""
    held = tuple(step for step in STEPS if step != missing)
    taking(SURVEYED, appraisal(steps=held)).then_refused(AppraisalIncomplete)


@pytest.mark.parametrize(
    ("officers", "refusal"),
    [
        (("a-1",), RecorderNotPresent),
        (("o-2", "x-1"), AppraiserNotAppointed),
        (("o-2", "o-1"), VisitorIsRelative),
    ],
)
def test_officers_who_take_part_are_of_the_place_and_no_relatives(
    officers: tuple[str, ...], refusal: type[Refusal]
) -> None:
    """220号 Art 22; 57号 Art 11: whoever is close to the household is recused."""
    taking(SURVEYED, appraisal(officers=officers)).then_refused(refusal)


def test_an_aide_alone_does_not_hold_it() -> None:
    """220号 Art 22, 23: the township's officers tell the policy and draw the conclusion."""
    taking(SURVEYED, appraisal(by="a-1", officers=("a-1",))).then_refused(AppraiserNotAppointed)


def test_who_held_the_appraisal_does_not_decide() -> None:
    """It is a part of the investigation."""
    ahead = appraisal("2024-03-15", by="o-2", officers=("o-2", "a-1"))
    step = act(c.ConfirmEligibility(CASE), "2024-03-18", "a-1", "h-1")
    taking((*READY, ahead), step).then_refused(InvestigatorConfirms)
    assert 76_500 == fact_of((*READY, ahead), CONFIRMED).allowance_fen


@pytest.mark.parametrize(
    ("conclusion", "votes"),
    [("TRUE", (2, 5)), ("TRUE", (4, 4)), ("UNTRUE", (5, 2)), ("UNTRUE", (4, 4))],
)
def test_an_appraisal_concludes_what_was_voted(conclusion: str, votes: tuple[int, int]) -> None:
    """More for it than against, or the other way round; who is divided says so."""
    past = (*UP, OBJECTED)

    def concluding(what: str) -> Step:
        return appraisal(
            conclusion=what,
            for_count=votes[0],
            against_count=votes[1],
            abstained_count=8 - sum(votes),
            recused_count=1,
        )

    taking(past, concluding(conclusion)).then_refused(ConclusionAgainstVotes)
    assert taking(past, concluding("DISPUTED")).facts
