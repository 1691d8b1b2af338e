"""COMMANDS: the gateway's table of competence."""

from typing import Any

import sqlalchemy as sa

from services.gateway import commands as c
from services.gateway import schemas as s
from services.gateway.domain.officers import OFFICER
from services.gateway.domain.policy import POLICY
from services.gateway.domain.units import UNIT
from shared.competence import Competence, Role, Scope
from shared.context import Context
from shared.decider import UnitOfWork
from shared.log import store
from shared.resident_id import parse

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
REGISTRARS = frozenset({Role.ADMINISTRATOR, Role.CIVIL_AFFAIRS})
BUREAU = frozenset({Role.CIVIL_AFFAIRS})
BY_ITSELF = frozenset({Role.SYSTEM})


def its_unit(command: c.RegisterUnit, _context: Context) -> str:
    """A unit's stream."""
    return f"unit/{command.unit}"


def its_officer(command: Any, _context: Context) -> str:
    """An officer's stream."""
    return f"officer/{command.officer}"


def the_policy(_command: c.PublishPolicy, _context: Context) -> str:
    """One stream for all that is published: its versions are the order."""
    return "policy"


def its_delegator(command: c.RecordDelegation, _context: Context) -> str:
    """A delegation stands with the one who answers for it."""
    return f"officer/{command.delegator}"


def facts_so_far(uow: UnitOfWork, *_: Any) -> int:
    """How many facts the log holds: a site is founded once."""
    return store.size(uow.conn)


def officers_of_person(
    uow: UnitOfWork, command: c.AppointOfficer, _state: object, context: Context
) -> dict[str, str]:
    """Under which id this person is known, if any: person → officer id.

    Of two, which simultaneous appointments may have left, the one that is to be appointed now.
    """
    if command.resident_id is None:
        return {}
    person = context.pseudonym(parse(command.resident_id, today=context.today).number)
    rows = uow.conn.execute(
        sa.text("SELECT person, officer FROM appointment WHERE person = :person"),
        {"person": person},
    )
    own_last = sorted(rows, key=lambda row: bool(row.officer == command.officer))
    return {row.person: row.officer for row in own_last}


COMMANDS = (
    Competence(c.RegisterUnit, s.RegisterUnitSchema, ADMINISTRATORS, Scope.DISTRICT,
               "PLAN 四", UNIT, its_unit),
    Competence(c.AppointOfficer, s.AppointOfficerSchema, ADMINISTRATORS, Scope.DISTRICT,
               "PLAN 四", OFFICER, its_officer, gather=officers_of_person),
    Competence(c.EndAppointment, s.EndAppointmentSchema, ADMINISTRATORS, Scope.DISTRICT,
               "PLAN 四", OFFICER, its_officer),
    Competence(c.RecordDelegation, s.RecordDelegationSchema, ADMINISTRATORS, Scope.DISTRICT,
               "PLAN 四", OFFICER, its_delegator),
    Competence(c.FileCloseRelative, s.FileCloseRelativeSchema, REGISTRARS, Scope.DISTRICT,
               "57号 Art 11", OFFICER, its_officer),
    Competence(c.PublishPolicy, s.PublishPolicySchema, BUREAU, Scope.DISTRICT,
               "PLAN 四", POLICY, the_policy),
    Competence(c.AppointFirstAdministrator, None, BY_ITSELF, Scope.DISTRICT,
               "PLAN 四", OFFICER, its_officer, gather=facts_so_far),
)  # fmt: skip
