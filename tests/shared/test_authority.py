"""Who may, on which day, how far, and whom an officer must leave alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.authority import (
    NoAppointment,
    NoDelegation,
    OutOfScope,
    OwnOrRelative,
    WrongRole,
    authority_of,
    post_within,
    require_no_relative,
)
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.codec import Recorded
from shared.competence import Competence, Role, Scope
from shared.context import Behind
from shared.deciding import Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.gateway import (
    AppointmentEnded,
    CloseRelativeFiled,
    DelegationRecorded,
    OfficerAppointed,
    UnitRegistered,
)
from shared.tables import authority_tables
from shared.token import Identity
from tests.shared.facts.specimen import frame_of

HERE, THERE = "411603101", "411603102"
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 31)
DAY = date(2024, 3, 15)
SELF, RELATIVE, STRANGER = "a" * 32, "b" * 32, "c" * 32
NOBODY: Decider[None] = Decider(None, lambda *_: [], lambda state, _: state, lambda _: About())


class Unplaced:
    """A command that names no place."""


class Placed:
    """A command that claims one."""

    township, village = HERE, "王庄村"


@pytest.fixture
def conn() -> Iterator[Connection]:
    """The authority's empty tables in memory."""
    metadata = sa.MetaData()
    authority_tables(metadata)
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def tell(conn: Connection, *facts: Fact) -> None:
    """What every house does when the gateway says these."""
    for fact in facts:
        AUTHORITY_PROJECTIONS[type(fact)](conn, [Recorded(frame_of(fact), fact)])


def post(
    officer: str,
    role: Role = Role.CASE_OFFICER,
    *,
    place: tuple[str | None, str | None] = (HERE, None),
    days: tuple[date, date | None] = (FIRST, LAST),
    person: str | None = None,
    appointment: str | None = None,
) -> OfficerAppointed:
    name = appointment or f"post-{officer}-{role}-{place[0]}-{place[1]}"
    return OfficerAppointed(name, officer, f"{officer}某", f"职务{role}", role, place[0] or "411603",
                            *place, person, *days)  # fmt: skip


def stand_in(delegator: str, delegate: str, first: date = FIRST, last: date = LAST) -> Fact:
    return DelegationRecorded(f"{delegator}-{delegate}", delegator, delegate, first, last, "培训")


def row(*roles: Role, scope: Scope = Scope.OWN_TOWNSHIP) -> Competence:
    return Competence(
        Unplaced, None, frozenset(roles or [Role.CASE_OFFICER]), scope, "57号 Art 10", NOBODY,
        lambda *_: "",
    )  # fmt: skip


def reach(conn: Connection, competence: Competence, about: About, command: Any = None) -> Any:
    """The post in which o-1 may act on DAY."""
    posts = authority_of(conn, Identity("o-1", None), DAY).posts_for(competence)
    return post_within(competence, posts, about, command or Unplaced())


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2024, 2, 29), False),
        (FIRST, True),
        (DAY, True),
        (LAST, True),
        (date(2024, 4, 1), False),
    ],
    ids=str,
)
def test_an_appointment_counts_from_its_first_to_its_last_day(
    conn: Connection, day: date, holds: bool
) -> None:
    """Both included; a day before and a day after it is none."""
    tell(conn, post("o-1"))
    found = authority_of(conn, Identity("o-1", None), day)
    assert holds == bool(found.posts)
    if not holds:
        with pytest.raises(NoAppointment):
            found.posts_for(row())


def test_an_appointment_without_end_counts_until_it_is_ended(conn: Connection) -> None:
    """Its last day included."""
    tell(conn, post("o-1", days=(FIRST, None), appointment="p-1"))
    assert authority_of(conn, Identity("o-1", None), date(2030, 1, 1)).posts
    tell(conn, AppointmentEnded("p-1", DAY))
    assert authority_of(conn, Identity("o-1", None), DAY).posts
    assert not authority_of(conn, Identity("o-1", None), date(2024, 3, 16)).posts


def test_a_role_that_may_not_is_denied(conn: Connection) -> None:
    """Whatever else the officer is."""
    tell(conn, post("o-1", Role.FINANCE))
    with pytest.raises(WrongRole):
        authority_of(conn, Identity("o-1", None), DAY).posts_for(row())


@pytest.mark.parametrize("day", [date(2024, 3, 9), date(2024, 3, 21)], ids=str)
def test_standing_in_counts_on_the_days_of_the_delegation_only(conn: Connection, day: date) -> None:
    """First and last day included; the day before and after is denied."""
    first, last = date(2024, 3, 10), date(2024, 3, 20)
    tell(conn, post("o-1"), post("o-2", Role.TOWNSHIP_HEAD), stand_in("o-2", "o-1", first, last))
    for good in (first, last):
        assert authority_of(conn, Identity("o-1", "o-2"), good).posts
    with pytest.raises(NoDelegation):
        authority_of(conn, Identity("o-1", "o-2"), day)


def test_standing_in_gives_the_other_s_post_under_the_own_name(conn: Connection) -> None:
    """And nothing of the own post: who acts for the head acts as the head."""
    tell(conn, post("o-1"), post("o-2", Role.TOWNSHIP_HEAD), stand_in("o-2", "o-1"))
    found = authority_of(conn, Identity("o-1", "o-2"), DAY)
    (held,) = found.posts_for(row(Role.TOWNSHIP_HEAD))
    actor = held.actor(found.identity)
    assert ("o-1", "o-1某", "职务TOWNSHIP_HEAD（代）", HERE, "o-2") == (
        actor.officer, actor.name, actor.post, actor.organisation, actor.acting_for,
    )  # fmt: skip
    with pytest.raises(WrongRole):
        found.posts_for(row(Role.CASE_OFFICER))


def test_a_delegation_works_one_way_and_one_step(conn: Connection) -> None:
    """Not back, not for a third, and not for someone who holds no post of their own."""
    tell(conn, post("o-1"), post("o-2"), post("o-3"))
    tell(conn, stand_in("o-2", "o-1"), stand_in("o-3", "o-2"), stand_in("o-2", "nobody"))
    for officer, other in (("o-2", "o-1"), ("o-1", "o-3"), ("nobody", "o-2")):
        with pytest.raises(NoDelegation):
            authority_of(conn, Identity(officer, other), DAY)


def test_standing_in_for_someone_without_a_post_gives_none(conn: Connection) -> None:
    """Nobody hands on what they don't hold on that day."""
    tell(conn, post("o-1"), post("o-2", days=(FIRST, date(2024, 3, 14))), stand_in("o-2", "o-1"))
    with pytest.raises(NoAppointment):
        authority_of(conn, Identity("o-1", "o-2"), DAY).posts_for(row())


def test_the_district_s_posts_reach_everywhere(conn: Connection) -> None:
    """A row of district scope asks for no place."""
    tell(conn, post("o-1", place=(None, None)))
    assert "o-1" == reach(conn, row(scope=Scope.DISTRICT), About(township=THERE)).officer


@pytest.mark.parametrize(
    ("about", "command"),
    [
        (About(township=THERE), None),
        (About(township=THERE), Placed()),  # what is known counts, not what is claimed
        (About(), None),
    ],
    ids=["elsewhere", "elsewhere, claimed here", "nowhere"],
)
def test_a_township_s_post_reaches_its_own_cases_only(
    conn: Connection, about: About, command: Any
) -> None:
    """Of another township, or of none, nothing is done."""
    tell(conn, post("o-1"))
    with pytest.raises(OutOfScope):
        reach(conn, row(), about, command)


def test_a_new_case_lies_where_the_command_says(conn: Connection) -> None:
    """Before there is a case, the claim is all there is."""
    tell(conn, post("o-1"))
    assert HERE == reach(conn, row(), About(), Placed()).township
    assert HERE == reach(conn, row(), About(township=HERE)).township


@pytest.mark.parametrize(
    ("place", "reaches"),
    [((HERE, "王庄村"), True), ((HERE, "李庄村"), False), ((THERE, "王庄村"), False), ((HERE, None), False)],
    ids=str,
)  # fmt: skip
def test_a_village_s_post_reaches_its_own_village_only(
    conn: Connection, place: tuple[str, str | None], reaches: bool
) -> None:
    """A village of the same name in another township is another village."""
    aides = row(Role.VILLAGE_AIDE, scope=Scope.OWN_VILLAGE)
    tell(conn, post("o-1", Role.VILLAGE_AIDE, place=place))
    about = About(township=HERE, village="王庄村")
    if reaches:
        assert "王庄村" == reach(conn, aides, about).village
        return
    with pytest.raises(OutOfScope):
        reach(conn, aides, about)


@pytest.mark.parametrize(("township", "reaches"), [(HERE, True), (THERE, False)])
def test_the_township_s_own_staff_reach_each_village_of_theirs(
    conn: Connection, township: str, reaches: bool
) -> None:
    """Whoever has no village is bound by the township, except an aide."""
    both = row(Role.VILLAGE_AIDE, Role.CASE_OFFICER, scope=Scope.OWN_VILLAGE)
    tell(conn, post("o-1", Role.CASE_OFFICER, place=(HERE, None)))
    about = About(township=township, village="王庄村")
    if reaches:
        assert HERE == reach(conn, both, about).township
        return
    with pytest.raises(OutOfScope):
        reach(conn, both, about)


def test_of_several_posts_the_one_that_reaches_counts(conn: Connection) -> None:
    """An aide of two villages acts in both; the record says in which post."""
    aides = row(Role.VILLAGE_AIDE, scope=Scope.OWN_VILLAGE)
    for village in ("李庄村", "王庄村"):
        tell(conn, post("o-1", Role.VILLAGE_AIDE, place=(HERE, village)))
    for village in ("李庄村", "王庄村"):
        assert village == reach(conn, aides, About(township=HERE, village=village)).village


RELATED: list[tuple[str, str | None, Sequence[str], bool]] = [
    ("o-1", None, [RELATIVE], True),
    ("o-1", None, [STRANGER, RELATIVE], True),
    ("o-1", None, [SELF], True),
    ("o-1", None, [STRANGER], False),
    ("o-1", None, [], False),
    ("o-2", None, [RELATIVE, SELF], False),
    ("o-2", "o-1", [RELATIVE], True),
    ("o-2", "o-1", [SELF], True),
    ("o-1", "o-2", [RELATIVE], True),
    ("o-1", "o-2", [SELF], True),
    ("o-1", "o-2", [STRANGER], False),
]


@pytest.mark.parametrize(("officer", "acting_for", "persons", "held_back"), RELATED)
def test_the_officer_s_and_the_represented_one_s_relatives_both_count(
    conn: Connection, officer: str, acting_for: str | None, persons: list[str], held_back: bool
) -> None:
    """o-1 has a filed relative and a number of their own; o-2 has neither."""
    tell(
        conn, post("o-1", person=SELF), post("o-2"), stand_in("o-1", "o-2"), stand_in("o-2", "o-1")
    )
    tell(conn, CloseRelativeFiled("o-1", RELATIVE, "PARENT"))
    found = authority_of(conn, Identity(officer, acting_for), DAY)
    if not held_back:
        require_no_relative(found, persons)
        assert acting_for in (None, "o-2")
        return
    with pytest.raises(OwnOrRelative):
        require_no_relative(found, persons)


def test_a_person_under_two_ids_is_one(conn: Connection) -> None:
    """Two that were appointed at once: ids and relatives count together, the posts don't."""
    first, second = Identity("o-1", None), Identity("o-2", None)
    tell(conn, post("o-1", person=SELF, days=(FIRST, FIRST)), stand_in("o-2", "o-3"))
    tell(conn, post("o-2", Role.TOWNSHIP_HEAD, person=SELF), post("o-3"), post("o-4"))
    tell(conn, CloseRelativeFiled("o-1", RELATIVE, "PARENT"))

    found = authority_of(conn, second, DAY)
    assert Behind(frozenset({"o-1", "o-2"}), frozenset({SELF})) == found.behind
    with pytest.raises(OwnOrRelative):
        require_no_relative(found, [RELATIVE])
    assert () == authority_of(conn, first, DAY).posts
    standing_in = authority_of(conn, Identity("o-3", "o-2"), DAY)
    assert frozenset({"o-1", "o-2", "o-3"}) == standing_in.behind.ids
    assert Behind(frozenset({"o-4"})) == authority_of(conn, Identity("o-4", None), DAY).behind


def test_filing_a_relative_twice_changes_nothing(conn: Connection) -> None:
    """The rows are those of one filing; units are remembered by code."""
    filed = CloseRelativeFiled("o-1", RELATIVE, "PARENT")
    tell(conn, filed, filed, UnitRegistered(HERE, "新站镇", "TOWNSHIP", FIRST))
    assert 1 == conn.exec_driver_sql("SELECT count(*) FROM close_relative").scalar_one()
    assert [(HERE, "新站镇")] == list(
        map(tuple, conn.exec_driver_sql("SELECT unit, name FROM unit"))
    )
