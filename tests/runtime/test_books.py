"""The tables that doors decide by are held against the facts that made them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.runtime.books import Difference, all_differences
from services.runtime.embedded import open_site
from services.runtime.home import Home
from tests.sites import TrialSite


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A site with officers, closed."""
    TrialSite(tmp_path / "site").close()
    yield Home(tmp_path / "site")


def edit(home: Home, service: str, statement: str) -> None:
    """As the database's owner."""
    with open_site(home.path) as site:
        site.services[service].database.write(lambda conn: conn.exec_driver_sql(statement))


def test_untouched_books_say_what_the_facts_say(home: Home) -> None:
    """In every house."""
    assert [] == all_differences(home)


@pytest.mark.parametrize("service", ["gateway", "intake", "review", "payments", "reporting"])
def test_power_given_by_editing_a_table_is_seen(home: Home, service: str) -> None:
    """An officer made an administrator by hand, in the house whose door was to be fooled."""
    edit(home, service, "UPDATE appointment SET role = 'ADMINISTRATOR' WHERE officer = 'bureau-1'")
    assert [Difference(service, "appointment", 1, 1)] == all_differences(home)


def test_a_delegation_that_no_fact_records_is_seen(home: Home) -> None:
    """A row too many."""
    edit(
        home,
        "review",
        "INSERT INTO delegation VALUES ('stand-in-x', '411603101-head', '411603101-1', "
        "'2024-01-01', '2024-12-31')",
    )
    assert [Difference("review", "delegation", 1, 0)] == all_differences(home)


def test_a_row_of_a_wrong_type_is_seen_and_stumbles_nobody(home: Home) -> None:
    """What the database's owner wrote need not be what the column says."""
    edit(home, "intake", "UPDATE appointment SET from_on = x'ff00' WHERE officer = 'bank-1'")
    assert [Difference("intake", "appointment", 1, 1)] == all_differences(home)
