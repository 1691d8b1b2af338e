"""The operator's waiting: over when every follower is through and every log signed, not before."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.runtime import distributed
from services.runtime.distributed import DistributedSite, NotComingToRest
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from shared.settings import load_settings
from shared.sqlite import SqliteDatabase

START = datetime(2024, 3, 1, 1, tzinfo=UTC)
REVIEW, INTAKE = "411603/review", "411603/intake"


class Looks:
    """Instead of waiting between two looks, the next of `events` happens."""

    def __init__(self) -> None:
        self.count = 0
        self.events: list[Callable[[], None]] = []

    def sleep(self, _seconds: float) -> None:
        self.count += 1
        if self.events:
            self.events.pop(0)()

    def monotonic(self) -> float:
        return float(self.count)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """A look takes a second, and no time passes otherwise."""
    looks = Looks()
    monkeypatch.setattr(distributed, "time", looks)
    return looks


@pytest.fixture
def site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: Looks
) -> Iterator[DistributedSite]:
    """A distributed site that looks at empty files in place of servers; patient for five looks."""
    home = Home(tmp_path / "site")
    found(home, Charter("411603", trial=True, clock="file", seed=1), START)

    def file(url: str, _size: int) -> SqliteDatabase:
        return SqliteDatabase(home.database(url.rpartition("/")[2]))

    monkeypatch.setattr(distributed, "PostgresDatabase", file)
    environment = {"YINGBAO_HOME": str(home.path), "YINGBAO_MODE": "distributed"}
    environment["YINGBAO_BROKER_URL_OPERATOR"] = "amqp://nobody"
    for name in ("gateway", "intake", "review", "payments", "reporting"):
        environment[f"YINGBAO_DATABASE_URL_{name.upper()}"] = f"postgresql://run@nowhere/{name}"
    site = DistributedSite(home, load_settings(environment), patience_seconds=5)
    yield site
    site.close()


def put(site: DistributedSite, service: str, statement: str) -> None:
    """Change a service's database behind its back."""
    site.services[service].database.write(lambda conn: conn.execute(sa.text(statement)))


def append(site: DistributedSite, position: int) -> None:
    """A fact of review's."""
    put(
        site,
        "review",
        "INSERT INTO fact (position, id, stream, version, name, at, officer, journey, body, leaf)"
        f" VALUES ({position}, '{position}', 's', {position + 1}, 'n', 'a', 'o', 'j', x'00', x'00')",
    )


def follow(site: DistributedSite, position: int) -> None:
    """All who follow review have come so far."""
    for name, service in site.services.items():
        if "review" in service.definition.follows:
            put(
                site,
                name,
                f"INSERT INTO follow_cursor VALUES ('{REVIEW}', {position})"
                " ON CONFLICT (log) DO UPDATE SET position = excluded.position",
            )


def park(site: DistributedSite) -> None:
    """A fact of intake's that payments can't apply."""
    put(
        site,
        "payments",
        f"INSERT INTO parked VALUES ('{INTAKE}', 0, 's', 'error', 1, '2024-03-01T00:00:00Z')",
    )


def sign(site: DistributedSite, size: int) -> None:
    """A checkpoint of review's log over so many facts, one more than the last."""
    put(
        site,
        "review",
        f"INSERT INTO checkpoint VALUES ({size}, zeroblob(32), zeroblob(32), 'note')",
    )


def test_a_site_at_rest_is_looked_at_twice(site: DistributedSite, looks: Looks) -> None:
    """Between the first look's databases something may have been under way."""
    assert 0 == site.settle()
    assert 1 == looks.count


def test_what_is_parked_keeps_the_site_from_rest(site: DistributedSite) -> None:
    """It is named, with its count, and what doesn't wait isn't."""
    park(site)
    with pytest.raises(NotComingToRest) as caught:
        site.settle()
    assert "{'payments parked': 1}" == str(caught.value)


def test_who_is_behind_keeps_the_site_from_rest(site: DistributedSite) -> None:
    """Each follower is named, with how much it lacks."""
    append(site, 0)
    append(site, 1)
    follow(site, 0)
    with pytest.raises(NotComingToRest, match=f"'reporting behind {REVIEW}': 1"):
        site.settle()


def test_settling_ends_when_the_parked_fact_is_applied(site: DistributedSite, looks: Looks) -> None:
    """Two looks that are the same come after it."""
    park(site)
    looks.events = [lambda: None, lambda: put(site, "payments", "DELETE FROM parked")]
    site.settle()
    assert 3 == looks.count


def test_a_log_that_grew_meanwhile_is_waited_for_again(site: DistributedSite, looks: Looks) -> None:
    """Though everybody had caught up at both looks: the heads are not the same."""

    def grow(position: int) -> None:
        append(site, position)
        follow(site, position)

    looks.events = [partial(grow, position) for position in range(3)]
    site.settle()
    assert 4 == looks.count


def test_patience_begins_anew_with_each_thing_that_moves(
    site: DistributedSite, looks: Looks
) -> None:
    """A long queue that gets shorter is no trouble."""
    for position in range(10):
        append(site, position)
    looks.events = [partial(follow, site, position) for position in range(10)]
    site.settle()
    assert 11 == looks.count


def test_a_log_that_is_not_signed_to_its_end_is_waited_for(
    site: DistributedSite, looks: Looks
) -> None:
    """Named with how many facts lack a signature; over at the first look that finds all signed."""
    append(site, 0)
    append(site, 1)
    with pytest.raises(NotComingToRest) as caught:
        site.checkpoint()
    assert f"'{REVIEW}': 2" in str(caught.value)

    looks.count = 0
    looks.events = [partial(sign, site, 1), partial(sign, site, 2)]
    site.checkpoint()
    assert 2 == looks.count
