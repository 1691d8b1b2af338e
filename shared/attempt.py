"""One try at one command: check who may, load, decide, record. The door gives the transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError
from sqlalchemy.engine import Connection

from shared import authority as authorities
from shared.answer import (
    Answer,
    BadCommand,
    CommandExpired,
    Outcome,
    PayloadTooLarge,
    UnknownCommand,
)
from shared.authority import Appointment, Authority
from shared.clock import day_of
from shared.competence import Competence, Role
from shared.context import NOBODY, Context
from shared.decider import Books, Frame, UnitOfWork
from shared.envelope import About, Actor
from shared.facts.door import CommandRefused
from shared.log.store import versions
from shared.refusal import Denied, Refusal
from shared.site import Site
from shared.token import Identity


@dataclass(frozen=True, slots=True)
class Knock:
    """A command as it arrived, from an authenticated officer."""

    name: str
    payload: Any
    raw: bytes
    identity: Identity
    command_id: str
    not_after: datetime | None


class Attempt:
    """One try at one command within one transaction. Nothing is written before it is decided."""

    def __init__(
        self,
        site: Site,
        books: Books,
        commands: Mapping[str, Competence],
        conn: Connection,
        knock: Knock,
    ) -> None:
        self._site, self._books, self._commands = site, books, commands
        self._conn, self._knock = conn, knock
        self._now, self._policy = site.clock.now(), site.policy
        self._authority: Authority | None = None
        self._about = About()

    def run(self) -> tuple[UnitOfWork, Answer]:
        """Check, load, decide; raises Refusal with nothing written."""
        knock, today = self._knock, day_of(self._now)
        self._authority = authorities.authority_of(self._conn, knock.identity, today)
        self._policy = self._site.policy_in(self._conn)
        row = self._row()
        posts = self._authority.posts_for(row)
        command = self._command(row)
        uow = UnitOfWork(self._conn, self._books)
        stream = row.stream(command, self._context(posts[0]))
        loaded = uow.load(row.decider, stream)
        self._about = row.decider.about(loaded.state)
        context = self._context(authorities.post_within(row, posts, self._about, command))
        authorities.require_no_relative(self._authority, self._about.persons)
        return uow, decide(uow, row, command, stream, loaded.state, context, self._require_apart)

    def _context(self, post: Appointment) -> Context:
        actor = post.actor(self._knock.identity)
        behind = self._authority.behind if self._authority is not None else NOBODY
        return self._site.context(actor, self._now, self._knock.command_id, self._policy, behind)

    def _require_apart(self, about: About) -> None:
        self._about = about
        if self._authority is not None:
            authorities.require_no_relative(self._authority, about.persons)

    def _row(self) -> Competence:
        if self._knock.not_after is not None and self._now > self._knock.not_after:
            raise CommandExpired("请求已超过有效时间，没有办理。")
        row = self._commands.get(self._knock.name)
        if row is None or row.schema is None:
            raise UnknownCommand("没有这项业务操作。")
        return row

    def _command(self, row: Competence) -> Any:
        """The command that the payload says; read only after the post was found to fit."""
        if row.schema is None:
            raise UnknownCommand("没有这项业务操作。")
        if len(self._knock.raw) > row.payload_max:
            raise PayloadTooLarge(f"提交的内容过大（上限 {row.payload_max // 1024} KiB）。")
        try:
            UUID(self._knock.command_id)
            return _reader(row.schema).load(self._knock.payload)
        except ValidationError as error:
            raise BadCommand("提交的内容有误，请按提示修改。", _by_field(error)) from error
        except ValueError as error:
            raise BadCommand("请求编号不是有效的 UUID。", {"command_id": ["UUID"]}) from error

    def refused(self, refusal: Refusal, digest: str) -> tuple[UnitOfWork, Answer]:
        """Record the refusal in a stream of its own, so that it moves no case's version."""
        knock, denied = self._knock, isinstance(refusal, Denied)
        stream = f"refusal/{knock.command_id}"
        fact = CommandRefused(knock.name, knock.command_id, refusal.code, denied, digest)
        uow = UnitOfWork(self._conn, self._books)
        cause = f"{knock.command_id}/{versions(self._conn, [stream]).get(stream, 0)}"
        frame = Frame(self._actor(), self._now, "PLAN 二(一) 有责可查", cause)
        uow.record(stream, self._about, [fact], frame)
        outcome: Outcome = "denied" if denied else "refused"
        details = getattr(refusal, "details", {})
        return uow, Answer(outcome, stream, None, refusal.code, refusal.sentence, details)

    def _actor(self) -> Actor:
        if self._authority is not None:
            return self._authority.any_actor()
        return Actor(self._knock.identity.officer, "", "", "", self._knock.identity.acting_for)


@cache
def _reader(schema: type[Schema]) -> Schema:
    """One for each kind of command: making it takes longer than reading."""
    return schema()


def decide(
    uow: UnitOfWork,
    row: Competence,
    command: Any,
    stream: str,
    state: Any,
    context: Context,
    check: Callable[[About], None],
) -> Answer:
    """Gather, decide, record on the stream. `check` sees whom the facts are about before that."""
    gathered = row.gather(uow, command, state, context)
    facts = row.decider.decide(state, command, replace(context, gathered=gathered))
    own = [fact for fact in facts if not hasattr(fact, "stream")]
    after = row.decider.fold(own, state)
    about = row.decider.about(after)
    check(about)
    frame = Frame(context.actor, context.now, row.article, context.command_id)
    uow.record(stream, about, facts, frame)
    version = uow.version(stream)
    return Answer("done", stream, version, details=row.details([r.fact for r in uow.recorded]))


def run_system(
    uow: UnitOfWork, site: Site, row: Competence, command: Any, cause: str, service: str
) -> Answer:
    """Carry out a command that happens by itself: actor SYSTEM with its service. May raise Refusal."""
    actor = Actor(f"SYSTEM/{service}", "系统", Role.SYSTEM.value, service)
    context = site.context(actor, site.clock.now(), cause, site.policy_in(uow.conn))
    stream = row.stream(command, context)
    state = uow.load(row.decider, stream).state
    return decide(uow, row, command, stream, state, context, lambda _about: None)


def _by_field(error: ValidationError) -> dict[str, Any]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"payload": messages}
