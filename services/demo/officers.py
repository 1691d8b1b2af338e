"""Who works in the synthetic district: enough people everywhere that duties can stay apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.demo.choice import Choices
from services.demo.district import BANKS, DISTRICT_CODE, UNITS, Unit, UnitKind, villages
from services.demo.identifiers import officer_id
from services.demo.names import Sex, drawn_name

_HEAD_POSTS = {
    UnitKind.SUBDISTRICT: "主任",
    UnitKind.TOWN: "镇长",
    UnitKind.TOWNSHIP: "乡长",
    UnitKind.COMMITTEE: "主任",
    UnitKind.FARM: "场长",
}
PLACES = 16  # of an office at most
_ORGAN = {
    UnitKind.SUBDISTRICT: "办事处",
    UnitKind.TOWN: "人民政府",
    UnitKind.TOWNSHIP: "人民政府",
}


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """One appointment: `role` is a role of the house, `township` a unit's code or None.

    `resident_id` is made up. `acting_for`: whom the officer stands in for, by a recorded delegation.
    """

    officer: str
    name: str
    role: str
    organisation: str
    post: str
    township: str | None = None
    village: str | None = None
    acting_for: str | None = None
    resident_id: str | None = None

    def standing_in_for(self, other: "DemoOfficer") -> "DemoOfficer":
        """The same person, with the other's power."""
        return replace(self, acting_for=other.officer)


@dataclass(frozen=True, slots=True)
class TownshipStaff:
    """A unit's officers; the deputy holds a case officer's post and may stand in for the head."""

    head: DemoOfficer
    deputy: DemoOfficer
    case_officers: tuple[DemoOfficer, ...]
    aides: tuple[DemoOfficer, ...]


@dataclass(frozen=True, slots=True)
class DistrictStaff:
    """The bureaus' officers; `bank_desks` by the bank's code."""

    civil_affairs: tuple[DemoOfficer, ...]
    finance: tuple[DemoOfficer, ...]
    bank_desks: Mapping[str, DemoOfficer]
    inspector: DemoOfficer
    administrator: DemoOfficer


@dataclass(frozen=True, slots=True)
class Staff:
    """All officers of the site; `townships` by the unit's code."""

    townships: Mapping[str, TownshipStaff]
    district: DistrictStaff

    def everyone(self) -> tuple[DemoOfficer, ...]:
        """Every officer once, in the order in which a demo appoints them."""
        district = self.district
        bureaus = (district.administrator, *district.civil_affairs, *district.finance)
        desks = (*district.bank_desks.values(), district.inspector)
        units = (
            (unit.head, unit.deputy, *unit.case_officers, *unit.aides)
            for unit in self.townships.values()
        )
        return (*bureaus, *desks, *(officer for unit in units for officer in unit))


def staff(choices: Choices, units: Sequence[Unit]) -> Staff:
    """The officers of these units and of the district; names by hash, ids by office."""
    return Staff({unit.code: _township(choices, unit) for unit in units}, _district(choices))


def _hired(choices: Choices, place: int, officer: DemoOfficer) -> DemoOfficer:
    """With a name and an ID number; `place` is the office's, the same whatever the other units."""
    own = choices.within("officer", officer.officer)
    sex = own.pick(tuple(Sex), "sex")
    return replace(officer, name=drawn_name(own, sex), resident_id=officer_id(own, place, sex))


def _township(choices: Choices, unit: Unit) -> TownshipStaff:
    organ = unit.name + _ORGAN.get(unit.kind, "")

    def officer(
        number: int, role: str, post: str, organisation: str = organ, village: str | None = None
    ) -> DemoOfficer:
        key = f"o-{unit.code}-{number}"
        hired = DemoOfficer(key, "", role, organisation, post, unit.code, village)
        return _hired(choices, PLACES * UNITS.index(unit) + number, hired)

    committee = "居民委员会" if unit.kind is UnitKind.SUBDISTRICT else "村民委员会"
    head_post = _HEAD_POSTS[unit.kind]
    return TownshipStaff(
        officer(1, "TOWNSHIP_HEAD", head_post),
        officer(2, "CASE_OFFICER", f"副{head_post}"),
        tuple(officer(number, "CASE_OFFICER", "社会救助经办人") for number in (3, 4, 5)),
        tuple(
            officer(number, "VILLAGE_AIDE", "委员", village.name + committee, village.code)
            for number, village in enumerate(villages(unit)[:2], 6)
        ),
    )


def _district(choices: Choices) -> DistrictStaff:
    def officer(number: int, role: str, organisation: str, post: str) -> DemoOfficer:
        key = f"o-{DISTRICT_CODE}-{number}"
        hired = DemoOfficer(key, "", role, organisation, post)
        return _hired(choices, PLACES * len(UNITS) + number, hired)

    return DistrictStaff(
        tuple(officer(n, "CIVIL_AFFAIRS", "淮阳区民政局", "社会救助股科员") for n in (2, 3, 4)),
        tuple(officer(n, "FINANCE", "淮阳区财政局", "社会保障股科员") for n in (5, 6)),
        {
            bank.code: officer(n, "BANK_DESK", bank.name, "代发岗")
            for n, bank in enumerate(BANKS, 8)
        },
        officer(7, "INSPECTOR", "淮阳区纪委监委", "监督检查员"),
        officer(1, "ADMINISTRATOR", "淮阳区民政局", "系统管理员"),
    )
