"""Founding a site: its folder, its secrets, its databases, its first administrator."""

from datetime import date, datetime

from sqlalchemy.engine import Connection

from services.gateway.commands import AppointFirstAdministrator
from services.runtime.home import Charter, Home
from services.runtime.houses import NAMES
from services.runtime.migrating import migrate_all
from services.runtime.signers import key_source, publish
from shared.attempt import run_system
from shared.competence import by_type
from shared.decider import UnitOfWork
from shared.service import Service

SHARED_SECRETS = ("carrier", "pseudonym", "token", "witness")


def found(home: Home, charter: Charter, now: datetime | None = None) -> None:
    """Make a new site's folder, secrets and databases; safe to repeat after a crash."""
    home.found(charter, now)
    secrets = home.secrets
    made = (*SHARED_SECRETS, *(f"master-{n}" for n in NAMES), *(f"log-{n}" for n in NAMES))
    secrets.make(made, key_source(charter))
    publish(home, charter, secrets, NAMES)
    migrate_all(home)


def appoint_first_administrator(
    gateway: Service, officer: str, name: str, organisation: str, from_on: date
) -> None:
    """Once, on an empty log; raises the refusal SITE_FOUNDED afterwards."""
    command = AppointFirstAdministrator(officer, name, organisation, from_on)
    row = by_type(gateway.definition.commands)[AppointFirstAdministrator]

    def work(conn: Connection) -> None:
        uow = UnitOfWork(conn, gateway.books)
        run_system(uow, gateway.site, row, command, f"found/{gateway.log}", "gateway")
        uow.flush()

    gateway.database.write(work)
