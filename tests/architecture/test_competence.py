"""The tables of competence, row by row: complete, and nobody but their roles gets past the door."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass

import pytest

from services.runtime.houses import DEFINITIONS, SERVICE_OF
from shared.competence import Competence, Role
from tests.architecture.payloads import TOWNSHIP, payload_for
from tests.numbers import officer_number
from tests.sites import TrialSite

ROWS = [(definition.name, row) for definition in DEFINITIONS for row in definition.commands]
DOORS = [(service, row) for service, row in ROWS if row.schema is not None]
BY_ITSELF = [(service, row) for service, row in ROWS if row.schema is None]
HOLDERS = {
    Role.VILLAGE_AIDE: "aide",
    Role.CASE_OFFICER: f"{TOWNSHIP}-1",
    Role.TOWNSHIP_HEAD: f"{TOWNSHIP}-head",
    Role.CIVIL_AFFAIRS: "bureau-1",
    Role.FINANCE: "finance-1",
    Role.BANK_DESK: "bank-1",
    Role.INSPECTOR: "inspector-1",
    Role.ADMINISTRATOR: "admin",
}
WITHOUT_THE_ROLE = {"WRONG_ROLE", "NO_APPOINTMENT"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialSite]:
    """A trial site with an officer of each role."""
    trial = TrialSite(tmp_path_factory.mktemp("competence") / "site")
    trial.do(
        "admin", "appoint_officer", officer="aide", officer_name="协某", post="协理员",
        role="VILLAGE_AIDE", organisation="王庄村", township=TOWNSHIP, village="王庄村",
        from_on="2021-02-01", resident_id=officer_number("aide"),
    )  # fmt: skip
    yield trial
    trial.close()


def by_name(rows: list[tuple[str, Competence]]) -> pytest.MarkDecorator:
    """Each row under its command's name."""
    return pytest.mark.parametrize(
        ("service", "row"), rows, ids=[f"{service}-{row.name}" for service, row in rows]
    )


def test_a_name_means_one_command_in_the_whole_house() -> None:
    """The gateway finds the service by the name alone."""
    assert len(ROWS) == len(SERVICE_OF)


def test_every_role_has_a_holder_here() -> None:
    """The walk below misses nobody."""
    assert set(HOLDERS) == set(Role) - {Role.SYSTEM}


@by_name(ROWS)
def test_every_row_names_its_article_and_who_may(service: str, row: Competence) -> None:
    """Somebody from the bureau could check the table: SYSTEM alone comes without a schema."""
    del service
    assert any(mark in row.article for mark in ("号 Art", "号 四", "PLAN", "法 Art")), row.article
    assert row.roles
    assert (row.roles == {Role.SYSTEM}) == (row.schema is None)
    assert (Role.SYSTEM in row.roles) == (row.schema is None)


@by_name(DOORS)
def test_a_schema_has_its_commands_fields(service: str, row: Competence) -> None:
    """The same names; required where the command has no default."""
    del service
    assert row.schema is not None
    assert is_dataclass(row.command)
    schema = row.schema()
    expected = {f.name: f.default is MISSING for f in fields(row.command)}
    assert expected == {name: field.required for name, field in schema.fields.items()}
    assert getattr(schema, "makes", None) is row.command


@pytest.mark.parametrize("role", HOLDERS)
@by_name(DOORS)
def test_only_the_rows_roles_get_past_authority(
    service: str, row: Competence, role: Role, site: TrialSite
) -> None:
    """Everybody else is denied, and the denial is recorded under who tried."""
    assert row.schema is not None
    answer = site.give(HOLDERS[role], row.name, **payload_for(row.schema))
    if role in row.roles:
        assert answer.code not in WITHOUT_THE_ROLE | {"BAD_COMMAND"}
    else:
        assert ("denied", "WRONG_ROLE") == (answer.outcome, answer.code)
        assert [(HOLDERS[role], "door.command_refused")] == _recorded(site, service, answer.stream)


@by_name(DOORS)
def test_who_holds_no_post_gets_past_no_door(
    service: str, row: Competence, site: TrialSite
) -> None:
    """A token alone grants nothing."""
    assert row.schema is not None
    answer = site.give("nobody", row.name, **payload_for(row.schema))
    assert ("denied", "NO_APPOINTMENT") == (answer.outcome, answer.code)
    assert [("nobody", "door.command_refused")] == _recorded(site, service, answer.stream)


@by_name(BY_ITSELF)
def test_what_happens_by_itself_cannot_be_asked_for(
    service: str, row: Competence, site: TrialSite
) -> None:
    """No officer of any role finds such a command."""
    del service
    told = {site.give(officer, row.name).code for officer in HOLDERS.values()}
    assert {"UNKNOWN_COMMAND"} == told


def _recorded(site: TrialSite, service: str, stream: str | None) -> list[tuple[str, str]]:
    with site.site.services[service].database.read() as conn:
        found = conn.exec_driver_sql("SELECT officer, name FROM fact WHERE stream = ?", (stream,))
        return [(row.officer, row.name) for row in found]
