"""COMMANDS: intake's table of competence. Who may, how far, by which article, decided by what."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.intake import commands as c
from services.intake import schemas as s
from services.intake.domain.application import APPLICATION, case_id
from services.intake.domain.finding import Found, Tie
from services.intake.domain.informing import INFORMING, informing_id
from services.intake.domain.state import Pending, State
from services.intake.read_models import informings_of, known_officers, standing_applications, ties
from shared.competence import Competence, Role, Scope
from shared.context import Context
from shared.decider import UnitOfWork
from shared.facts.base import Fact
from shared.facts.intake import ApplicationSubmitted
from shared.resident_id import parse

TOWNSHIP_STAFF = frozenset({Role.CASE_OFFICER})
STAFF_AND_VILLAGE = frozenset({Role.CASE_OFFICER, Role.VILLAGE_AIDE})
BY_ITSELF = frozenset({Role.SYSTEM})


def new_case(_command: Any, context: Context) -> str:
    """A new application's stream."""
    return f"application/{case_id(context)}"


def new_informing(_command: Any, context: Context) -> str:
    """A new informing's stream."""
    return f"informing/{informing_id(context)}"


def its_case(command: Any, _context: Context) -> str:
    """The stream of the application that the command names."""
    return f"application/{command.case}"


def where_members_stand(
    uow: UnitOfWork, command: c.SubmitApplication, _state: object, context: Context
) -> Found:
    """Members who stand in another application, in any township (57号 Art 4); and of the officers
    whom the household names, those who are known.
    """
    persons = [context.pseudonym(_number(p.resident_id, context)) for p in command.members]
    named = {told.officer for told in command.related_officers if told.officer is not None}
    return Found(
        standing=dict(standing_applications(uow.conn, persons)),
        officers=known_officers(uow.conn, named),
        informed=informings_of(uow.conn, persons),
    )


def close_to_officers(
    uow: UnitOfWork, _command: c.AcceptApplication, state: State, context: Context
) -> tuple[Tie, ...]:
    """The members' ties to officers in office today (57号 Art 11)."""
    if not isinstance(state, Pending):
        return ()
    return ties(uow.conn, state.about.persons, context.today)


def _number(text: str, context: Context) -> str:
    return parse(text, today=context.today).number


def told_before(facts: Sequence[Fact]) -> Mapping[str, Any]:
    """The informings that led to this application, where there are any (57号 Art 6)."""
    numbers = [one for f in facts if isinstance(f, ApplicationSubmitted) for one in f.informed]
    return {"informed": numbers} if numbers else {}


COMMANDS = (
    Competence(c.RecordInformed, s.RecordInformedSchema, STAFF_AND_VILLAGE, Scope.OWN_VILLAGE,
               "57号 Art 6", INFORMING, new_informing),
    Competence(c.SubmitApplication, s.SubmitApplicationSchema, TOWNSHIP_STAFF, Scope.OWN_TOWNSHIP,
               "57号 Art 4, 5, 6, 8, 9", APPLICATION, new_case, gather=where_members_stand,
               details=told_before),
    Competence(c.RequestSupplement, s.RequestSupplementSchema, TOWNSHIP_STAFF, Scope.OWN_TOWNSHIP,
               "57号 Art 10", APPLICATION, its_case),
    Competence(c.SupplyMaterials, s.SupplyMaterialsSchema, TOWNSHIP_STAFF, Scope.OWN_TOWNSHIP,
               "57号 Art 9, 10; 83号 一(二)", APPLICATION, its_case),
    Competence(c.AcceptApplication, s.AcceptApplicationSchema, TOWNSHIP_STAFF, Scope.OWN_TOWNSHIP,
               "57号 Art 10, 11; 220号 Art 14", APPLICATION, its_case, gather=close_to_officers),
    Competence(c.RefuseAcceptance, s.RefuseAcceptanceSchema, TOWNSHIP_STAFF, Scope.OWN_TOWNSHIP,
               "57号 Art 4, 10", APPLICATION, its_case),
    Competence(c.WithdrawApplication, s.WithdrawApplicationSchema, TOWNSHIP_STAFF,
               Scope.OWN_TOWNSHIP, "57号 Art 4", APPLICATION, its_case),
    Competence(c.ReportMemberDeath, s.ReportMemberDeathSchema, TOWNSHIP_STAFF,
               Scope.OWN_TOWNSHIP, "57号 Art 4, 7; 83号 一(三)", APPLICATION, its_case),
    Competence(c.NoteDecision, None, BY_ITSELF, Scope.DISTRICT,
               "57号 Art 21", APPLICATION, its_case),
)  # fmt: skip
