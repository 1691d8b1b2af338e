"""Before the month: units are registered, officers appointed, all by the administrator."""

from collections.abc import Sequence
from datetime import datetime

from services.demo.choice import Choices
from services.demo.district import (
    DISTRICT_CODE,
    PLAN_START_ON,
    Unit,
    UnitKind,
    units_on,
    villages,
)
from services.demo.officers import DemoOfficer, Staff, staff
from services.demo.stage import Stage
from services.runtime.founding import appoint_first_administrator, found
from services.runtime.home import Charter, Home
from services.runtime.running_site import open_site
from shared.clock import FileClock, day_of
from shared.refusal import Refusal

KINDS = {
    UnitKind.SUBDISTRICT: "SUBDISTRICT",
    UnitKind.TOWN: "TOWNSHIP",
    UnitKind.TOWNSHIP: "TOWNSHIP",
    UnitKind.COMMITTEE: "COMMITTEE",
    UnitKind.FARM: "FARM",
}


def found_trial(home: Home, now: datetime) -> None:
    """A trial site with the units of the day and synthetic officers; its clock starts at `now`."""
    choices, units = Choices(0), units_on(day_of(now))
    found(home, Charter(DISTRICT_CODE, trial=True, clock="file"), now)
    with open_site(home) as site:
        stage = Stage(site, FileClock(home.clock_file), choices, lambda _count: None)
        open_district(stage, units, staff(choices, units))


def open_district(stage: Stage, units: Sequence[Unit], officers: Staff) -> None:
    """Found the authority of the district."""
    administrator = officers.district.administrator
    _appoint_first(stage, administrator)
    for unit in units:
        until = {} if unit.until_on is None else {"to_on": unit.until_on.isoformat()}
        stage.do(
            administrator,
            "register_unit",
            (unit.code,),
            unit=unit.code,
            title=unit.name,
            kind=KINDS[unit.kind],
            from_on=unit.from_on.isoformat(),
            **until,
        )
    names = {village.code: village.name for unit in units for village in villages(unit)}
    for officer in officers.everyone():
        if officer != administrator:
            _appoint(stage, administrator, officer, names)
    stage.rest()


def _appoint_first(stage: Stage, administrator: DemoOfficer) -> None:
    gateway = stage.site.services["gateway"]
    try:
        appoint_first_administrator(
            gateway, administrator.officer, administrator.name, DISTRICT_CODE, PLAN_START_ON
        )
    except Refusal:
        if gateway.source.head() < 0:  # refused though the log is empty: not a repetition
            raise


def _appoint(
    stage: Stage, administrator: DemoOfficer, officer: DemoOfficer, villages: dict[str, str]
) -> None:
    told = {
        "township": officer.township,
        "village": villages.get(officer.village or ""),
        "resident_id": officer.resident_id,
    }
    stage.do(
        administrator,
        "appoint_officer",
        (officer.officer,),
        officer=officer.officer,
        officer_name=officer.name,
        post=officer.post,
        role=officer.role,
        organisation=officer.organisation,
        from_on=PLAN_START_ON.isoformat(),
        **{name: value for name, value in told.items() if value is not None},
    )
