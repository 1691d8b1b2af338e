"""Second to fourth week: visits, verification, opinions, notices, objections, decisions."""

from datetime import date

from services.demo.cast import Player
from services.demo.fate import Ground, Objection, Outcome
from services.demo.officers import DemoOfficer, TownshipStaff
from services.demo.stage import DemoFailed, Stage
from services.review.domain.verification import REGISTERS


def visit(stage: Stage, staff: TownshipStaff, player: Player, case: str, on: date) -> None:
    """Two case officers visit (57号 Art 16), then the bureau is asked to verify."""
    first, second = staff.case_officers[0], staff.case_officers[1]
    _visit(stage, (first, second), player, case, on, player.home.monthly_income_fen, "first")
    stage.do(first, "request_verification", (player.number,), case=case)


def _visit(
    stage: Stage,
    visitors: tuple[DemoOfficer, ...],
    player: Player,
    case: str,
    on: date,
    income_fen: int,
    which: str,
) -> None:
    there = [officer.officer for officer in visitors]
    stage.do(
        visitors[0],
        "record_household_visit",
        (player.number, which),
        case=case,
        visitors=there,
        visited_on=on.isoformat(),
        signed_by_member=True,
        members_count=len(player.home.members),
        monthly_income_fen=income_fen,
        property_fen=player.home.assets.deposits_fen,
        form={"way": "IN_PERSON", "signed_by_visitors": there},
    )


def verify(stage: Stage, officer: DemoOfficer, player: Player, case: str) -> None:
    """The bureau reports what the registers say."""
    found = _verified_income(player)
    stage.do(
        officer,
        "report_verification",
        (player.number,),
        case=case,
        monthly_income_fen=found,
        property_fen=player.home.assets.deposits_fen,
        items=_items("SOCIAL_INSURANCE" if found != player.home.monthly_income_fen else ""),
    )


def _items(differing: str) -> list[dict[str, str]]:
    """Each register agrees with what was declared, but for one."""
    return [
        {"register": name, "result": "DIFFERS" if name == differing else "CONSISTENT"}
        for name in REGISTERS
    ]


def tell_mismatch(stage: Stage, staff: TownshipStaff, player: Player, case: str, on: date) -> None:
    """Whose registers hold more than was declared hears of it first (57号 Art 18)."""
    stage.do(
        staff.case_officers[0],
        "tell_mismatch",
        (player.number,),
        case=case,
        told_to="APPLICANT",
        way="WRITTEN",
        told_on=on.isoformat(),
    )


def _verified_income(player: Player) -> int:
    found = player.fate.found_income_fen
    if player.fate.ground is Ground.VERIFIED_INCOME and found is not None:
        return found
    return player.home.monthly_income_fen


def give_opinion(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> bool:
    """The township's opinion; where it is for the family, the notice goes up. Says which."""
    officer = staff.case_officers[0]
    number = player.number
    stage.do(
        officer,
        "give_preliminary_opinion",
        (number, "first"),
        case=case,
        monthly_income_fen=_verified_income(player),
    )
    eligible = player.fate.ground not in (Ground.DECLARED_INCOME, Ground.VERIFIED_INCOME)
    if eligible:
        post(stage, staff, player, case, "first")
    return eligible


def post(stage: Stage, staff: TownshipStaff, player: Player, case: str, which: str) -> None:
    """Post the notice in the village."""
    place = f"{player.home.village.name}公示栏"
    officer = staff.case_officers[0]
    stage.do(officer, "post_public_notice", (player.number, which), case=case, place=place)


def confirm_too_early(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> None:
    """A head in a hurry is refused: the notice still runs (57号 Art 19)."""
    answer = stage.give(staff.head, "confirm_eligibility", (player.number, "early"), case=case)
    if answer.outcome != "refused":
        raise DemoFailed(f"confirmed while the notice runs: {answer}")


def decline(
    stage: Stage, staff: TownshipStaff, player: Player, case: str, reasons: list[str]
) -> None:
    """The head declines with reasons."""
    stage.do(staff.head, "decline_eligibility", (player.number,), case=case, reasons=reasons)


def serve(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> None:
    """The household gets the reasons in writing (57号 Art 21)."""
    officer = staff.case_officers[2]
    stage.do(officer, "serve_written_notice", (player.number,), case=case, way="IN_PERSON")


def objection(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> None:
    """A neighbour objects."""
    stage.do(
        staff.case_officers[2],
        "raise_objection",
        (player.number,),
        case=case,
        text="反映该户实际收入与公示不符",
    )


def answer_objection(
    stage: Stage, staff: TownshipStaff, player: Player, case: str, on: date, limit_fen: int
) -> None:
    """A new investigation by others, an answer, a new opinion, and a new notice or none."""
    upheld = player.fate.objection is Objection.UPHELD
    income = limit_fen + limit_fen // 10 if upheld else player.home.monthly_income_fen
    again = staff.case_officers[1], staff.case_officers[2]
    _visit(stage, again, player, case, on, income, "again")
    officer, number = staff.case_officers[1], player.number
    stage.do(officer, "answer_objection", (number,), case=case, objection=1, upheld=upheld)
    stage.do(
        officer,
        "give_preliminary_opinion",
        (number, "again"),
        case=case,
        monthly_income_fen=income,
    )
    if not upheld:
        post(stage, staff, player, case, "again")


def confirm(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> None:
    """The notice has run: it is closed, and the first responsible person confirms.

    The family gets its certificate (57号 Art 21), the village reads the result (57号 Art 24).
    """
    number, officer = player.number, staff.case_officers[0]
    stage.do(officer, "close_public_notice", (number,), case=case)
    stage.do(staff.head, "confirm_eligibility", (number,), case=case)
    stage.do(
        officer,
        "issue_certificate",
        (number,),
        case=case,
        kind="CERTIFICATE",
        handed_to="APPLICANT",
        way="IN_PERSON",
    )
    place = f"{player.home.village.name}公示栏"
    stage.do(officer, "publish_announcement", (number,), case=case, place=place)


def bury(stage: Stage, staff: TownshipStaff, player: Player, case: str) -> None:
    """A confirmed person living alone has died: stopped from the month after."""
    if player.fate.outcome is not Outcome.CONFIRMED:
        raise DemoFailed("only a confirmed allowance ends")
    stage.do(staff.head, "terminate_allowance", (player.number,), case=case, reason="DEATH")
