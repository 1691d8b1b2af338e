"""What was published, as a house reads it: over its own packs, each text read once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.codec import Recorded
from shared.facts.gateway import PolicyPublished
from shared.policy.layering import lay_over
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from shared.policy_rows import PolicyUnusable, Published, on_policy_published
from shared.sqlite import SqliteDatabase
from shared.tables import authority_tables
from tests.shared.facts.specimen import frame_of

BASE = load_policy()
MAY = date(2024, 5, 2)
TEXT = """pack: {name}
title: 某文件
parameters:
  notice.calendar_days:
    title: 初审意见公示天数
    unit: {unit}
    values:
      - {{from: 2024-05-01, value: {days}, citation: 某文件, certainty: P}}
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """With the tables that every house follows."""
    metadata, made = sa.MetaData(), SqliteDatabase(tmp_path / "house.db")
    authority_tables(metadata)
    made.write(metadata.create_all)
    yield made
    made.close()


def publish(database: SqliteDatabase, number: int, **words: object) -> None:
    """As the gateway says it in its stream's version `number`."""
    text = TEXT.format(**{"name": f"pack-{number}", "unit": "calendar_days"} | words)
    digest = sha256(text.encode()).hexdigest()
    fact = PolicyPublished(
        f"pack-{number}", "某文件", digest, text, MAY, "bureau-1", MAY, ("notice.calendar_days",)
    )
    recorded: Sequence[Recorded[PolicyPublished]] = [
        Recorded(replace(frame_of(fact), version=number), fact)
    ]
    database.write(lambda conn: on_policy_published(conn, recorded))


def read(published: Published, database: SqliteDatabase) -> Policy:
    """What stands."""
    with database.read() as conn:
        return published.over(BASE, conn)


def test_nothing_published_leaves_the_packs_on_file(database: SqliteDatabase) -> None:
    """The very same."""
    assert BASE is read(Published(), database)


def test_the_later_publication_stands_over_the_earlier(database: SqliteDatabase) -> None:
    """And its pack is what a decision names."""
    published = Published()
    found = []
    for number, days in ((1, 8), (2, 9)):
        publish(database, number, days=days)
        one = read(published, database).at(MAY).parameter("notice.calendar_days")
        found.append((one.value, one.version))

    assert [(8, "pack-1/2024-05-01"), (9, "pack-2/2024-05-01")] == found
    assert 7 == read(published, database).at(date(2024, 4, 30)).number("notice.calendar_days")


def test_each_text_is_read_once(database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commands ask, and also when another is published."""
    reads: list[str] = []
    monkeypatch.setattr("shared.policy_rows.lay_over", _counting(reads))
    published = Published()
    for number, days in ((1, 8), (2, 9)):
        publish(database, number, days=days)
        first, second = read(published, database), read(published, database)
        assert first is second

    assert ["第1次公布的政策文件", "第2次公布的政策文件"] == reads


def _counting(reads: list[str]) -> Callable[[Policy, bytes, str], Policy]:
    def counting(policy: Policy, content: bytes, source: str) -> Policy:
        reads.append(source)
        return lay_over(policy, content, source)

    return counting


def test_many_threads_at_once_read_the_same(database: SqliteDatabase) -> None:
    """Whoever comes first."""
    publish(database, 1, days=8)
    publish(database, 2, days=9)
    published = Published()
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: read(published, database).digest, range(32)))

    assert {read(Published(), database).digest} == found


def test_what_doesnt_fit_this_houses_own_file_is_trouble(database: SqliteDatabase) -> None:
    """No officer's fault: nothing is refused for it, the house stands still and says why."""
    publish(database, 1, days=8, unit="working_days")
    with pytest.raises(PolicyUnusable, match="UNIT_DIFFERS"):
        read(Published(), database)
