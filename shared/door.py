"""The one door of a service: every command of every officer comes through `execute`.

Authenticate, look the command up in the table of competence, check the post, the scope and the
relatives, load, decide, record: one transaction, together with the command's id, so that a
repeated command gives its first answer and nothing new. What is denied or refused is a fact too.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from shared import canonical
from shared.answer import Answer, CommandIdReused, told
from shared.attempt import Attempt, Knock
from shared.competence import Competence
from shared.database import Database
from shared.decider import Books
from shared.identity import payload_digest
from shared.log.store import Conflict
from shared.refusal import Refusal
from shared.site import Site
from shared.token import Unauthenticated, verify

ATTEMPTS_MAX = 5
security = structlog.get_logger("security")


class SameCommandAtOnce(Conflict):
    """The same command id is being carried out beside us; look again for its answer."""


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
        acting_for = (knock.identity.acting_for or "").encode()
        digest = payload_digest(
            self._site.pseudonym_key, knock.name.encode(), acting_for, knock.raw
        )
        done = conn.execute(_DONE, {"command_id": knock.command_id}).first()
        if done is not None and (done.officer, done.digest) == (knock.identity.officer, digest):
            return told(bytes(done.answer))
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
        return told(plain)

    def _tidy_id(self, command_id: object) -> str:
        """A UUID in its usual form; of anything else only a digest, for it may say anything."""
        try:
            return str(UUID(str(command_id)))
        except ValueError:
            return f"bad-{payload_digest(self._site.pseudonym_key, _looks(command_id))[:32]}"


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
