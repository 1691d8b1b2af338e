"""First week: sheets are taken in, what was missing is brought, applications are accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.demo.cast import Cast, Player, category_of
from services.demo.counter import apply_at_counter
from services.demo.officers import DemoOfficer
from services.demo.stage import DemoFailed, Stage
from services.runtime.documents import write_private
from services.runtime.importing import Imported, import_sheet, marked


@dataclass(slots=True)
class Cases:
    """Which case each household's application became; households by number."""

    of: dict[int, str] = field(default_factory=dict)


def import_sheets(stage: Stage, cast: Cast) -> tuple[Cases, dict[str, Imported]]:
    """Each township's first case officer takes its sheet in, and whoever comes to the counter."""
    cases, imported = Cases(), {}
    for code, plan in cast.sheets.items():
        officer = cast.staff.townships[code].case_officers[0]
        content = plan.path.read_bytes()
        taken = import_sheet(
            stage.site,
            content,
            code,
            officer.officer,
            lambda officer=officer: stage.token(officer),  # type: ignore[misc]
        )
        imported[code] = taken
        if taken.reading.problems:
            write_private(plan.path.parents[1] / "marked" / plan.path.name, marked(content, taken))
        _match(cases, [one for one in cast.players[code] if not one.at_counter], taken)
        stage.moved(len(cast.players[code]))
    for player in cast.everyone():
        if player.at_counter:
            cases.of[player.number] = apply_at_counter(stage, cast, player)
    return cases, imported


def _match(cases: Cases, players: Sequence[Player], imported: Imported) -> None:
    by_head = {player.home.head.resident_id: player for player in players}
    for taken in imported.taken:
        player = by_head.get(_head(taken.request.payload["members"]))
        if player is None or not taken.answer.done:
            raise DemoFailed(f"row {taken.request.first_row}: {taken.answer}")
        cases.of[player.number] = taken.case
    if len(imported.taken) != len(players):
        raise DemoFailed(f"{len(imported.taken)} of {len(players)} good households were taken")


def _head(members: list[dict[str, str]]) -> str:
    return next(m["resident_id"] for m in members if m["relation"] == "HEAD")


def supply_and_accept(stage: Stage, officer: DemoOfficer, player: Player, case: str) -> None:
    """The household brings everything that a sheet can't carry; the application is complete."""
    step = (player.number,)
    if not player.at_counter:  # there everything was brought at once
        stage.do(
            officer,
            "supply_materials",
            step,
            case=case,
            signed_authorisation=True,
            honesty_statement=True,
            monthly_income_fen=player.home.monthly_income_fen,
            property_fen=player.home.assets.deposits_fen,
        )
    stage.do(officer, "accept_application", step, case=case)


def apply_twice(stage: Stage, cast: Cast, player: Player) -> None:
    """The head applies in another township while the first application stands; refused there."""
    township = player.fate.second_township
    if township is None or township not in cast.staff.townships:
        return
    head = player.home.head
    answer = stage.give(
        cast.staff.townships[township].case_officers[1],
        "submit_application",
        (player.number, "twice"),
        township=township,
        village="本地村",
        programme="SUBSISTENCE_ALLOWANCE",
        category=category_of(player.home),
        members=[{"name": head.name, "relation": "HEAD", "resident_id": head.resident_id}],
        applied_on=player.home.applied_on.isoformat(),
        source="COUNTER",
    )
    if answer.code != "ALREADY_APPLIED":
        raise DemoFailed(f"a second application was not refused: {answer}")
