"""Complaints and the bureau's part through review's own door, over real databases."""

from typing import Any

from services.review.read_models import case_status
from services.review.read_models.cases import CaseLine
from tests.review.houses import Houses


def line(houses: Houses, case: str) -> CaseLine:
    """Where the case stands."""
    with houses.review.database.read() as conn:
        found = case_status(conn, case)
    assert found is not None
    return found


def ready(houses: Houses) -> str:
    """A case whose notice has run."""
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    houses.at("2024-03-13")
    houses.do("o-1", "close_public_notice", case=case)
    return case


def visited(houses: Houses, case: str, day: str, conclusion: str = "SUPPORTS") -> str | None:
    """The bureau visits; the code of a refusal, if any."""
    return houses.give(
        "b-2", "record_bureau_visit", case=case, visitors=["b-2", "b-3"], visited_on=day,
        conclusion=conclusion, text="房屋一间",
    ).code  # fmt: skip


def test_a_complaint_leads_through_visit_and_answer_to_the_decision(
    houses_on_each: Houses,
) -> None:
    """The worklist names each next command; made again from the log, the rows are the same."""
    houses = houses_on_each
    case = ready(houses)
    steps = [line(houses, case).step]
    received = houses.do("o-2", "receive_complaint", case=case, real_name=True, text="反映有车",
                         name="乙某")  # fmt: skip
    steps.append(line(houses, case).step)
    assert "COMPLAINT_OPEN" == houses.give("h-1", "confirm_eligibility", case=case).code
    assert visited(houses, case, "2024-03-13") is None
    steps.append(line(houses, case).step)
    houses.do("b-3", "answer_complaint_by_bureau", case=case, complaint=1, way="BUREAU_VISIT",
              upheld=False, told_reporter_on="2024-03-13")  # fmt: skip
    steps.append(line(houses, case).step)
    before = houses.rows()
    houses.review.rebuild()
    assert before == houses.rows()
    houses.do("h-1", "confirm_eligibility", case=case)

    assert {"complaint": 1} == received.details
    assert "乙某" not in str(before)
    assert [
        "confirm_eligibility", "record_bureau_visit", "answer_complaint", "confirm_eligibility",
    ] == steps  # fmt: skip


def test_what_contradicts_the_township_sends_the_case_back(houses_on_each: Houses) -> None:
    """Visited again, then a new opinion and its notice; the rows follow."""
    houses = houses_on_each
    case = ready(houses)
    assert visited(houses, case, "2024-03-13", "CONTRADICTS") is None
    steps = [line(houses, case).step]
    assert houses.visit(case, "2024-03-13", ("o-2", "o-3")).done
    steps.append(line(houses, case).step)
    houses.do("o-2", "give_preliminary_opinion", case=case, monthly_income_fen=60_000)
    steps.append(line(houses, case).step)
    before = houses.rows()
    houses.review.rebuild()

    assert ["record_household_visit", "give_preliminary_opinion", "post_public_notice"] == steps
    assert before == houses.rows()


def test_an_appraisal_answers_an_objection_through_the_door(houses_on_each: Houses) -> None:
    """The officers' posts are looked up; the objection shows as looked into."""
    houses = houses_on_each
    case = houses.accepted_case()
    houses.survey(case)
    houses.do("o-1", "post_public_notice", case=case, place="村委会公示栏")
    houses.do("a-1", "raise_objection", case=case, text="反映收入不实")
    held: dict[str, Any] = {
        "held_on": "2024-03-04", "names": ["甲", "乙", "丙"], "representatives_count": 2,
        "recused_count": 0, "for_count": 3, "against_count": 0, "abstained_count": 0,
        "steps": ["POLICY_TOLD", "FACTS_PRESENTED", "DISCUSSED", "CONCLUDED", "SIGNED"],
        "conclusion": "TRUE",
    }  # fmt: skip
    strange = houses.give("o-2", "record_appraisal", case=case, officers=["o-2", "x-1"], **held)
    houses.do("o-2", "record_appraisal", case=case, officers=["o-2", "a-1"], **held)

    assert "APPRAISER_NOT_APPOINTED" == strange.code
    assert "answer_objection" == line(houses, case).step
    assert houses.give("o-2", "answer_objection", case=case, objection=1, upheld=False).done


def test_an_extension_moves_the_limit_in_the_rows(houses: Houses) -> None:
    """By the head of the township, and told in the answer."""
    case = houses.accepted_case()
    assert "WRONG_ROLE" == houses.give("o-1", "extend_limit", case=case, reason="objection").code
    told = houses.do("h-1", "extend_limit", case=case, reason="hard_to_investigate")

    assert {"decide_by": "2024-05-08"} == told.details
    assert "2024-05-08" == str(line(houses, case).decide_by)


def test_the_bureau_is_told_that_the_township_decides(houses: Houses) -> None:
    """Where the power was devolved."""
    case = ready(houses)
    assert "DEVOLVED_TO_TOWNSHIP" == houses.give("b-2", "confirm_by_bureau", case=case).code
