"""Telling a household, unasked, what it may be entitled to (主动告知, 57号 Art 6)."""

from dataclasses import dataclass, field
from typing import assert_never

from services.intake.commands import RecordInformed
from services.intake.refusals import HappenedInFuture, NotPending
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.intake import HouseholdInformed
from shared.facts.people import NamedMember
from shared.identity import named_id


@dataclass(frozen=True, slots=True)
class Informing:
    """One telling: about nobody until it is recorded."""

    about: About = field(default_factory=About)


def informing_id(context: Context) -> str:
    """A new informing's number follows from the command that brings it."""
    return named_id("informed", context.command_id)


def decide(state: Informing, command: RecordInformed, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case RecordInformed():
            return record(state, command, context)
        case _:
            assert_never(command)


def record(state: Informing, command: RecordInformed, context: Context) -> Decided:
    """Who was told, where, when and how; an application of theirs will point to it."""
    if state.about.household is not None:
        raise NotPending("该告知记录已存在。")
    if command.informed_on > context.today:
        raise HappenedInFuture("告知日期不能晚于今天。")
    number = resident_id.parse(command.resident_id, today=context.today).number
    person = context.pseudonym(number)
    return [
        HouseholdInformed(
            informing=informing_id(context),
            township=command.township,
            village=command.village,
            person=person,
            way=command.way,
            informed_on=command.informed_on,
            personal=NamedMember(person, command.name, number),
        )
    ]


def evolve(_state: Informing, fact: Fact) -> Informing:
    """What was told stays as it is; raises ValueError for a fact of another kind."""
    match fact:
        case HouseholdInformed(person=person, village=village, township=township):
            household = named_id("hh", person)
            return Informing(About(None, household, (person,), village, township))
        case _:
            raise ValueError(f"{fact.name} is no informing")


INFORMING: Decider[Informing] = Decider(Informing(), decide, evolve, lambda state: state.about)
