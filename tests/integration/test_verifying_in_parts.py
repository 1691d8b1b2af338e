"""On a server, too, a log is the same whether one process reads it or several."""

import pytest

from shared.log.verification.told import Part
from tests.integration.test_log_postgres import PostgresLog, site
from tests.shared.log.site_log import fact
from tests.shared.log.test_ways_of_reading import one_by_one, read_here

__all__ = ["site"]


def test_several_processes_say_what_one_says_and_what_fact_by_fact_says(
    site: PostgresLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, and with findings in either part."""
    site.grow(3, 297, 212, 88)
    whole = site.verify(mirror=site.mirror)
    assert (True, 600) == (whole.ok, whole.size)
    with monkeypatch.context() as patch:
        read = read_here(patch)
        assert whole == site.verify(mirror=site.mirror, processes=2)
    assert [Part(0, 256, last=False)] == read
    assert whole == one_by_one(monkeypatch, lambda: site.verify(mirror=site.mirror))
    site.replace(7, fact(7, text="乙"))
    site.attack(
        ("UPDATE fact SET officer = 'o-2' WHERE position = ?", (300,)),
        ("DELETE FROM fact_person WHERE position = ?", (599,)),
        ("INSERT INTO fact_person VALUES ('p-x', ?)", (-1,)),
        ("INSERT INTO fact_person VALUES ('p-x', ?)", (900,)),
    )
    wrong = site.verify()
    assert {-1, 7, 300, 599, 900} == {finding.position for finding in wrong.findings}
    assert wrong == site.verify(processes=2)
    assert wrong == one_by_one(monkeypatch, site.verify)
