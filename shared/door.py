"""The one door of a service: every command of every officer comes through `execute`.

Authenticate, look the command up in the table of competence, check the post, the scope and the
relatives, load, decide, record: one transaction, together with the command's id, so that a
repeated command gives its first answer and nothing new. What is denied or refused is a fact too.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
import sqlalchemy as sa
import structlog
from marshmallow import ValidationError
from sqlalchemy.engine import Connection

from shared import authority as authorities
from shared import canonical
from shared.authority import Appointment, Authority
from shared.clock import day_of
from shared.competence import Competence, Role
from shared.context import Context
from shared.database import Database
from shared.decider import Books, Frame, UnitOfWork
from shared.envelope import About, Actor
from shared.facts.door import CommandRefused
from shared.identity import payload_digest
from shared.log.store import Conflict, versions
from shared.refusal import Denied, Refusal
from shared.site import Site
from shared.token import Identity, Unauthenticated, verify

ATTEMPTS_MAX = 5
security = structlog.get_logger("security")
log = structlog.get_logger("door")

Outcome = Literal["done", "refused", "denied", "conflict", "unauthenticated"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer hears. `stream` and `version` say where the case now stands."""

    outcome: Outcome
    stream: str | None = None
    version: int | None = None
    code: str | None = None
    sentence: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.outcome == "done"


class UnknownCommand(Refusal):
    """No such command at this door."""

    code = "UNKNOWN_COMMAND"


class BadCommand(Refusal):
    """A field is unknown, missing, of a wrong type or out of bounds; `details` says which."""

    code = "BAD_COMMAND"

    def __init__(self, sentence: str, details: Mapping[str, Any]) -> None:
        super().__init__(sentence)
        self.details = details


class PayloadTooLarge(Refusal):
    """The payload is larger than this command may be."""

    code = "PAYLOAD_TOO_LARGE"


class CommandExpired(Refusal):
    """The caller has stopped waiting: what comes after `not_after` is not carried out."""

    code = "COMMAND_EXPIRED"


class CommandIdReused(Refusal):
    """The id already stands for another officer's command, or for another payload."""

    code = "COMMAND_ID_REUSED"


class SameCommandAtOnce(Conflict):
    """The same command id is being carried out beside us; look again for its answer."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A command as it arrived, from an authenticated officer."""

    name: str
    payload: Any
    raw: bytes
    identity: Identity
    command_id: str
    not_after: datetime | None


class Door:
    """A service's door. Safe to use from several threads."""

    def __init__(
        self,
        site: Site,
        database: Database,
        books: Books,
        commands: Mapping[str, Competence],
    ) -> None:
        self._site, self._database, self._books = site, database, books
        self._commands = commands

    def execute(
        self,
        name: str,
        payload: Any,
        actor: str,
        command_id: str,
        not_after: datetime | None = None,
    ) -> Answer:
        """Carry out a command. `payload` is plain JSON; `actor` is a token; ids are UUIDs."""
        try:
            identity = verify(actor, self._site.token_key, self._site.code, self._site.clock.now())
        except Unauthenticated as error:
            security.warning("unauthenticated", log=self._books.log, why=error.why)
            return Answer(
                "unauthenticated",
                code="UNAUTHENTICATED",
                sentence="登录凭证无效或已过期，请重新登录。",
            )
        raw = _plain_bytes(payload)
        known_as = self._tidy_id(command_id)
        knock = Knock(_tidy_name(name), payload, raw, identity, known_as, not_after)
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                return self._database.write(lambda conn: self._carry_out(conn, knock))
            except Conflict as conflict:
                row = self._commands.get(knock.name)
                again = isinstance(conflict, SameCommandAtOnce) or (row is not None and row.retry)
                if not again or attempt == ATTEMPTS_MAX:
                    break
                time.sleep(0.01 * attempt)
        return Answer("conflict", code="CONFLICT", sentence="该事项刚被他人更新，请刷新后重试。")

    def _carry_out(self, conn: Connection, knock: Knock) -> Answer:
        digest = payload_digest(self._site.pseudonym_key, knock.name.encode(), knock.raw)
        done = conn.execute(_DONE, {"command_id": knock.command_id}).first()
        if done is not None and (done.officer, done.digest) == (knock.identity.officer, digest):
            return _told(bytes(done.answer))
        attempt = Attempt(self._site, self._books, self._commands, conn, knock)
        try:
            if done is not None:
                raise CommandIdReused("该请求编号已被使用，内容或经办人不同。")
            uow, answer = attempt.run()
        except Refusal as refusal:
            uow, answer = attempt.refused(refusal, digest)
        plain = msgspec.json.encode(asdict(answer))
        if done is None:
            _remember(conn, knock, digest, plain)
        uow.flush()
        return _told(plain)

    def _tidy_id(self, command_id: object) -> str:
        """A UUID in its usual form; of anything else only a digest, for it may say anything."""
        try:
            return str(UUID(str(command_id)))
        except ValueError:
            return f"bad-{payload_digest(self._site.pseudonym_key, _looks(command_id))[:32]}"


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
        self._now = site.clock.now()
        self._authority: Authority | None = None
        self._about = About()

    def run(self) -> tuple[UnitOfWork, Answer]:
        """Check, load, decide; raises Refusal with nothing written."""
        knock, today = self._knock, day_of(self._now)
        self._authority = authorities.authority_of(self._conn, knock.identity, today)
        row, command = self._read_command()
        posts = self._authority.posts_for(row)
        uow = UnitOfWork(self._conn, self._books)
        stream = row.stream(command, self._context(posts[0]))
        loaded = uow.load(row.decider, stream)
        self._about = row.decider.about(loaded.state)
        context = self._context(authorities.post_within(row, posts, self._about, command))
        authorities.require_no_relative(self._conn, self._authority, self._about.persons)
        return uow, decide(uow, row, command, stream, loaded.state, context, self._require_apart)

    def _context(self, post: Appointment) -> Context:
        actor = post.actor(self._knock.identity)
        return self._site.context(actor, self._now, self._knock.command_id)

    def _require_apart(self, about: About) -> None:
        self._about = about
        if self._authority is not None:
            authorities.require_no_relative(self._conn, self._authority, about.persons)

    def _read_command(self) -> tuple[Competence, Any]:
        knock = self._knock
        if knock.not_after is not None and self._now > knock.not_after:
            raise CommandExpired("请求已超过有效时间，没有办理。")
        row = self._commands.get(knock.name)
        if row is None or row.schema is None:
            raise UnknownCommand("没有这项业务操作。")
        if len(knock.raw) > row.payload_max:
            raise PayloadTooLarge(f"提交的内容过大（上限 {row.payload_max // 1024} KiB）。")
        try:
            UUID(knock.command_id)
            return row, row.schema().load(knock.payload)
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
    facts = row.decider.decide(state, command, with_gathered(context, gathered))
    own = [fact for fact in facts if not hasattr(fact, "stream")]
    after = row.decider.fold(own, state)
    about = row.decider.about(after)
    check(about)
    frame = Frame(context.actor, context.now, row.article, context.command_id)
    uow.record(stream, about, facts, frame)
    version = uow.version(stream)
    return Answer("done", stream, version, details=row.details([r.fact for r in uow.recorded]))


def with_gathered(context: Context, gathered: Any) -> Context:
    """The same context with what the row gathered."""
    return Context(
        context.now, context.today, context.calendar, context.policy, context.actor,
        context.command_id, context.pseudonym, gathered,
    )  # fmt: skip


def run_system(
    uow: UnitOfWork, site: Site, row: Competence, command: Any, cause: str, service: str
) -> Answer:
    """Carry out a command that happens by itself: actor SYSTEM with its service. May raise Refusal."""
    actor = Actor(f"SYSTEM/{service}", "系统", Role.SYSTEM.value, service)
    context = site.context(actor, site.clock.now(), cause)
    stream = row.stream(command, context)
    state = uow.load(row.decider, stream).state
    return decide(uow, row, command, stream, state, context, lambda _about: None)


def _by_field(error: ValidationError) -> dict[str, Any]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"payload": messages}


def _told(plain: bytes) -> Answer:
    """An answer as plain JSON carries it: the same the first time and every later time."""
    return Answer(**msgspec.json.decode(plain))


def _remember(conn: Connection, knock: Knock, digest: str, plain: bytes) -> None:
    values = {
        "command_id": knock.command_id,
        "officer": knock.identity.officer,
        "digest": digest,
        "answer": plain,
    }
    try:
        conn.execute(_REMEMBER, values)
    except sa.exc.IntegrityError as error:
        raise SameCommandAtOnce(knock.command_id) from error


_DONE = sa.text("SELECT officer, digest, answer FROM command_done WHERE command_id = :command_id")
_REMEMBER = sa.text(
    "INSERT INTO command_done (command_id, officer, digest, answer) "
    "VALUES (:command_id, :officer, :digest, :answer)"
)


def _plain_bytes(payload: Any) -> bytes:
    """The payload's bytes for size and digest; what is not plain JSON goes by its looks."""
    try:
        return canonical.encode(payload)
    except (canonical.NotCanonical, RecursionError):
        return _looks(payload)


def _looks(payload: Any) -> bytes:
    """A printable form of anything, even of text that has no UTF-8."""
    try:
        return repr(payload).encode("utf-8", "backslashreplace")
    except (RecursionError, ValueError):  # too deep, or a number of too many digits
        return type(payload).__name__.encode()


def _tidy_name(name: object) -> str:
    """A command's name; what doesn't look like one could hold anything and isn't recorded."""
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "?"


_NAME = re.compile("[a-z][a-z_]{0,79}")
