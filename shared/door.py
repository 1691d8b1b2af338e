"""The one door of a service: every command of every officer comes through `execute`.

Authenticate, look the command up in the table of competence, check the post, the scope and the
relatives, load, decide, record: one transaction, together with the command's id, so that a
repeated command gives its first answer and nothing new. What is denied or refused is a fact too.
So after trouble with the database, whose last answer may be lost, the door simply repeats it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import psycopg2
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from shared.answer import Answer, CommandExpired, CommandIdReused, told
from shared.attempt import Attempt, Knock
from shared.competence import Competence
from shared.database import Database
from shared.decider import Books
from shared.identity import payload_digest
from shared.log.store import Conflict
from shared.messages import deferring
from shared.refusal import Refusal
from shared.site import Site
from shared.tidying import looks, plain_bytes, tidy_name
from shared.token import Unauthenticated, verify
from shared.trouble import is_trouble

ATTEMPTS_MAX = 5
CONFLICT_PAUSE_SECONDS = 0.01
TROUBLE_PAUSE_SECONDS = 0.2
logger = structlog.get_logger("door")
security = structlog.get_logger("security")


class SameCommandAtOnce(Conflict):
    """The command id has been used, or is being used beside us; look again for its answer."""


class Door:
    """A service's door. Safe to use from several threads. `pause` is how it waits, in seconds."""

    def __init__(
        self,
        site: Site,
        database: Database,
        books: Books,
        commands: Mapping[str, Competence],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._site, self._database, self._books = site, database, books
        self._commands, self._pause = commands, pause

    def execute(
        self,
        name: str,
        payload: Any,
        actor: str,
        command_id: str,
        not_after: datetime | None = None,
    ) -> Answer:
        """Carry out a command. `payload` is plain JSON; `actor` is a token; ids are UUIDs.

        Raises what the database raises, when trouble outlasts some repetitions: whether the
        command was carried out is then unknown, and the same command again will tell.
        """
        try:
            identity = verify(actor, self._site.token_key, self._site.code, self._site.clock.now())
        except Unauthenticated as error:
            security.warning("unauthenticated", log=self._books.log, why=error.why)
            return Answer(
                "unauthenticated",
                code="UNAUTHENTICATED",
                sentence="登录凭证无效或已过期，请重新登录。",
            )
        raw = plain_bytes(payload)
        known_as = self._tidy_id(command_id)
        knock = Knock(tidy_name(name), payload, raw, identity, known_as, not_after)
        for attempt in range(1, ATTEMPTS_MAX):
            try:
                return self._database.write(partial(self._carry_out, knock, again=attempt > 1))
            except Conflict as conflict:
                if not self._again(knock, conflict):
                    return _CONFLICT
                self._pause(CONFLICT_PAUSE_SECONDS * attempt)
            except Exception as error:
                if not is_trouble(error):
                    if attempt > 1:
                        raise
                    continue  # it may have been done, and not be meant to be done twice
                logger.warning("trouble", log=self._books.log, error=type(error).__name__)
                self._pause(TROUBLE_PAUSE_SECONDS * 2**attempt)
        try:
            return self._database.write(partial(self._carry_out, knock, again=True))
        except Conflict:
            return _CONFLICT

    def _again(self, knock: Knock, conflict: Conflict) -> bool:
        """Whether to decide again by ourselves what somebody else has just moved."""
        row = self._commands.get(knock.name)
        return isinstance(conflict, SameCommandAtOnce) or (row is not None and row.retry)

    def _carry_out(self, knock: Knock, conn: Connection, *, again: bool) -> Answer:
        """`again` asks first whether the command is known; the first time its id will tell."""
        acting_for = (knock.identity.acting_for or "").encode()
        digest = payload_digest(
            self._site.pseudonym_key, knock.name.encode(), acting_for, knock.raw
        )
        done = conn.execute(_DONE, {"command_id": knock.command_id}).first() if again else None
        if done is not None and (done.officer, done.digest) == (knock.identity.officer, digest):
            return told(bytes(done.answer))
        decided = True
        attempt = Attempt(self._site, self._books, self._commands, conn, knock)
        try:
            if done is not None:
                raise CommandIdReused("该请求编号已被使用，内容或经办人不同。")
            uow, answer = attempt.run()
        except Refusal as refusal:
            if not again:  # it may have been done, and have become impossible by that
                return self._carry_out(knock, conn, again=True)
            uow, answer = attempt.refused(refusal, digest)
            decided = not isinstance(refusal, CommandExpired)  # in time it may be repeated
        plain = msgspec.json.encode(asdict(answer))
        if done is None and decided:
            _remember(conn, knock, digest, plain)
        uow.flush()
        return told(plain)

    def _tidy_id(self, command_id: object) -> str:
        """A UUID in its usual form; of anything else only a digest, for it may say anything."""
        try:
            return str(UUID(str(command_id)))
        except ValueError:
            return f"bad-{payload_digest(self._site.pseudonym_key, looks(command_id))[:32]}"


_CONFLICT = Answer("conflict", code="CONFLICT", sentence="该事项刚被他人更新，请刷新后重试。")


def _remember(conn: Connection, knock: Knock, digest: str, plain: bytes) -> None:
    values = {
        "command_id": knock.command_id,
        "officer": knock.identity.officer,
        "digest": digest,
        "answer": plain,
    }
    try:
        with deferring(conn.connection.driver_connection, _at_once):
            conn.execute(_REMEMBER, values)
    except sa.exc.IntegrityError as error:
        raise SameCommandAtOnce(knock.command_id) from error


def _at_once(error: psycopg2.Error) -> SameCommandAtOnce | None:
    known = isinstance(error, psycopg2.IntegrityError) and error.diag.table_name == "command_done"
    return SameCommandAtOnce() if known else None


_DONE = sa.text("SELECT officer, digest, answer FROM command_done WHERE command_id = :command_id")
_REMEMBER = sa.text(
    "INSERT INTO command_done (command_id, officer, digest, answer) "
    "VALUES (:command_id, :officer, :digest, :answer)"
)
