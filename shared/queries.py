"""QUERIES: what may be asked of a service, by whom, by which article.

A query changes nothing and leaves no fact. Whoever may not ask goes to the security log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from shared.answer import Answer, BadCommand
from shared.authority import WrongRole, authority_of
from shared.clock import day_of
from shared.competence import Role
from shared.refusal import Denied, Refusal
from shared.token import Unauthenticated, verify

if TYPE_CHECKING:
    from shared.service import Service

security = structlog.get_logger("security")


@dataclass(frozen=True, slots=True)
class Query:
    """One row. `answer` gives plain JSON and may raise a Refusal: of the service and the arguments,
    with `of_posts` also of the posts, as they stand today, of whoever asks.
    """

    name: str
    roles: frozenset[Role]
    article: str
    answer: "Callable[..., Any]"
    of_posts: bool = False


class UnknownQuery(Refusal):
    """No such question here."""

    code = "UNKNOWN_QUERY"


def ask(service: "Service", name: str, arguments: Any, actor: str) -> Answer:
    """Put a question as an officer; the result stands in the answer's details as `result`."""
    site = service.site
    try:
        identity = verify(actor, site.token_key, site.code, site.clock.now())
    except Unauthenticated as error:
        security.warning("unauthenticated", log=service.log, why=error.why)
        return Answer("unauthenticated", code="UNAUTHENTICATED",
                      sentence="登录凭证无效或已过期，请重新登录。")  # fmt: skip
    try:
        query = _row(service, name)
        with service.database.read() as conn:
            posts = authority_of(conn, identity, day_of(site.clock.now())).posts
        if not any(post.role in query.roles for post in posts):
            raise WrongRole("您的职务无权查询这项内容。")
        mine = [post for post in posts if post.role in query.roles]
        given = (mine,) if query.of_posts else ()
        return Answer("done", details={"result": _answer(query, service, arguments, *given)})
    except Refusal as refusal:
        denied = isinstance(refusal, Denied)
        if denied:
            security.warning("query denied", log=service.log, query=str(name)[:80],
                             officer=identity.officer, code=refusal.code)  # fmt: skip
        return Answer("denied" if denied else "refused", code=refusal.code,
                      sentence=refusal.sentence)  # fmt: skip


def _row(service: "Service", name: str) -> Query:
    for query in service.definition.queries:
        if query.name == name:
            return query
    raise UnknownQuery("没有这项查询。")


def _answer(query: Query, service: "Service", arguments: Any, *posts: Any) -> Any:
    if not isinstance(arguments, Mapping):
        raise BadCommand("查询条件有误。", {})
    try:
        return query.answer(service, arguments, *posts)
    except (KeyError, TypeError, ValueError) as error:
        raise BadCommand("查询条件有误。", {}) from error
