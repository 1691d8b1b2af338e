"""A case's limits, by the rules of the day on which it was accepted and of its township."""

from collections.abc import Collection, Mapping
from datetime import date

from services.review.domain.road import Road, circumstances, road
from services.review.domain.steps import DEVOLVED, PROCEDURE, Moment
from shared.context import Context
from shared.policy.model import PolicyOn

NONE_KNOWN = Road(procedure="", devolved=False, limits=())


def rules_of(context: Context, accepted_on: date, township: str) -> PolicyOn:
    """The date of acceptance picks the procedure (57号 Art 42)."""
    return context.policy.at(accepted_on, township)


def limits_of(
    context: Context,
    accepted_on: date,
    township: str,
    happened: Mapping[Moment, date] | None = None,
    reasons: Collection[str] = (),
) -> Road:
    """The road of a case, with no limits where no procedure is known for its acceptance.

    A limit is None while the calendar of its year isn't known: a case doesn't wait for either.
    `reasons` are those for which it is extended.
    """
    rules = rules_of(context, accepted_on, township)
    if not (rules.knows(PROCEDURE) and rules.knows(DEVOLVED)):
        return NONE_KNOWN
    return road(
        circumstances(rules, reasons=reasons), context.policy, context.calendar, happened or {}
    )


def procedure_versions(context: Context, accepted_on: date, township: str) -> dict[str, str]:
    """Which procedure holds and who decides, as far as they are known: name → version."""
    rules = rules_of(context, accepted_on, township)
    return rules.versions(*(name for name in (PROCEDURE, DEVOLVED) if rules.knows(name)))
