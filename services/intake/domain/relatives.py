"""The separate register of officers' relatives (单独登记备案, 57号 Art 11; 220号 Art 14)."""

from collections.abc import Sequence

from services.intake.domain.finding import Tie
from services.intake.domain.state import Pending
from shared.context import Context
from shared.facts.intake import RelativeRegistered

CIRCLE = "relatives.circle"
SELF = "SELF"


def registered(
    state: Pending, ties: Sequence[Tie], context: Context
) -> tuple[RelativeRegistered, ...]:
    """An entry for each member who is an officer, is filed as close to one, or declared to be.

    The circle is policy: spouse, parents, children, siblings, grandparents and grandchildren of
    both sides (民法典 1045); a nephew or a son-in-law isn't in it. An officer's own application
    is registered like a relative's: no text says less of it.
    """
    rules = context.policy.at(context.today, state.submitted.township)
    circle = {kinship.upper() for kinship in rules.several(CIRCLE)} | {SELF}
    filed = [(tie, SELF if tie.kinship == SELF else "FILED") for tie in ties]
    declared = [
        (Tie(told.person, told.officer or "", told.post, told.kinship), "DECLARED")
        for told in state.submitted.related_officers
    ]
    entries: dict[tuple[str, str, str], tuple[Tie, str]] = {}
    for tie, source in (*filed, *declared):
        if tie.kinship in circle:
            entries.setdefault((tie.person, tie.officer, tie.kinship), (tie, source))
    return tuple(
        RelativeRegistered(
            case=state.submitted.case,
            entry=number,
            person=tie.person,
            officer=tie.officer or None,
            post=tie.post,
            kinship=tie.kinship,
            source=source,
            registered_on=context.today,
            rules=rules.versions(CIRCLE),
        )
        for number, (tie, source) in enumerate(entries.values(), start=1)
    )
