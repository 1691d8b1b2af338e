"""Read models are thrown away and rebuilt from the log, equal."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.intake.commands import NoteDecision
from shared.attempt import run_system
from shared.competence import by_type
from shared.decider import UnitOfWork
from shared.service import Service
from tests.houses import HEAD_ID, NEIGHBOUR, OTHER_ID, Houses, application, facts_of, rows_of

LONE = {
    "members": [{"name": "赵德厚", "relation": "HEAD", "resident_id": HEAD_ID}],
    "account": None,
}
OTHER = {
    "members": [{"name": "钱有田", "relation": "HEAD", "resident_id": OTHER_ID}],
    "account": None,
}
LONGER_NOTICE = """pack: pack-longer
title: 某文件
parameters:
  notice.calendar_days:
    title: 初审意见公示天数
    unit: calendar_days
    values:
      - {from: 2024-05-01, value: 8, citation: 某文件, certainty: P}
"""


def models(service: Service) -> dict[str, list[Any]]:
    return {t.name: rows_of(service, t.name) for t in service.definition.read_models}


def note(houses: Houses, case: str, outcome: str) -> None:
    """Review's word, as it comes by itself."""
    row = by_type(houses.intake.definition.commands)[NoteDecision]
    command = NoteDecision(case, outcome, date(2024, 3, 20))

    def work(conn: sa.Connection) -> None:
        uow = UnitOfWork(conn, houses.intake.books)
        run_system(uow, houses.site, row, command, f"{case}/{outcome}", "intake")
        uow.flush()

    houses.intake.database.write(work)


def a_month(houses: Houses) -> None:
    """Applications that end in every way, and a household that applies again."""
    declined = houses.apply()
    houses.must("worker", "accept_application", case=declined)
    note(houses, declined, "DECLINED")
    withdrawn = houses.apply(**LONE)
    houses.must("worker", "withdraw_application", case=withdrawn, reason="自愿")
    refused = houses.apply(**LONE, signed_authorisation=False)
    houses.must("worker", "request_supplement", case=refused)
    houses.must("worker", "refuse_acceptance", case=refused, reasons=["MATERIALS_NOT_SUPPLIED"])
    confirmed = houses.apply()
    houses.must("worker", "accept_application", case=confirmed)
    note(houses, confirmed, "CONFIRMED")
    ended = houses.must(
        "stranger", "submit_application", **application(**OTHER, township=NEIGHBOUR)
    )
    houses.give("stranger", "withdraw_application", {"case": "case-none", "reason": "自愿"})
    assert ended.done


def test_intake_is_rebuilt_equal(houses: Houses) -> None:
    """Every application's row and every person's place come back from the log alone."""
    a_month(houses)
    before = models(houses.intake)
    statuses = {row[4] for row in before["application"]}
    assert {"DECLINED", "WITHDRAWN", "NOT_ACCEPTED", "CONFIRMED", "SUBMITTED"} == statuses
    assert 3 == len(before["active_person"])
    assert len(facts_of(houses.intake)) == houses.intake.rebuild()
    assert before == models(houses.intake)


def test_rebuilding_repairs_what_was_spoilt(houses: Houses) -> None:
    """Rows that somebody changed or added by hand are gone afterwards."""
    a_month(houses)
    before = models(houses.intake)

    def spoil(conn: sa.Connection) -> None:
        conn.exec_driver_sql("UPDATE application SET status = 'CONFIRMED'")
        conn.exec_driver_sql("INSERT INTO active_person VALUES ('x', 'y')")

    houses.intake.database.write(spoil)
    assert before != models(houses.intake)
    houses.intake.rebuild()
    assert before == models(houses.intake)


def test_rebuilding_touches_nothing_but_the_read_models(houses: Houses) -> None:
    """The log, the commands done, the followed rows and the cursors stay."""
    a_month(houses)
    kept = ("fact", "fact_person", "command_done", "follow_cursor", "subject_key", "appointment")
    before = {table: rows_of(houses.intake, table) for table in kept}
    houses.intake.rebuild()
    assert before == {table: rows_of(houses.intake, table) for table in kept}
    assert all(before[table] for table in kept)


def test_rebuilding_in_small_pages_gives_the_same(houses: Houses, monkeypatch: Any) -> None:
    """However the log is cut into pages."""
    a_month(houses)
    before = models(houses.intake)
    for page in (1, 2, 7):
        monkeypatch.setattr("shared.service.REBUILD_PAGE", page)
        houses.intake.rebuild()
        assert before == models(houses.intake)


def test_a_rebuild_that_fails_leaves_the_old_rows(houses: Houses, monkeypatch: Any) -> None:
    """It is one transaction."""
    a_month(houses)
    before = models(houses.intake)

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("shared.service.project", broken)
    with pytest.raises(RuntimeError, match="broken"):
        houses.intake.rebuild()
    assert before == models(houses.intake)


def test_the_gateway_is_rebuilt_equal_and_its_followers_have_the_same_rows(houses: Houses) -> None:
    """Units, posts, an ended one, a stand-in, a relative, policy; intake keeps them by following."""
    houses.appoint("bureau", "411603", role="CIVIL_AFFAIRS")
    houses.must("bureau", "publish_policy", text=LONGER_NOTICE)
    houses.must("admin", "record_delegation", delegator="worker", delegate="second",
                from_on="2024-03-04", to_on="2024-03-08", reason="培训")  # fmt: skip
    houses.must("admin", "file_close_relative", officer="worker", resident_id=HEAD_ID,
                kinship="PARENT")  # fmt: skip
    appointment = next(
        row[0] for row in rows_of(houses.gateway, "appointment") if row[1] == "stranger"
    )
    houses.must("admin", "end_appointment", officer="stranger", appointment=appointment,
                last_on="2024-03-31")  # fmt: skip
    houses.settle()
    before = models(houses.gateway)
    assert {"unit", "appointment", "delegation", "close_relative", "policy_pack"} == set(before)
    assert all(before.values())
    assert len(facts_of(houses.gateway)) == houses.gateway.rebuild()
    assert before == models(houses.gateway)
    assert before == {table: rows_of(houses.intake, table) for table in before}
