"""An application becomes money in an account, with one objection, one refusal, one returned payment.

Played once through the doors; then the record is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from services.payments.read_models import Totals
from services.reporting.mirror import Entry
from shared.answer import Answer
from shared.facts.reporting import TownshipRow
from tests.clusters import Cluster
from tests.journeys.carriers import Carrier, Distributed, Embedded
from tests.journeys.story import (
    BANK,
    DEPUTY,
    DISPUTED,
    FAMILIES,
    FIRST,
    HEAD,
    MONTH,
    NOTICE,
    PAID,
    PAYER,
    PROGRAMME,
    RELEASER,
    RETURNED,
    REVIEWER,
    SECOND,
    STRAIGHT,
    THIRD,
    TOWNSHIP,
    VERIFIER,
    WEALTHY,
    Family,
    Story,
)
from tests.sites import Office, TrialSite

INVESTIGATED = [
    ("intake.application_accepted", FIRST),
    ("review.case_opened", "SYSTEM/review"),
    ("review.household_visited", FIRST),
    ("review.verification_requested", FIRST),
    ("review.verification_reported", VERIFIER),
    ("review.preliminary_opinion_given", FIRST),
]
NOTICED = ("review.public_notice_posted", FIRST)
CLOSED_AND_CONFIRMED = [
    ("review.public_notice_closed", THIRD),
    ("review.eligibility_confirmed", HEAD),
]
DRAWN_AND_INSTRUCTED = [
    ("payments.line_drawn", DEPUTY),
    ("payments.payment_instructed", PAYER),
]
SETTLED = ("payments.payment_settled", BANK)
FOLLOWING = ("intake.application_decided", "payments.entitlement_opened")


@dataclass
class Played:
    """The story told to its end, and what was seen on the way."""

    story: Story
    carrier: Carrier
    opinions: dict[str, Answer]
    second_opinion: Answer
    after_the_bank: tuple[Totals, ...]
    reissued: tuple[Totals, ...]

    def of(self, family: Family) -> list[Entry]:
        return self.carrier.timeline(case=self.story.cases[family.title])


@pytest.fixture(scope="module", params=["embedded", "distributed"])
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """The whole story, in each mode: told by the same acts through the same doors."""
    folder = tmp_path_factory.mktemp("story")
    if request.param == "embedded":
        trial = TrialSite(folder / "site")
        yield play(Embedded(trial))
        trial.close()
        return
    postgres = request.getfixturevalue("postgres_server")
    rabbit = request.getfixturevalue("rabbit_server")
    with Cluster(folder, postgres, rabbit) as cluster:
        cluster.start()
        cluster.wait_ready()
        with cluster.site() as site:
            office = Office(site)
            office.at("2024-03-01")
            office.open()
            yield play(Distributed(office))


def play(carrier: Carrier) -> Played:
    """Tell the story to its end through this carrier."""
    story = Story(carrier)
    story.appoint_double_posts()
    story.publish_policy()
    story.apply()
    story.investigate()
    opinions = story.give_opinions()
    story.dispute_and_decline()
    second = story.answer_the_objection()
    story.confirm()
    story.approve_the_roster()
    story.pay("2024-04-02", "2024-04-07", sent_back=(RETURNED,))
    after_the_bank = carrier.totals(PROGRAMME, MONTH)
    opened = carrier.timeline(case=story.cases[RETURNED.title], fact="review.case_opened")[0]
    story.correct_the_account(str(opened.about.household))
    story.pay("2024-04-09", "2024-04-10")
    carrier.settle()
    return Played(
        story, carrier, opinions, second, after_the_bank, carrier.totals(PROGRAMME, MONTH)
    )


def test_each_household_gets_the_difference_to_the_standard_to_the_fen(played: Played) -> None:
    """649号 Art 12: 455.00 yuan a head less the income; the opinion, the decision and the line."""
    told = {title: a.details["allowance_fen"] for title, a in played.opinions.items()}
    assert {family.title: family.allowance_fen for family in FAMILIES} == told
    assert {"eligible": True, "allowance_fen": 35_500} == played.second_opinion.details
    expected = {"郑直行": 31_000, "郑有议": 35_500, "郑退票": 100_000}
    for fact, field in (
        ("review.eligibility_confirmed", "allowance_fen"),
        ("payments.line_drawn", "amount_fen"),
        ("payments.payment_settled", "amount_fen"),
    ):
        found = {f.title: e.data[field] for f in PAID for e in played.of(f) if e.fact == fact}
        assert expected == found, fact


def test_who_is_confirmed_in_march_is_paid_from_april(played: Played) -> None:
    """57号 Art 21: from the month after the decision."""
    confirmed = [
        (e.data["confirmed_on"], e.data["from_month"], e.data["legal_form"])
        for f in PAID
        for e in played.of(f)
        if e.fact == "review.eligibility_confirmed"
    ]
    assert [
        ("2024-03-15", "2024-04", "AUTHORISED"),
        ("2024-03-19", "2024-04", "AUTHORISED"),
        ("2024-03-15", "2024-04", "AUTHORISED"),
    ] == confirmed
    lines = played.carrier.timeline(fact="payments.line_drawn")
    assert ["2024-04"] * 3 == [entry.data["month"] for entry in lines]


def test_the_straight_case_shows_who_did_each_step(played: Played) -> None:
    """From the record alone: each step, and who answers for it."""
    expected = [
        ("intake.application_submitted", FIRST),
        *INVESTIGATED,
        NOTICED,
        *CLOSED_AND_CONFIRMED,
        *DRAWN_AND_INSTRUCTED,
        SETTLED,
    ]
    assert expected == chain(played.of(STRAIGHT))


def test_a_disputed_case_is_investigated_again_by_others_and_shown_again(played: Played) -> None:
    """57号 Art 19: a new visit, an answer, a new opinion, and here a second notice of seven days."""
    expected = [
        ("intake.application_submitted", FIRST),
        ("intake.supplement_requested", FIRST),
        ("intake.materials_supplemented", FIRST),
        *INVESTIGATED,
        NOTICED,
        ("review.objection_raised", THIRD),
        ("review.household_visited", SECOND),
        ("review.objection_answered", SECOND),
        ("review.preliminary_opinion_given", SECOND),
        ("review.public_notice_posted", SECOND),
        *CLOSED_AND_CONFIRMED,
        *DRAWN_AND_INSTRUCTED,
        SETTLED,
    ]
    entries = played.of(DISPUTED)
    assert expected == chain(entries)
    notices = [e.data for e in entries if e.fact == "review.public_notice_posted"]
    days = [(n["posted_on"], n["last_day_on"], n["next_step_on"]) for n in notices]
    assert [
        ("2024-03-07", "2024-03-14", "2024-03-15"),
        ("2024-03-11", "2024-03-18", "2024-03-19"),
    ] == days
    answered = next(e for e in entries if e.fact == "review.objection_answered")
    assert (1, False, "2024-03-11") == (
        answered.data["objection"],
        answered.data["upheld"],
        answered.data["answered_on"],
    )


def test_decisions_name_the_policy_that_the_bureau_published(played: Played) -> None:
    """Review has followed it before it decides by it; the record holds its words."""
    [published] = played.carrier.timeline(fact="gateway.policy_published")
    rules = [
        entry.data["rules"]["standard.rural_month_fen"]
        for entry in played.of(STRAIGHT)
        if entry.fact in ("review.preliminary_opinion_given", "review.eligibility_confirmed")
    ]

    assert (NOTICE, "2024-04-01") == (published.data["text"], published.data["effective_from"])
    assert ["huaiyang-2024/2024-04-01"] * 2 == rules


def test_a_declined_household_holds_the_reasons_in_writing_in_time(played: Played) -> None:
    """57号 Art 21: within three working days; nothing of it ever reaches payments."""
    expected = [
        ("intake.application_submitted", FIRST),
        *INVESTIGATED[:-1],
        ("review.mismatch_told", FIRST),
        INVESTIGATED[-1],
        ("review.eligibility_declined", HEAD),
        ("review.written_notice_served", THIRD),
    ]
    entries = played.of(WEALTHY)
    assert expected == chain(entries)
    declined = next(e.data for e in entries if e.fact == "review.eligibility_declined")
    served = next(e.data for e in entries if e.fact == "review.written_notice_served")
    assert (["INCOME_NOT_BELOW_STANDARD"], "2024-03-13") == (
        declined["reasons"],
        declined["notice_due_on"],
    )
    assert date.fromisoformat(served["served_on"]) <= date.fromisoformat(declined["notice_due_on"])
    decided = [e.data["outcome"] for e in entries if e.fact == "intake.application_decided"]
    assert ["DECLINED"] == decided
    assert [] == [e for e in entries if e.log.endswith("/payments")]


def test_a_returned_payment_is_corrected_and_issued_again_once(played: Played) -> None:
    """The re-issue names the failed one; both stand in the record."""
    expected = [
        ("intake.application_submitted", FIRST),
        *INVESTIGATED,
        NOTICED,
        *CLOSED_AND_CONFIRMED,
        *DRAWN_AND_INSTRUCTED,
        ("payments.payment_returned", BANK),
        ("payments.payee_corrected", THIRD),
        ("payments.payment_instructed", PAYER),
        SETTLED,
    ]
    entries = played.of(RETURNED)
    assert expected == chain(entries)
    first, second = (e.data for e in entries if e.fact == "payments.payment_instructed")
    returned = next(e.data for e in entries if e.fact == "payments.payment_returned")
    settled = next(e.data for e in entries if e.fact == "payments.payment_settled")
    assert (1, None, 100_000) == (first["attempt"], first["previous"], first["amount_fen"])
    assert (2, first["reference"], 100_000) == (
        second["attempt"],
        second["previous"],
        second["amount_fen"],
    )
    assert (first["reference"], "ACCOUNT_CLOSED") == (returned["reference"], returned["reason"])
    assert second["reference"] == settled["reference"]


def test_the_money_is_whole_after_every_answer_of_the_bank(played: Played) -> None:
    """approved = paid + returned + pending; a line returned and paid on re-issue is paid."""
    assert (Totals(TOWNSHIP, 3, 166_500, 2, 66_500, 1, 100_000, 0, 0),) == played.after_the_bank
    assert (Totals(TOWNSHIP, 3, 166_500, 3, 166_500, 0, 0, 0, 0),) == played.reissued
    assert all(each.conserved for each in (*played.after_the_bank, *played.reissued))


def test_the_monthly_table_counts_the_same_as_the_books(played: Played) -> None:
    """Counted by reporting from the logs: end = start + new − exits."""
    rows = played.carrier.monthly_table(PROGRAMME, MONTH)
    expected = (
        TownshipRow(TOWNSHIP, 0, 3, 0, 3, 0, 6, 0, 6, 166_500, 166_500, 0, 0),
        TownshipRow("411603102", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )
    assert expected == rows


def test_the_roster_and_its_money_show_three_persons_for_three_duties(played: Played) -> None:
    """Draw, review and release lie with three; the bank's answer with a fourth."""
    wanted = {
        "payments.roster_drawn": DEPUTY,
        "payments.roster_submitted": HEAD,
        "payments.roster_approved": REVIEWER,
        "payments.funds_requested": REVIEWER,
        "payments.funds_released": RELEASER,
        "payments.bank_result_taken": BANK,
    }
    found = {fact: {e.actor.officer for e in played.carrier.timeline(fact=fact)} for fact in wanted}
    assert {fact: {officer} for fact, officer in wanted.items()} == found


def test_what_must_not_be_was_refused_at_the_door(played: Played) -> None:
    """Each attempt has its own named refusal."""
    expected = {
        "publish policy": "WRONG_ROLE",
        "apply again next door": "ALREADY_APPLIED",
        "accept with materials missing": "MATERIALS_MISSING",
        "visit alone": "VISIT_ALONE",
        "confirm early": "NOTICE_RUNNING",
        "confirm with an open objection": "OBJECTION_OPEN",
        "confirm over the standard": "NO_ELIGIBLE_OPINION",
        "answer unvisited": "NOT_REINVESTIGATED",
        "confirm as a case officer": "WRONG_ROLE",
        "confirm by the investigator": "INVESTIGATOR_CONFIRMS",
        "close the second notice early": "NOTICE_RUNNING",
        "review the roster one drew": "DUTIES_NOT_APART",
        "approve another sum": "TOTALS_DIFFER",
        "release what one reviewed": "DUTIES_NOT_APART",
        "take the bank's answer twice": "FILE_ALREADY_TAKEN",
        "pay again uncorrected": "NOTHING_TO_PAY",
    }
    assert expected == played.story.refused


def test_every_refusal_stands_in_the_record_with_who_tried(played: Played) -> None:
    """A denial moves no case, and can be found by whom it names; the stand-in names both."""
    tried = [
        (e.data["code"], e.data["denied"], e.actor.officer, e.actor.acting_for)
        for e in played.carrier.timeline(fact="door.command_refused")
    ]
    assert [
        ("WRONG_ROLE", True, HEAD, None),
        ("ALREADY_APPLIED", False, "411603102-1", None),
        ("MATERIALS_MISSING", False, FIRST, None),
        ("VISIT_ALONE", False, FIRST, None),
        ("NOTICE_RUNNING", False, HEAD, None),
        ("OBJECTION_OPEN", False, HEAD, None),
        ("NO_ELIGIBLE_OPINION", False, HEAD, None),
        ("NOT_REINVESTIGATED", False, SECOND, None),
        ("WRONG_ROLE", True, FIRST, None),
        ("INVESTIGATOR_CONFIRMS", False, FIRST, HEAD),
        ("NOTICE_RUNNING", False, THIRD, None),
        ("DUTIES_NOT_APART", False, DEPUTY, None),
        ("TOTALS_DIFFER", False, REVIEWER, None),
        ("DUTIES_NOT_APART", False, REVIEWER, None),
        ("FILE_ALREADY_TAKEN", False, BANK, None),
        ("NOTHING_TO_PAY", False, PAYER, None),
        ("FILE_ALREADY_TAKEN", False, BANK, None),
    ] == tried


def test_every_step_names_an_article(played: Played) -> None:
    """Each fact of the record says by which article it was done."""
    assert [] == [e.fact for e in played.carrier.timeline() if not e.basis]


def test_every_log_verifies_to_its_end(played: Played) -> None:
    """Signed, consistent, and the copy in reporting equal."""
    reports = played.carrier.verified()
    assert [(r.log, True, 0, ()) for r in reports] == [
        (r.log, r.ok, r.unsigned_count, r.findings) for r in reports
    ]
    assert len(played.carrier.timeline()) == sum(report.size for report in reports)


def chain(entries: list[Entry]) -> list[tuple[str, str]]:
    """What was done and by whom, without refusals and what merely follows in another house."""
    left_out = {"door.command_refused", *FOLLOWING}
    return [(e.fact, e.actor.officer) for e in entries if e.fact not in left_out]
