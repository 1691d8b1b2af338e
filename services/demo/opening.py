"""Before the month: units are registered, officers appointed, all by the administrator."""

from services.demo.cast import Cast
from services.demo.district import DISTRICT_CODE, PLAN_START_ON, UnitKind, villages
from services.demo.officers import DemoOfficer
from services.demo.stage import Stage
from services.runtime.founding import appoint_first_administrator
from shared.refusal import Refusal

KINDS = {
    UnitKind.SUBDISTRICT: "SUBDISTRICT",
    UnitKind.TOWN: "TOWNSHIP",
    UnitKind.TOWNSHIP: "TOWNSHIP",
    UnitKind.COMMITTEE: "COMMITTEE",
    UnitKind.FARM: "FARM",
}


def open_district(stage: Stage, cast: Cast) -> None:
    """Found the authority of the district."""
    administrator = cast.staff.district.administrator
    _appoint_first(stage, administrator)
    for unit in cast.units:
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
    names = {village.code: village.name for unit in cast.units for village in villages(unit)}
    for officer in cast.staff.everyone():
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
    place = {"township": officer.township, "village": villages.get(officer.village or "")}
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
        **{name: value for name, value in place.items() if value is not None},
    )
