"""Every limit from acceptance to decision, under both procedures, with worked dates."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.counting import due_on
from services.review.domain.road import (
    BeforeAcceptance,
    Limit,
    NoSuchExtension,
    Road,
    circumstances,
    road,
)
from services.review.domain.steps import PROCEDURES, Moment
from shared.calendar import WorkCalendar
from shared.policy.loader import load_policy
from shared.policy.model import PolicyUnknown

POLICY, CALENDAR = load_policy(), WorkCalendar()
REASONS = ("objection", "residence_elsewhere", "applied_elsewhere", "hard_to_investigate")


def walked(
    accepted: str,
    *reasons: str,
    devolved: bool | None = None,
    happened: Mapping[Moment, str] | None = None,
) -> Road:
    """The road of what was accepted on that day."""
    days = {moment: date.fromisoformat(day) for moment, day in (happened or {}).items()}
    case = circumstances(POLICY.at(date.fromisoformat(accepted)), devolved, reasons)
    return road(case, POLICY, CALENDAR, days)


def waiting(found: Road) -> list[tuple[str, str | None]]:
    """Each step with its day, or what it waits for."""
    return [(limit.step.name, limit.waits_for or str(limit.due_on)) for limit in found.limits]


def limit(found: Road, name: str) -> Limit:
    """The step that must be there."""
    step = found.limit(name)
    assert step is not None
    return step


@pytest.mark.parametrize(
    ("accepted", "devolved", "expected"),
    [
        ("2022-01-17", False, "2022-03-03"),
        ("2022-01-17", True, "2022-03-03"),
        ("2023-01-09", True, "2023-02-09"),
        ("2024-02-01", True, "2024-03-05"),
        ("2024-02-01", None, "2024-03-05"),
        ("2024-02-01", False, "2024-03-19"),
        ("2025-09-15", True, "2025-10-17"),
    ],
)
def test_the_decision_falls_due_by_the_day_of_acceptance(
    accepted: str, devolved: bool | None, expected: str
) -> None:
    """30 working days (57号 Art 22); from 2022-10-20, where devolved, 20 (83号 四(一))."""
    assert expected == str(walked(accepted, devolved=devolved).due("decide"))


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("devolved", [True, False])
def test_a_special_case_has_forty_five_working_days(reason: str, devolved: bool) -> None:
    """Each of the four reasons gives the same limit, devolved or not (83号 四(一))."""
    found = walked("2024-02-01", reason, devolved=devolved)

    assert "2024-04-10" == str(found.due("decide"))
    assert "83号" in limit(found, "decide").rule.citation


def test_reasons_do_not_add_up() -> None:
    """45 working days are the most there are (57号 Art 22)."""
    assert walked("2024-02-01", REASONS[0]).due("decide") == walked("2024-02-01", *REASONS).due(
        "decide"
    )


def test_the_road_under_the_measures_names_what_each_step_waits_for() -> None:
    """Devolved, undisputed: nothing goes up to the bureau (57号 Art 2)."""
    assert waiting(walked("2024-03-01")) == [
        ("survey_start", "2024-03-06"),
        ("verification_start", "verification_requested"),
        ("notice", "notice_posted"),
        ("decide", "2024-03-29"),
        ("refusal_notice", "decided"),
        ("reconsideration", "decision_served"),
        ("litigation", "decision_served"),
    ]


def test_an_undevolved_and_disputed_case_has_the_bureaus_step_and_a_second_notice() -> None:
    """57号 Art 20; the second notice because the switch asks for it."""
    names = [step for step, _ in waiting(walked("2024-03-01", "objection", devolved=False))]

    assert names == [
        "survey_start", "verification_start", "notice", "notice_again", "bureau_opinion",
        "decide", "refusal_notice", "reconsideration", "litigation",
    ]  # fmt: skip


def test_steps_count_from_what_has_happened() -> None:
    """Bureau's check, its opinion, the refusal over a holiday, the appeal (57号 Art 17, 20, 21)."""
    happened = {
        Moment.VERIFICATION_REQUESTED: "2023-09-11",
        Moment.NOTICE_POSTED: "2024-03-28",
        Moment.FILE_RECEIVED: "2023-09-25",
        Moment.DECIDED: "2024-04-30",
        Moment.DECISION_SERVED: "2023-12-13",
    }
    found = walked("2023-09-01", devolved=False, happened=happened)
    notice = limit(found, "notice")

    assert waiting(found) == [
        ("survey_start", "2023-09-06"),
        ("verification_start", "2023-09-14"),
        ("notice", "2024-04-04"),
        ("bureau_opinion", "2023-10-13"),
        ("decide", "2023-10-19"),
        ("refusal_notice", "2024-05-08"),
        ("reconsideration", "2024-02-18"),
        ("litigation", "2024-06-13"),
    ]
    assert date(2024, 4, 7) == notice.next_step_on


def test_the_old_procedure_counts_from_step_to_step() -> None:
    """Survey 10, appraisal 5 working days; the rest waits (220号 Art 18, 21, 25, 26, 29)."""
    found = walked("2021-01-25", devolved=False, happened={Moment.SURVEY_DONE: "2021-02-01"})

    assert waiting(found) == [
        ("survey_done", "2021-02-07"),
        ("appraisal", "2021-02-07"),
        ("notice", "notice_posted"),
        ("bureau_opinion", "file_received"),
        ("second_notice", "second_notice_posted"),
        ("decide", "second_notice_ended"),
        ("refusal_notice", "decided"),
        ("reconsideration", "decision_served"),
        ("litigation", "decision_served"),
    ]
    assert found.due("survey_start") is None


def test_the_plans_first_day_stands_under_the_old_procedure() -> None:
    """Accepted 2021-02-01: the survey is done by 2021-02-19 (220号 Art 18); nothing goes up."""
    found = walked("2021-02-01")

    assert (True, "trial_2012") == (found.devolved, found.procedure)
    assert "2021-02-19" == str(found.due("survey_done"))
    assert found.limit("bureau_opinion") is None
    assert Moment.NOTICE_ENDED == limit(found, "opinion").waits_for
    assert not walked("2021-01-31").devolved


def test_the_second_notice_starts_the_decisions_three_working_days() -> None:
    """Posted on 2021-03-01, up to 03-08, decided within 3 working days (220号 Art 29)."""
    found = walked("2021-02-01", happened={Moment.SECOND_NOTICE_POSTED: "2021-03-01"})

    assert ("2021-03-08", "2021-03-11") == (
        str(found.due("second_notice")),
        str(found.due("decide")),
    )


def test_an_objection_under_the_old_procedure_gives_twenty_working_days_and_a_new_notice() -> None:
    """220号 Art 29: investigated again, decided in 20 working days, posted again."""
    found = walked("2021-02-01", "objection", happened={Moment.OBJECTION_RAISED: "2021-03-05"})

    assert "2021-04-02" == str(found.due("decide"))
    assert Moment.NOTICE_POSTED_AGAIN == limit(found, "notice_again").waits_for


def test_the_old_refusal_notice_counts_days_not_working_days() -> None:
    """Decided on a Friday: the third day is a Monday; on a Thursday it is a Sunday and moves on."""
    friday = walked("2021-02-01", happened={Moment.DECIDED: "2021-03-12"})
    thursday = walked("2021-02-01", happened={Moment.DECIDED: "2021-03-11"})

    assert [date(2021, 3, 15)] * 2 == [friday.due("refusal_notice"), thursday.due("refusal_notice")]


def test_each_notice_has_the_article_that_asks_for_it() -> None:
    """220号 Art 25 and 29 apart; a second notice under 57号 is nobody's text and says so."""
    old, new = walked("2021-02-01", "objection"), walked("2024-03-01", "objection")
    names = ("notice", "second_notice", "notice_again")

    assert ["220号 第二十五条", "220号 第二十九条", "220号 第二十九条"] == [
        limit(old, name).basis.citation for name in names
    ]
    assert ("T", "I") == tuple(
        limit(new, name).basis.certainty for name in ("notice", "notice_again")
    )
    assert "I" == limit(old, "opinion").basis.certainty


@pytest.mark.parametrize(
    ("accepted", "reasons", "expected"),
    [
        ("2020-08-24", (), False),
        ("2020-08-25", (), True),
        ("2021-06-30", ("objection",), False),
    ],
)
def test_an_undisputed_case_may_do_without_the_appraisal(
    accepted: str, reasons: tuple[str, ...], expected: bool
) -> None:
    """18号 第24项 loosens 220号 Art 21."""
    assert expected == limit(walked(accepted, *reasons), "appraisal").optional


@pytest.mark.parametrize(
    ("accepted", "expected"), [("2021-06-30", "trial_2012"), ("2021-07-01", "measures_2021")]
)
def test_the_day_of_acceptance_picks_the_procedure(accepted: str, expected: str) -> None:
    """57号 Art 42; what is decided later follows the procedure of its acceptance."""
    assert expected == walked(accepted, happened={Moment.DECIDED: "2021-08-02"}).procedure


@pytest.mark.parametrize("reason", [*REASONS[1:], "no_such_reason"])
def test_the_old_procedure_knows_no_other_extension(reason: str) -> None:
    """220号 Art 29 speaks of objections alone."""
    with pytest.raises(NoSuchExtension) as caught:
        walked("2021-06-30", reason)
    assert "NO_SUCH_EXTENSION" == caught.value.code
    assert "220号" in caught.value.sentence


def test_before_the_first_procedure_nothing_is_made_up() -> None:
    """No text here says how to proceed in 2012."""
    with pytest.raises(PolicyUnknown):
        walked("2012-12-11")


def test_nothing_happens_before_acceptance() -> None:
    """A decision older than its application is a slip of the keyboard."""
    with pytest.raises(BeforeAcceptance) as caught:
        walked("2024-03-01", happened={Moment.DECIDED: "2024-02-29"})
    assert "BEFORE_ACCEPTANCE" == caught.value.code


def test_a_limit_in_a_year_without_calendar_waits_for_it() -> None:
    """Nobody guesses the working days of 2027."""
    found = walked("2026-12-25", happened={Moment.NOTICE_POSTED: "2026-12-28"})

    assert [("survey_start", "2026-12-30"), ("notice", "calendar"), ("decide", "calendar")] == [
        pair for pair in waiting(found) if pair[0] in {"survey_start", "notice", "decide"}
    ]


@pytest.mark.parametrize(
    ("died", "expected"), [("2024-05-20", "2024-08-20"), ("2023-11-30", "2024-02-29")]
)
def test_months_end_on_the_same_day_or_the_months_last(died: str, expected: str) -> None:
    """A family is checked again within three months of a death (83号 一(三); 民法典 202)."""
    day = date.fromisoformat(died)

    assert expected == str(due_on(POLICY.at(day), CALENDAR, "limit.death_check_months", day))


def test_months_that_end_on_a_rest_day_move_on() -> None:
    """2024-02-10 is Spring Festival's first day: the limit ends on 2024-02-18 (民法典 203)."""
    day = date(2023, 11, 10)

    assert date(2024, 2, 18) == due_on(POLICY.at(day), CALENDAR, "limit.death_check_months", day)


def test_what_is_no_limit_counts_no_days() -> None:
    """A share is not a number of days."""
    with pytest.raises(TypeError):
        due_on(POLICY.at(date(2024, 3, 1)), CALENDAR, "verge.ratio_per_mille", date(2024, 3, 1))


@given(
    st.dates(date(2018, 1, 1), date(2025, 12, 31)),
    st.booleans(),
    st.sets(st.sampled_from(REASONS)),
)
def test_every_limit_ends_on_a_working_day_and_has_its_article(
    day: date, devolved: bool, reasons: set[str]
) -> None:
    """Notices apart, whose last day may be a rest day; an extension never shortens."""
    rules = POLICY.at(day)
    allowed = reasons & set(rules.several("limit.extension_reasons"))
    happened = {moment: day + timedelta(days=9) for moment in Moment} | {Moment.ACCEPTED: day}
    plain = road(circumstances(rules, devolved), POLICY, CALENDAR, happened)
    found = road(circumstances(rules, devolved, allowed), POLICY, CALENDAR, happened)

    for one in found.limits:
        assert one.due_on is not None
        assert one.due_on > day
        assert one.rule.citation
        assert one.next_step_on or CALENDAR.is_working_day(one.due_on)
    assert (found.due("decide") or date.min) >= (plain.due("decide") or date.max)


@pytest.mark.parametrize("name", sorted(PROCEDURES))
def test_a_procedures_limits_are_all_in_the_packs(name: str) -> None:
    """No step names a parameter that nobody wrote."""
    known = {parameter for pack in POLICY.packs for parameter in pack.parameters}

    named = {name for step in PROCEDURES[name] for name in (step.limit, step.basis) if name}
    assert set() == named - known
