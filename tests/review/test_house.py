"""Review through its own door, over real databases: posts, rows, rebuilding, worklists."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.review.read_models import case_status, worklist
from services.review.service import REVIEW
from tests.review.houses import ITEMS, OTHER_TOWN, TOWN, Houses


def step(houses: Houses, case: str) -> str | None:
    """What the worklist asks for next."""
    with houses.review.database.read() as conn:
        line = case_status(conn, case)
    assert line is not None
    return line.step


def posted(houses: Houses) -> str:
    """A case whose notice hangs from 2024-03-05."""
    case = houses.accepted_case()
    houses.survey(case)
    houses.at("2024-03-05")
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    return case


def notices(houses: Houses) -> list[tuple[object, ...]]:
    """Number and status of every notice."""
    table = REVIEW.metadata.tables["public_notice"]
    query = sa.select(table.c.notice, table.c.status).order_by(table.c.notice)
    with houses.review.database.read() as conn:
        return [tuple(row) for row in conn.execute(query)]


def test_a_case_goes_from_acceptance_to_confirmation_and_its_end(houses_on_each: Houses) -> None:
    """The worklist names each next command, and following it leads through."""
    houses = houses_on_each
    case = houses.accepted_case()
    steps = [step(houses, case)]
    houses.at("2024-03-04")
    assert houses.visit(case, "2024-03-04", ("o-1", "a-1")).done
    steps.append(step(houses, case))
    houses.do("o-1", "request_verification", case=case)
    steps.append(step(houses, case))
    houses.do("b-1", "report_verification", case=case, monthly_income_fen=60_000, property_fen=0,
              items=ITEMS)  # fmt: skip
    steps.append(step(houses, case))
    houses.do("o-1", "give_preliminary_opinion", case=case, monthly_income_fen=60_000)
    steps.append(step(houses, case))
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    steps.append(step(houses, case))
    houses.at("2024-03-12")
    houses.do("o-1", "close_public_notice", case=case)
    steps.append(step(houses, case))
    houses.do("h-1", "confirm_eligibility", case=case)
    steps.append(step(houses, case))
    issued = houses.do("o-1", "issue_certificate", case=case, kind="CERTIFICATE",
                       handed_to="APPLICANT", way="IN_PERSON")  # fmt: skip
    steps.append(step(houses, case))
    houses.do("o-1", "publish_announcement", case=case, place="村委会公示栏")
    steps.append(step(houses, case))
    houses.do("h-1", "terminate_allowance", case=case, reason="OWN_WISH")

    assert [
        "record_household_visit", "request_verification", "report_verification",
        "give_preliminary_opinion", "post_public_notice", "close_public_notice",
        "confirm_eligibility", "issue_certificate", "publish_announcement", None,
    ] == steps  # fmt: skip
    assert {"number": f"{TOWN}-{case.removeprefix('case-')}"} == issued.details
    assert [(1, "CLOSED")] == notices(houses)


def test_an_objection_leads_through_a_new_visit_to_a_second_notice(houses_on_each: Houses) -> None:
    """Each next step, the first notice replaced, the objection's number in the answer."""
    houses = houses_on_each
    case = posted(houses)
    raised = houses.do("a-1", "raise_objection", case=case, text="反映收入不实")
    steps = [step(houses, case)]
    assert houses.visit(case, "2024-03-05", ("o-2", "o-3")).done
    steps.append(step(houses, case))
    houses.do("o-2", "answer_objection", case=case, objection=1, upheld=False)
    steps.append(step(houses, case))
    opinion = houses.do("o-2", "give_preliminary_opinion", case=case, monthly_income_fen=60_000)
    again = houses.do("o-2", "post_public_notice", case=case, place="村委会公示栏")

    assert ["record_household_visit", "answer_objection", "give_preliminary_opinion"] == steps
    assert {"objection": 1} == raised.details
    assert {"eligible": True, "allowance_fen": 76_500} == opinion.details
    assert {"last_day_on": "2024-03-12", "next_step_on": "2024-03-13"} == again.details
    assert [(1, "REPLACED"), (2, "RUNNING")] == notices(houses)


def test_a_refusal_is_told_in_writing(houses_on_each: Houses) -> None:
    """Ended for want of cooperation, then served; the worklist asks for it until then."""
    houses = houses_on_each
    case = houses.accepted_case()
    for day in ("2024-03-04", "2024-03-05"):
        houses.at(day)
        houses.do("o-1", "record_non_cooperation", case=case, kind="REFUSED_VISIT", asked_on=day,
                  warned=True, text="拒绝调查人员入户")  # fmt: skip
    houses.do("h-1", "terminate_procedure", case=case)
    with houses.review.database.read() as conn:
        [line] = worklist(conn, TOWN)
    houses.do("o-1", "serve_written_notice", case=case, way="MAIL")

    assert ("serve_written_notice", date(2024, 3, 8)) == (line.step, line.due_on)
    assert step(houses, case) is None


def test_an_opinion_against_leads_to_a_refusal(houses: Houses) -> None:
    """The worklist asks the head to decline."""
    case = houses.accepted_case()
    houses.visit(case, "2024-03-01")
    houses.do("o-1", "request_verification", case=case)
    houses.do("b-1", "report_verification", case=case, monthly_income_fen=200_000,
              property_fen=0, items=ITEMS)  # fmt: skip
    asked = step(houses, case)
    houses.do("o-1", "tell_mismatch", case=case, told_to="APPLICANT", way="IN_PERSON",
              told_on="2024-03-01")  # fmt: skip
    houses.do("o-1", "give_preliminary_opinion", case=case, monthly_income_fen=200_000)

    assert "tell_mismatch" == asked
    assert "decline_eligibility" == step(houses, case)


def test_a_dispute_leads_back_to_the_registers(houses_on_each: Houses) -> None:
    """The notice that hangs comes down; the rows are the same after a rebuild."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.visit(case, "2024-03-01")
    houses.do("o-1", "request_verification", case=case)
    houses.do("b-1", "report_verification", case=case, monthly_income_fen=70_000,
              property_fen=0, items=ITEMS)  # fmt: skip
    houses.do("o-1", "tell_mismatch", case=case, told_to="APPLICANT", way="IN_PERSON",
              told_on="2024-03-01")  # fmt: skip
    houses.do("o-1", "give_preliminary_opinion", case=case, monthly_income_fen=70_000)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    paper = {"kind": "PAPER", "sha256": "0a" * 32, "size_bytes": 9, "taken_on": "2024-03-01"}
    houses.do("o-1", "dispute_verification", case=case, evidence=[paper], text="工资已停发")
    steps = [step(houses, case)]
    houses.do("o-1", "request_verification", case=case)
    steps.append(step(houses, case))
    houses.do("b-1", "report_verification", case=case, monthly_income_fen=60_000,
              property_fen=0, items=ITEMS)  # fmt: skip
    steps.append(step(houses, case))
    before = houses.rows()
    houses.review.rebuild()

    assert ["request_verification", "report_verification", "give_preliminary_opinion"] == steps
    assert [(1, "REPLACED")] == notices(houses)
    assert before == houses.rows()


def test_neighbours_and_letters_go_through_the_door(houses: Houses) -> None:
    """The visitors' posts are looked up; a letter's number is in the answer."""
    case = houses.accepted_case()
    asked: dict[str, Any] = {
        "case": case, "visited_on": "2024-03-01", "way": "IN_PERSON", "asked_count": 3,
        "finding": "SUPPORTS", "text": "邻居均称属实",
    }  # fmt: skip
    stranger = houses.give("o-1", "record_neighbour_inquiry", visitors=["o-1", "x-1"], **asked)
    houses.do("o-1", "record_neighbour_inquiry", visitors=["o-1", "a-1"], **asked)
    sent = houses.do("o-1", "send_evidence_letter", case=case, organisation="某镇信用社",
                     subjects=["BANK_DEPOSIT"], reply_by="2024-03-08")  # fmt: skip
    houses.do("o-2", "record_letter_answer", case=case, letter=1, finding="SUPPORTS", text="无存款")

    assert "VISITOR_NOT_APPOINTED" == stranger.code
    assert {"letter": 1} == sent.details


def test_a_withdrawal_at_intake_closes_the_case(houses: Houses) -> None:
    """It leaves the worklist."""
    case = houses.accepted_case()
    houses.do("o-1", "withdraw_application", case=case, reason="外出务工")
    with houses.review.database.read() as conn:
        lines, status = worklist(conn, TOWN), case_status(conn, case)

    assert [] == lines
    assert status is not None
    assert "CLOSED" == status.status


def test_a_worklist_shows_its_own_township_and_what_is_due(houses_on_each: Houses) -> None:
    """The survey's limit first, then the decision's."""
    houses = houses_on_each
    case = houses.accepted_case()
    with houses.review.database.read() as conn:
        [fresh], other = worklist(conn, TOWN), worklist(conn, OTHER_TOWN)
    houses.survey(case)
    with houses.review.database.read() as conn:
        [surveyed], unknown = worklist(conn, TOWN), case_status(conn, "case-unknown")

    assert [] == other
    assert unknown is None
    assert (date(2024, 3, 6), date(2024, 3, 29)) == (fresh.due_on, surveyed.due_on)


def test_the_rows_are_the_same_after_a_rebuild(houses_on_each: Houses) -> None:
    """A read model can be thrown away: the log holds all of it."""
    houses = houses_on_each
    case = posted(houses)
    houses.do("a-1", "raise_objection", case=case, text="反映收入不实", name="乙某")
    houses.visit(case, "2024-03-05", ("o-2", "o-3"))
    houses.do("o-2", "answer_objection", case=case, objection=1, upheld=False)
    houses.do("o-2", "give_preliminary_opinion", case=case, monthly_income_fen=60_000)
    houses.do("o-2", "post_public_notice", case=case, place="村委会公示栏")
    houses.at("2024-03-14")
    houses.do("o-1", "close_public_notice", case=case)
    houses.do("h-1", "confirm_eligibility", case=case)
    houses.do("o-1", "issue_certificate", case=case, kind="CONFIRMATION_NOTICE",
              handed_to="FAMILY_MEMBER", way="MAIL")  # fmt: skip
    houses.do("o-1", "publish_announcement", case=case, place="村委会公示栏")
    houses.do("o-1", "file_card_keeping", case=case, keeper_of="VILLAGE_COMMITTEE",
              keeper_name="丁某", agreement_sha256="0a" * 32, agreed_on="2024-03-13")  # fmt: skip
    houses.do("o-1", "take_down_announcement", case=case)
    before = houses.rows()

    assert houses.review.rebuild() > 10
    assert before == houses.rows()


def test_the_notice_row_names_nobody(houses: Houses) -> None:
    """What hangs in the village shows a name; our rows keep it sealed."""
    posted(houses)

    assert "甲某" not in str(houses.rows())


@pytest.mark.parametrize(
    ("officer", "name", "code"),
    [
        ("x-1", "request_verification", "OUT_OF_SCOPE"),
        ("h-1", "request_verification", "WRONG_ROLE"),
        ("o-1", "confirm_eligibility", "WRONG_ROLE"),
        ("b-1", "confirm_eligibility", "WRONG_ROLE"),
        ("nobody", "confirm_eligibility", "NO_APPOINTMENT"),
        ("o-1", "open_case", "UNKNOWN_COMMAND"),
        ("o-1", "close_case", "UNKNOWN_COMMAND"),
    ],
)
def test_each_step_belongs_to_a_post_in_its_township(
    houses: Houses, officer: str, name: str, code: str
) -> None:
    """Denied, whatever the case says."""
    case = houses.accepted_case()
    assert code == houses.give(officer, name, case=case).code


@pytest.mark.parametrize(
    ("officers", "code"),
    [
        (("o-1",), "VISIT_ALONE"),
        (("o-1", "x-1"), "VISITOR_NOT_APPOINTED"),
        (("o-1", "h-1"), "VISITOR_NOT_APPOINTED"),
        (("o-1", "b-1"), "VISITOR_NOT_APPOINTED"),
        (("o-1", "nobody"), "VISITOR_NOT_APPOINTED"),
    ],
)
def test_visitors_are_looked_up_among_the_townships_posts(
    houses: Houses, officers: tuple[str, ...], code: str
) -> None:
    """Two, case officers or aides of this township."""
    case = houses.accepted_case()
    assert code == houses.visit(case, "2024-03-01", officers).code


def test_visitors_held_their_post_on_the_day_of_the_visit(houses_on_each: Houses) -> None:
    """Appointed the day after is not appointed; ended the day before neither."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.at("2024-03-05")
    post = {
        "name": "某", "post": "经办", "role": "CASE_OFFICER", "organisation": TOWN,
        "township": TOWN, "village": None, "person": None,
    }  # fmt: skip
    houses.insert("appointment", appointment="ap-n", officer="new", from_on=date(2024, 3, 5),
                  to_on=None, **post)  # fmt: skip
    houses.insert("appointment", appointment="ap-g", officer="gone", from_on=date(2021, 2, 1),
                  to_on=date(2024, 3, 3), **post)  # fmt: skip
    codes = [
        houses.visit(case, day, ("o-1", other)).code
        for other, day in (
            ("new", "2024-03-04"),
            ("gone", "2024-03-04"),
            ("new", "2024-03-05"),
            ("gone", "2024-03-03"),
        )
    ]

    assert ["VISITOR_NOT_APPOINTED", "VISITOR_NOT_APPOINTED", None, None] == codes


def test_a_filed_relative_does_not_come_along(houses_on_each: Houses) -> None:
    """The second visitor's relatives count too; a relative of the recorder is denied at the door."""
    houses = houses_on_each
    case = houses.accepted_case()
    person = houses.review.site.pseudonym_of("999999198202020021")
    houses.insert("close_relative", officer="o-2", person=person, kinship="SIBLING")
    along = houses.visit(case, "2024-03-01", ("o-1", "o-2"))
    recording = houses.visit(case, "2024-03-01", ("o-2", "o-1"))

    assert ("refused", "CLOSE_RELATIVE") == (along.outcome, along.code)
    assert ("denied", "CLOSE_RELATIVE") == (recording.outcome, recording.code)


def appointed(houses: Houses, officer: str, role: str, person: str) -> None:
    """Of this person, in the township, as if before the gateway asked who is behind an id."""
    houses.insert(
        "appointment", appointment=f"ap-{officer}-{role}", officer=officer, name="某", post="某职",
        role=role, organisation=TOWN, township=TOWN, village=None, person=person,
        from_on=date(2021, 2, 1), to_on=None,
    )  # fmt: skip


def test_one_person_under_two_ids_neither_visits_twice_nor_decides(
    houses_on_each: Houses,
) -> None:
    """57号 Art 16; PLAN 二(一): persons are kept apart, not ids."""
    houses = houses_on_each
    case = houses.accepted_case()
    for officer, role in (
        ("o-2", "CASE_OFFICER"),
        ("o-8", "CASE_OFFICER"),
        ("h-8", "TOWNSHIP_HEAD"),
    ):
        appointed(houses, officer, role, "f" * 32)
    twice = houses.visit(case, "2024-03-01", ("o-2", "o-8"))
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    houses.at("2024-03-13")
    houses.do("o-1", "close_public_notice", case=case)

    assert ("refused", "VISITOR_TWICE") == (twice.outcome, twice.code)
    assert "INVESTIGATOR_CONFIRMS" == houses.give("h-8", "confirm_eligibility", case=case).code
    assert houses.give("h-1", "confirm_eligibility", case=case).done


def test_a_relative_filed_under_another_id_stays_away_too(houses_on_each: Houses) -> None:
    """Whoever filed it is the same person (57号 Art 11)."""
    houses = houses_on_each
    case = houses.accepted_case()
    for officer, role in (("o-2", "CASE_OFFICER"), ("h-8", "TOWNSHIP_HEAD")):
        appointed(houses, officer, role, "f" * 32)
    person = houses.review.site.pseudonym_of("999999198202020021")
    houses.insert("close_relative", officer="h-8", person=person, kinship="SIBLING")
    along = houses.visit(case, "2024-03-01", ("o-1", "o-2"))
    recording = houses.visit(case, "2024-03-01", ("o-2", "o-1"))

    assert ("refused", "CLOSE_RELATIVE") == (along.outcome, along.code)
    assert ("denied", "CLOSE_RELATIVE") == (recording.outcome, recording.code)


@pytest.mark.parametrize(
    ("role", "code"), [("TOWNSHIP_HEAD", "BUREAU_VISIT_DUE"), ("FINANCE", None)]
)
def test_a_relative_filed_after_acceptance_is_visited_by_the_bureau_too(
    houses_on_each: Houses, role: str, code: str | None
) -> None:
    """57号 Art 11, 20: whose household it is counts, not the day it was filed."""
    houses = houses_on_each
    case = posted(houses)
    houses.at("2024-03-13")
    houses.do("o-1", "close_public_notice", case=case)
    person = houses.review.site.pseudonym_of("999999198202020021")
    houses.insert(
        "appointment", appointment="ap-k", officer="kin", name="某", post="某职", role=role,
        organisation=TOWN, township=TOWN, village=None, person=None, from_on=date(2021, 2, 1),
        to_on=None,
    )  # fmt: skip
    houses.insert("close_relative", officer="kin", person=person, kinship="SIBLING")

    assert code == houses.give("h-1", "confirm_eligibility", case=case).code


def test_a_member_of_the_household_does_not_visit_it(houses: Houses) -> None:
    """Nobody investigates their own household."""
    case = houses.accepted_case()
    houses.insert(
        "appointment", appointment="ap-s", officer="self", name="某", post="经办",
        role="CASE_OFFICER", organisation=TOWN, township=TOWN, village=None,
        person=houses.review.site.pseudonym_of("999999201503030033"), from_on=date(2021, 2, 1),
        to_on=None,
    )  # fmt: skip

    assert "CLOSE_RELATIVE" == houses.visit(case, "2024-03-01", ("o-1", "self")).code


def test_a_visitor_does_not_confirm_for_the_head(houses: Houses) -> None:
    """A recorded delegation opens the door; the law stays shut."""
    case = posted(houses)
    houses.insert("delegation", delegation="d-1", delegator="h-1", delegate="o-2",
                  from_on=date(2024, 3, 1), to_on=date(2024, 3, 31))  # fmt: skip
    houses.at("2024-03-13")
    houses.do("o-1", "close_public_notice", case=case)
    answer = houses.give("o-2", "confirm_eligibility", acting_for="h-1", case=case)

    assert ("refused", "INVESTIGATOR_CONFIRMS") == (answer.outcome, answer.code)


def test_an_unknown_case_has_no_visit(houses: Houses) -> None:
    """Nothing is known of its township, so it is nobody's."""
    assert "OUT_OF_SCOPE" == houses.visit("case-unknown", "2024-03-01").code
    answer = houses.give("b-1", "report_verification", case="case-unknown", monthly_income_fen=0,
                         property_fen=0, items=ITEMS)  # fmt: skip
    assert "NO_SUCH_CASE" == answer.code
