"""Published policy on PostgreSQL: followed and read as on files."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import sqlalchemy as sa

from shared.codec import Recorded
from shared.database import PostgresDatabase
from shared.facts.gateway import PolicyPublished
from shared.policy.loader import load_policy
from shared.policy_rows import Published, on_policy_published
from shared.tables import authority_tables
from tests import servers
from tests.shared.facts.specimen import frame_of

BASE, MAY = load_policy(), date(2024, 5, 2)
TEXT = """pack: pack-{number}
title: 某文件，100%照抄
parameters:
  notice.calendar_days:
    title: 初审意见公示天数
    unit: calendar_days
    values:
      - {{from: 2024-05-01, value: {number}, citation: 某文件, certainty: P}}
"""


def published(number: int) -> Recorded[PolicyPublished]:
    """As the gateway says it, the stream's version `number`."""
    text = TEXT.format(number=number)
    digest = sha256(text.encode()).hexdigest()
    fact = PolicyPublished(f"pack-{number}", "某文件", digest, text, MAY, "bureau-1", MAY, ())
    return Recorded(replace(frame_of(fact), version=number), fact)


def test_what_was_published_stands_in_its_order(
    postgres_database: servers.PostgresDatabase,
) -> None:
    """Nothing, then the later over the earlier, also where both come at once."""
    metadata, house = sa.MetaData(), Published()
    authority_tables(metadata)
    database = PostgresDatabase(postgres_database.url("postgres"))
    database.write(metadata.create_all)
    with database.read() as conn:
        assert BASE is house.over(BASE, conn)
    database.write(lambda conn: on_policy_published(conn, [published(1), published(2)]))
    with database.read() as conn:
        found = house.over(BASE, conn).at(MAY).parameter("notice.calendar_days")
    database.close()

    assert (2, "pack-2/2024-05-01") == (found.value, found.version)
