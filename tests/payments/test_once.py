"""A line is drawn once and paid once, whatever the order, repetition or concurrency."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.payments.commands import DrawRoster
from services.payments.read_models.tables import ATTEMPT, ROSTER_LINE
from services.payments.service import PAYMENTS
from shared.answer import Answer
from shared.context import Context
from shared.database import PostgresDatabase
from shared.decider import UnitOfWork
from shared.facts.payments import LineDrawn, PaymentInstructed, PaymentSettled
from shared.service import Service
from tests.payments.bank import answer_of, comes_back, pay, take
from tests.payments.world import (
    POSTAL_BANK,
    PROGRAMME,
    RURAL_BANK,
    T1,
    T2,
    House,
    codes,
    house,
    on_sqlite,
    prepare,
    roster,
)
from tests.servers import PostgresDatabase as Server

AT_ONCE = 5


@pytest.fixture
def on_postgres(postgres_database: Server) -> Iterator[House]:
    """A house of payments on PostgreSQL."""
    database = PostgresDatabase(postgres_database.url())
    prepare(database)
    yield house(database)
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def any_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The same house on either engine."""
    if request.param == "postgres":
        yield request.getfixturevalue("on_postgres")
        return
    made = on_sqlite(tmp_path)
    yield made
    made.service.database.close()


def together(*acts: Callable[[], Answer]) -> list[Answer]:
    """All at once, as far as threads can."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Answer]) -> Answer:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_a_roster_drawn_by_many_at_once_is_drawn_once(any_house: House) -> None:
    """One drawing counts; the others are told so or asked to look again."""
    for number in range(1, 6):
        any_house.open(number)

    answers = together(*(any_house.draw for _ in range(AT_ONCE)))

    found = codes(answers)
    assert 1 == found.count(None)
    assert {None, "ROSTER_ALREADY_DRAWN", "CONFLICT"} >= set(found)
    assert 5 == len(any_house.facts(LineDrawn)) == len(any_house.rows(ROSTER_LINE))


def test_lines_instructed_by_many_at_once_are_instructed_once(any_house: House) -> None:
    """One batch has them all; nobody's has some of them twice."""
    for number in range(1, 6):
        any_house.open(number)
    any_house.release()

    answers = together(*(any_house.batch for _ in range(AT_ONCE)))

    found = codes(answers)
    assert 1 == found.count(None)
    assert {None, "NOTHING_TO_PAY", "CONFLICT"} >= set(found)
    assert 5 == len(any_house.facts(PaymentInstructed)) == len(any_house.rows(ATTEMPT))


def test_a_result_brought_by_many_at_once_counts_once(any_house: House) -> None:
    """Each line settles once, and the totals are those of one file."""
    for number in range(1, 6):
        any_house.open(number)
    any_house.release()
    made = any_house.batch()
    content = answer_of(any_house, made)

    answers = together(*(lambda: take(any_house, made, content) for _ in range(AT_ONCE)))

    found = codes(answers)
    assert 1 == found.count(None)
    assert {None, "FILE_ALREADY_TAKEN", "CONFLICT"} >= set(found)
    assert 5 == len(any_house.facts(PaymentSettled))
    assert 150_000 == any_house.totals()[0].paid_fen


def test_two_answers_that_contradict_each_other_settle_or_return_once(any_house: House) -> None:
    """The bank's desk brings both at once, rows in opposite order: the first one counts."""
    for number in range(1, 6):
        any_house.open(number)
    any_house.release()
    made = any_house.batch()
    good = answer_of(any_house, made)
    head, *lines, tail = answer_of(any_house, made, comes_back).decode("gb18030").splitlines()
    bad = "\r\n".join([head, *reversed(lines), tail]).encode("gb18030")

    answers = together(lambda: take(any_house, made, good), lambda: take(any_house, made, bad))

    assert ["done", "done"] == [answer.outcome for answer in answers]
    assert [0, 5] == sorted(answer.details["refused_count"] for answer in answers)
    [total] = any_house.totals()
    assert {total.paid_count, total.returned_count} == {0, 5}


def test_a_household_that_moves_while_its_roster_is_drawn_is_listed_once(
    on_postgres: House,
) -> None:
    """One township has read who is due, the other commits first: the key lets one line stand."""
    on_postgres.open(1, T1)
    on_postgres.open(2, T1)
    read, go_on = threading.Event(), threading.Event()
    slow = _slow_reader(on_postgres, read, go_on)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(slow.draw, T1, "t1-a")
        assert read.wait(20)
        on_postgres.open(1, T2, case="case-1b")
        assert on_postgres.draw(T2, "t2-a").done
        go_on.set()
        answer = first.result(20)

    assert answer.done
    drawn = [(r.fact.household, r.envelope.about.township) for r in on_postgres.facts(LineDrawn)]
    assert [("hh-1", T2), ("hh-2", T1)] == sorted(drawn)


def _slow_reader(made: House, read: threading.Event, go_on: threading.Event) -> House:
    """The same house; whoever draws there pauses once after reading who is due."""

    def paused(row: Any) -> Any:
        if row.command is not DrawRoster:
            return row

        def gather(uow: UnitOfWork, command: Any, state: Any, context: Context) -> Any:
            found = row.gather(uow, command, state, context)
            read.set()
            assert go_on.wait(20)
            return found

        return replace(row, gather=gather)

    definition = replace(PAYMENTS, commands=tuple(map(paused, PAYMENTS.commands)))
    service = Service(definition, made.service.site, made.service.database, b"m" * 32)
    return House(service, made.clock, made.numbers)


def test_the_database_itself_refuses_a_second_line(any_house: House) -> None:
    """Whatever program writes: household, programme and month are a key."""
    any_house.open(1)
    any_house.draw()
    again = sa.text(
        "INSERT INTO roster_line SELECT household, programme, month, 'roster/other', \"case\", "
        "township, village, persons, category, members_count, amount_fen, entitlement_version, "
        "status, attempts_count, reference, payee_version FROM roster_line"
    )

    with pytest.raises(sa.exc.IntegrityError):
        any_house.service.database.write(lambda conn: conn.execute(again))


@pytest.mark.parametrize("settled", [True, False])
def test_the_database_itself_refuses_a_second_live_attempt(any_house: House, settled: bool) -> None:
    """Neither beside one that waits for its answer, nor after one that arrived."""
    any_house.open(1)
    any_house.release()
    made = any_house.batch()
    if settled:
        pay(any_house, made)
    again = sa.text(
        "INSERT INTO attempt SELECT 'YBother', household, programme, month, 2, reference, batch, "
        "amount_fen, payee_version, 'INSTRUCTED', reason FROM attempt"
    )

    with pytest.raises(sa.exc.IntegrityError):
        any_house.service.database.write(lambda conn: conn.execute(again))


def test_the_whole_road_runs_on_either_engine(any_house: House) -> None:
    """Returned, corrected, re-issued, settled; drawn again after a return."""
    any_house.open(1)
    any_house.open(2)
    any_house.draw()
    any_house.do("t1-a", "submit_roster", **roster())
    any_house.do("bureau-1", "return_roster", **roster(), reason="一户已停发")
    any_house.end(2, "2024-04")
    any_house.release()
    pay(any_house, any_house.batch(), comes_back)
    account = {"bank": "淮阳农商银行", "account": "6299991"}
    any_house.do(
        "t1-a", "correct_payee", household="hh-1", programme=PROGRAMME,
        reason="ACCOUNT_CLOSED", account=account,
    )  # fmt: skip
    pay(any_house, any_house.batch())

    [total] = any_house.totals()
    assert (1, 30_000, 30_000) == (total.approved_count, total.approved_fen, total.paid_fen)
    assert total.conserved


def test_a_batch_asked_for_again_gives_its_first_answer_also_when_more_waits(
    payments: House,
) -> None:
    """The id was used: neither its own payload nor another one makes a second batch with it."""
    payments.open(1)
    payments.open(2, township=T2)
    payments.release(T1)
    asked = {"programme": PROGRAMME, "month": "2024-04", "bank": RURAL_BANK}
    payments.numbers = count(900)
    first = payments.do("finance-2", "make_batch", **asked)
    payments.numbers = count(1_000)
    payments.release(T2)
    payments.numbers = count(900)
    again = payments.give("finance-2", "make_batch", **asked)
    payments.numbers = count(900)
    other = payments.give("finance-2", "make_batch", **asked | {"bank": POSTAL_BANK})
    assert first == again
    assert ("refused", "COMMAND_ID_REUSED") == (other.outcome, other.code)
    assert 1 == len(payments.facts(PaymentInstructed))
