"""Founding a site: its folder, its secrets, its databases, its first administrator."""

from datetime import date, datetime

from sqlalchemy.engine import Connection

from services.gateway.commands import AppointFirstAdministrator
from services.runtime.home import Charter, Home
from services.runtime.houses import DEFINITIONS
from services.runtime.secrets import Secrets
from shared.attempt import run_system
from shared.competence import by_type
from shared.database import SqliteDatabase
from shared.decider import UnitOfWork
from shared.identity import KeySource, random_keys, seeded_keys
from shared.log.note import Algorithm, Signer
from shared.migration import migrate
from shared.service import Service

SHARED_SECRETS = ("carrier", "pseudonym", "token", "witness")


def key_source(charter: Charter) -> KeySource:
    """Where a site's secrets come from: the system, or the seed of a trial."""
    return random_keys if charter.seed is None else seeded_keys(charter.seed)


def found(home: Home, charter: Charter, now: datetime | None = None) -> None:
    """Make a new site's folder, secrets and databases; safe to repeat after a crash."""
    home.found(charter, now)
    names = tuple(d.name for d in DEFINITIONS)
    secrets = home.secrets
    made = (*SHARED_SECRETS, *(f"master-{n}" for n in names), *(f"log-{n}" for n in names))
    secrets.make(made, key_source(charter))
    publish(home, charter, secrets, names)
    migrate_all(home)


def publish(home: Home, charter: Charter, secrets: Secrets, names: tuple[str, ...]) -> None:
    """Write the verifier keys that an inspector takes along."""
    for name in names:
        verifier = log_signer(secrets, charter, name).verifier
        home.public_key(name).write_text(verifier.vkey(Algorithm.LOG) + "\n", "ascii")
    witness = witness_signer(secrets, charter).verifier
    home.public_key("witness").write_text(witness.vkey(Algorithm.COSIGNATURE) + "\n", "ascii")


def log_signer(secrets: Secrets, charter: Charter, service: str) -> Signer:
    """Signs one log's checkpoints, under the log's own name."""
    return Signer(f"{charter.code}/{service}", secrets.signing_key(f"log-{service}"))


def witness_signer(secrets: Secrets, charter: Charter) -> Signer:
    """The site's own timestamping cosigner."""
    return Signer(f"{charter.code}/witness", secrets.signing_key("witness"))


def migrate_all(home: Home) -> None:
    """Bring every database of the site to its newest form. The caller holds the site's lock."""
    for definition in DEFINITIONS:
        database = SqliteDatabase(home.database(definition.name))
        try:
            migrate(database, definition.migrations)
        finally:
            database.close()


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
