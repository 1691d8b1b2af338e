"""Who may: appointments, delegations and relatives as each service follows them from the gateway.

An appointment is checked as it stood on the day of the act. Nobody acts for a close relative
or for themselves, whatever their post (57号 Art 11; PLAN §2(1) 有责可查).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.competence import Competence, Role, Scope
from shared.context import Behind
from shared.driver import Asked
from shared.envelope import About, Actor
from shared.refusal import Denied
from shared.token import Identity


class NoAppointment(Denied):
    """The officer holds no post on this day that may give this command."""

    code = "NO_APPOINTMENT"


class WrongRole(Denied):
    """The officer's post is not one that may give this command."""

    code = "WRONG_ROLE"


class OutOfScope(Denied):
    """The case belongs to another township or village."""

    code = "OUT_OF_SCOPE"


class NoDelegation(Denied):
    """No recorded delegation lets the officer stand in for that person today."""

    code = "NO_DELEGATION"


class OwnOrRelative(Denied):
    """The case concerns the officer or a filed close relative."""

    code = "CLOSE_RELATIVE"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post as it stands on a day."""

    officer: str
    name: str
    post: str
    role: Role
    organisation: str
    township: str | None
    village: str | None
    person: str | None

    def actor(self, identity: Identity) -> Actor:
        """The officer acting in this post, for the record."""
        return Actor(identity.officer, self.name, self.post, self.organisation, identity.acting_for)


@dataclass(frozen=True, slots=True)
class Authority:
    """An authenticated officer's posts today; who is `behind` them, and behind whom they stand in
    for; and the persons whom they must leave alone: both of those and their filed relatives.
    """

    identity: Identity
    posts: tuple[Appointment, ...]
    avoids: frozenset[str]
    behind: Behind

    def posts_for(self, row: Competence) -> tuple[Appointment, ...]:
        """The posts that may give this command, at least one; raises NoAppointment or WrongRole."""
        if not self.posts:
            raise NoAppointment("您今天没有任职记录，不能办理业务。")
        fitting = tuple(post for post in self.posts if post.role in row.roles)
        if not fitting:
            raise WrongRole(f"您的职务（{self.posts[0].post}）无权办理这项业务。")
        return fitting

    def any_actor(self) -> Actor:
        """The actor for the record when no post fits."""
        if self.posts:
            return self.posts[0].actor(self.identity)
        officer, acting_for = self.identity.officer, self.identity.acting_for
        return Actor(officer, "", "", "", acting_for)


def authority_of(conn: Connection, identity: Identity, today: date) -> Authority:
    """The officer's power today. Standing in for another needs that other's post and a delegation.

    Raises NoDelegation. The acting officer's own name stands in the record, beside the post and
    organisation acted for.
    """
    other = identity.acting_for
    asked = {"officer": identity.officer, "other": other}
    rows = [_Known(*row) for row in _KNOWN.of(conn, asked)]
    avoids = frozenset(row.person for row in rows if row.person is not None)
    behind = _behind(rows)
    own = _posts(rows, identity.officer, today)
    if other is None:
        return Authority(identity, own, avoids, behind)
    values = {"delegator": other, "delegate": identity.officer, "today": today}
    if conn.execute(_DELEGATION, values).first() is None or not own:
        raise NoDelegation("没有有效的代理授权记录，不能代行他人职责。")
    name = own[0].name
    posts = tuple(
        Appointment(identity.officer, name, f"{p.post}（代）", p.role, p.organisation,
                    p.township, p.village, p.person)
        for p in _posts(rows, other, today)
    )  # fmt: skip
    return Authority(identity, posts, avoids, behind)


def post_within(
    row: Competence, posts: Sequence[Appointment], about: About, command: Any
) -> Appointment:
    """The first of these posts within whose reach the case lies; raises OutOfScope.

    Where the case already has a place, that counts; what the command claims counts only before.
    A village's aide reaches that village; the township's own staff, who have none, reach them all.
    """
    if row.scope is Scope.DISTRICT:
        return posts[0]
    township = about.township or getattr(command, "township", None)
    near = [post for post in posts if township is not None and post.township == township]
    if not near:
        raise OutOfScope(
            "没有这个事项，或它不属于您所在的乡镇（街道）；请核对编号，或转由所属乡镇办理。"
        )
    if row.scope is Scope.OWN_TOWNSHIP:
        return near[0]
    village = about.village or getattr(command, "village", None)
    for post in near:
        everywhere = post.village is None and post.role is not Role.VILLAGE_AIDE
        if village is not None and (everywhere or post.village == village):
            return post
    raise OutOfScope("该事项不属于您所在的村（社区），不能办理。")


def require_no_relative(authority: Authority, persons: Iterable[str]) -> None:
    """Raises OwnOrRelative when one of the persons is the officer or a filed close relative."""
    if not authority.avoids.isdisjoint(persons):
        raise OwnOrRelative("该家庭与您本人或您备案的近亲属有关，您应当回避。")


class _Known(NamedTuple):
    """A post of any day, or a relative: then without an appointment."""

    appointment: str | None
    officer: str
    name: str
    post: str
    role: str
    organisation: str
    township: str | None
    village: str | None
    person: str | None
    from_on: date | str
    to_on: date | str | None


def _behind(rows: Sequence[_Known]) -> Behind:
    posts = [row for row in rows if row.appointment is not None]
    return Behind(
        ids=frozenset(row.officer for row in posts),
        persons=frozenset(row.person for row in posts if row.person is not None),
    )


def _posts(rows: Sequence[_Known], officer: str, today: date) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(r.officer, r.name, r.post, Role(r.role), r.organisation,
                    r.township, r.village, r.person)
        for r in rows
        if r.appointment is not None and r.officer == officer and _runs_on(r, today)
    )  # fmt: skip


def _runs_on(row: _Known, today: date) -> bool:
    from_on, to_on = str(row.from_on), row.to_on  # ISO: what the drivers have, dates or text
    day = today.isoformat()
    return from_on <= day and (to_on is None or str(to_on) >= day)


# One round trip for all that is known of an officer: posts of any day, for even a past one names
# the officer's own person; and relatives, as rows without an appointment. Of every id of theirs.
_KNOWN = Asked(
    "WITH theirs (officer) AS (SELECT CAST(:officer AS TEXT) UNION SELECT CAST(:other AS TEXT) "
    "UNION SELECT also.officer FROM appointment own JOIN appointment also "
    "ON also.person = own.person WHERE own.officer IN (:officer, :other)) "
    "SELECT appointment, officer, name, post, role, organisation, township, village, person, "
    "from_on, to_on FROM appointment WHERE officer IN (SELECT officer FROM theirs) "
    "UNION ALL SELECT NULL, officer, NULL, NULL, NULL, NULL, NULL, NULL, person, NULL, NULL "
    "FROM close_relative WHERE officer IN (SELECT officer FROM theirs) ORDER BY appointment"
)
_DELEGATION = sa.text(
    "SELECT 1 FROM delegation WHERE delegator = :delegator AND delegate = :delegate "
    "AND from_on <= :today AND to_on >= :today"
).bindparams(sa.bindparam("today", type_=sa.Date))
