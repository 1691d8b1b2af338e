"""Every fact has a position to itself: one too many is found, wherever its owner has put it."""

import pytest

from shared.log import store
from shared.log.verification import Kind, Report
from tests.shared.log.extra_facts import extra, said_each_way
from tests.shared.log.site_log import SiteLog, fact

FREE = (
    "CREATE TABLE free (position, id, stream, version, name, at, officer, journey, household, "
    "township, village, body, leaf)",
    "INSERT INTO free SELECT * FROM fact ORDER BY position",
    "DROP TABLE fact",
    "ALTER TABLE free RENAME TO fact",
)
"""The same rows in a table without types and keys."""


@pytest.fixture
def grown(site: SiteLog) -> SiteLog:
    """Signed up to 560, within a page; 40 more are not."""
    site.grow(3, 297, 260)
    site.append([fact(number) for number in range(560, 600)])
    return site


def found(report: Report) -> list[tuple[int | None, Kind]]:
    assert not report.ok
    return [(one.position, one.kind) for one in report.findings]


@pytest.mark.parametrize("position", [5, 255, 256, 559, 560, 599])
def test_a_second_fact_at_a_position_is_named(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    """After the original in the table, at the edges of pages and beyond what is signed."""
    grown.attack(*FREE, extra(position))
    report = said_each_way(grown, monkeypatch)
    assert (position, Kind.INSERTED) == found(report)[0]
    assert f"位置 {position} 有 2 条事实" in report.findings[0].sentence


def test_which_of_two_facts_lies_first_makes_no_difference(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is the same when the table is turned about."""
    grown.attack(*FREE, extra(5))
    report = said_each_way(grown, monkeypatch)
    grown.attack(
        "CREATE TABLE turned AS SELECT * FROM fact ORDER BY rowid DESC",
        "DROP TABLE fact",
        "ALTER TABLE turned RENAME TO fact",
    )
    assert report == said_each_way(grown, monkeypatch)


def test_the_same_fact_twice_is_named(grown: SiteLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where both are what was signed: a stream would be longer than it is."""
    grown.attack(*FREE, "INSERT INTO fact SELECT * FROM fact WHERE position = 300")
    assert (300, Kind.INSERTED) == found(said_each_way(grown, monkeypatch))[0]


@pytest.mark.parametrize("position", [None, 5.5, 255.5, 598.75])
def test_a_fact_at_no_position_is_named(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch, position: float | None
) -> None:
    """A stream has it although no position leads to it."""
    grown.attack(*FREE, extra(position))
    with grown.database.read() as conn:
        assert 2 == len(store.bodies(conn, "case/5"))
    report = said_each_way(grown, monkeypatch)
    assert [(None, Kind.INSERTED)] == found(report)
    where = "没有位置" if position is None else f"的位置不是整数，是插入的：{position}"
    assert where in report.findings[0].sentence


@pytest.mark.parametrize("position", ["x", "600", b"5"])
def test_a_fact_at_a_position_that_is_no_number_is_named(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch, position: object
) -> None:
    """Whatever such a position does to the log's end."""
    grown.attack(*FREE, extra(position))
    assert (None, Kind.INSERTED) in found(said_each_way(grown, monkeypatch))


def test_a_fact_too_many_does_not_hide_behind_a_missing_one(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many rows as positions, and still not one for each."""
    grown.attack(*FREE, "DELETE FROM fact WHERE position = 7", extra(None))
    assert {(7, Kind.MISSING), (None, Kind.INSERTED)} <= set(
        found(said_each_way(grown, monkeypatch))
    )


def test_many_facts_at_a_position_are_one_finding(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, however many they are."""
    grown.attack(*FREE, *[extra(5, version=2 + number) for number in range(700)])
    report = said_each_way(grown, monkeypatch)
    assert ["位置 5 有 701 条事实，其中只有一条可能是原有的"] == [
        one.sentence for one in report.findings if one.kind is Kind.INSERTED
    ]


def test_a_log_of_facts_without_positions_is_not_empty(
    site: SiteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing was ever recorded."""
    site.attack(*FREE, extra(None))
    assert [(None, Kind.INSERTED)] == found(said_each_way(site, monkeypatch))


@pytest.mark.parametrize("hashes", ["hashes", "zeroblob(8192)"])
@pytest.mark.parametrize(("level", "number"), [(0, 0), (0, 1)])
def test_a_tile_that_is_there_twice_is_named(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch, level: int, number: int, hashes: str
) -> None:
    """The same or another: a proof would be taken from either."""
    grown.attack(
        "CREATE TABLE free AS SELECT * FROM merkle_tile",
        "DROP TABLE merkle_tile",
        "ALTER TABLE free RENAME TO merkle_tile",
        f"INSERT INTO merkle_tile SELECT level, number, {hashes}, root FROM merkle_tile "
        f"WHERE level = {level} AND number = {number}",
    )
    report = said_each_way(grown, monkeypatch)
    assert {Kind.TILE_EDITED} == {kind for _, kind in found(report)}
    sentences = [one.sentence for one in report.findings]
    assert f"第 {level} 层第 {number} 个树块不止一个" in sentences


@pytest.mark.parametrize("size", [2.5, 300.5, 559.5])
def test_a_checkpoint_between_two_sizes_is_named(
    grown: SiteLog, monkeypatch: pytest.MonkeyPatch, size: float
) -> None:
    """With a list of leaves as long as another's, which follows no other."""
    grown.attack(
        "CREATE TABLE free AS SELECT * FROM checkpoint",
        "DROP TABLE checkpoint",
        "ALTER TABLE free RENAME TO checkpoint",
        f"INSERT INTO checkpoint SELECT {size}, root, leaves, note FROM checkpoint "
        "WHERE size = 300",
    )
    report = said_each_way(grown, monkeypatch)
    assert {Kind.CHECKPOINT_EDITED} == {kind for _, kind in found(report)}
    sentences = [one.sentence for one in report.findings]
    assert f"检查点 {size} 不可能存在：大小不是整数" in sentences
