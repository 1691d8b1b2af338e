"""Tables follow from facts: rebuilt equal, made by migrations as declared, fed by other houses."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.payments.reactions import REACTIONS, confirmed, terminated
from services.payments.read_models.tables import ENTITLEMENT, PAYEE
from services.payments.service import PAYMENTS
from shared import codec
from shared.carrying.local import LocalSource
from shared.codec import Recorded
from shared.envelope import About, Actor, Envelope
from shared.facts.base import Fact
from shared.facts.review import AllowanceTerminated, Beneficiary, EligibilityConfirmed
from shared.log import store
from shared.migration import create_first_tables, migrate
from shared.sqlite import SqliteDatabase
from tests.payments.bank import comes_back, pay
from tests.payments.samples import END, OPEN, TODAY
from tests.payments.world import POSTAL_BANK, PROGRAMME, T1, T2, House, payee

ABOUT = About("case-1", "hh-1", ("p-1",), "东湖村", T1)
CONFIRMED = EligibilityConfirmed(
    "case-1", "hh-1", PROGRAMME, "RURAL", ("h-1",), TODAY, 2, 30_000, "2024-04", "TOWNSHIP",
    "AUTHORISED", {}, Beneficiary("户主1", payee(1)),
)  # fmt: skip
TERMINATED = AllowanceTerminated(
    "case-1", "hh-1", PROGRAMME, "DECEASED", ("h-1",), TODAY, "2024-06"
)


def envelope(version: int = 1) -> Envelope:
    actor = Actor("h-1", "某镇长", "镇长", T1)
    return Envelope(
        "411603/review", "case/case-1", version, "", 1, f"00000000-0000-7000-8000-00000000000{version}",
        "2024-03-25T01:00:00.000000Z", actor, "57号 Art 21", "c", "case-1", ABOUT, {}, None,
    )  # fmt: skip


def test_a_rebuilt_table_is_the_same_table(payments: House) -> None:
    """Thrown away and replayed from the log, after a bit of everything."""
    for number in (1, 2, 3):
        payments.open(number, bank=POSTAL_BANK if number == 3 else "淮阳农商银行")
    payments.open(4, T2)
    payments.open(4, T2, fen=5, case="case-4b", month="2024-05")
    payments.end(3, "2024-05")
    payments.release()
    made = payments.batch()
    payments.do(
        "finance-1", "record_bank_file", batch=made.details["batch"],
        format=made.details["format"], file_digest="0" * 64,
    )  # fmt: skip
    pay(payments, made, comes_back)
    before = {table.name: payments.rows(table) for table in PAYMENTS.read_models}
    assert all(before.values())

    payments.service.rebuild()

    assert before == {table.name: payments.rows(table) for table in PAYMENTS.read_models}


def test_the_migrations_make_what_is_declared(tmp_path: Path) -> None:
    """Column by column and key by key."""
    database = SqliteDatabase(tmp_path / "payments.db")
    migrate(database, PAYMENTS.migrations)
    own = {table.name for table in PAYMENTS.read_models}

    with database.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        found = compare_metadata(context, PAYMENTS.metadata)
        made = {
            index["name"]: index["dialect_options"].get("sqlite_where") is not None
            for name in own
            for index in sa.inspect(conn).get_indexes(name)
        }
    database.close()

    assert [] == [change for change in found if any(name in repr(change) for name in own)]
    assert {"attempt_one_live"} == {name for name, partial in made.items() if partial}


def test_a_confirmation_says_all_that_an_entitlement_needs() -> None:
    """Terms, head and account from the fact; place and people from what it is about."""
    assert OPEN == confirmed(Recorded(envelope(), CONFIRMED))


def test_a_termination_names_the_case_and_month() -> None:
    """So that only this case ends."""
    assert END == terminated(Recorded(envelope(), TERMINATED))


def test_review_is_followed_with_sealed_accounts(payments: House, tmp_path: Path) -> None:
    """From review's log through a follower: the account comes readable, the end is heeded."""
    source = _review_log(tmp_path, payments, [CONFIRMED, TERMINATED])

    while payments.service.follow(source).step():
        pass

    [term], [account] = payments.rows(ENTITLEMENT), payments.rows(PAYEE)
    assert ("hh-1", "2024-04", "2024-06") == (term[0], term[-2], term[-1])
    assert "淮阳农商银行" == account[-1]


def test_an_account_whose_key_is_gone_stays_unknown(payments: House) -> None:
    """The entitlement opens all the same; its payee waits for a correction."""
    erased = EligibilityConfirmed(
        "case-1", "hh-1", PROGRAMME, "RURAL", ("h-1",), TODAY, 2, 30_000, "2024-04", "TOWNSHIP",
        "AUTHORISED", {}, None,
    )  # fmt: skip

    payments.by_itself(confirmed(Recorded(envelope(), erased)))

    assert [("hh-1", PROGRAMME, 1, None)] == payments.rows(PAYEE)


@pytest.mark.parametrize("service", ["gateway", "review"])
def test_both_houses_are_followed(service: str) -> None:
    """Authority and decisions."""
    assert service in PAYMENTS.follows
    assert any(reaction.service == service for reaction in REACTIONS)


def _review_log(folder: Path, payments: House, facts: list[Fact]) -> LocalSource:
    """A log as review would have it."""
    database = SqliteDatabase(folder / "review.db")
    database.write(create_first_tables)
    keyring = payments.service.keyring

    def work(conn: sa.engine.Connection) -> None:
        key = keyring.key_for_writing(conn, "hh-1")
        rows = [codec.encode(fact, envelope(n), key) for n, fact in enumerate(facts, start=1)]
        store.append(conn, rows)

    database.write(work)
    return LocalSource("411603/review", database, keyring)
