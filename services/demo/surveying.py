"""Second week: visits, neighbours, letters, means, verification register by register (57号 Art 16-18)."""

from datetime import timedelta
from typing import Any

from services.demo.fate import Ground
from services.demo.means import means_of
from services.demo.officers import DemoOfficer
from services.demo.scene import Scene
from services.demo.turn import Turn
from services.review.domain.verification import REGISTERS

LETTER_DAYS = 7


def visit(scene: Scene) -> None:
    """Two case officers visit (57号 Art 16), then the bureau is asked to verify."""
    first, second = scene.staff.case_officers[:2]
    declared = scene.player.home.monthly_income_fen
    match scene.player.fate.turn:
        case Turn.REMOTE:
            go(scene, (first, second), declared, "first", way="VIDEO")
        case Turn.REMOTE_REFUSED:
            told = _findings(scene, (first, second), declared, "TELEPHONE")
            scene.refused(first, "record_household_visit", "REMOTE_NOT_ALLOWED", "remote", **told)
            go(scene, (first, second), declared, "first")
        case _:
            go(scene, (first, second), declared, "first")
    if scene.player.by_kind:
        means = means_of(scene.player.home, scene.player.fate.turn)
        scene.do(first, "record_means", means=means)
    scene.do(first, "request_verification", "first")


def go(
    scene: Scene,
    visitors: tuple[DemoOfficer, ...],
    income_fen: int,
    which: str,
    way: str = "IN_PERSON",
) -> None:
    """One visit, recorded by the first of the visitors."""
    told = _findings(scene, visitors, income_fen, way)
    scene.do(visitors[0], "record_household_visit", which, **told)


def _findings(
    scene: Scene, visitors: tuple[DemoOfficer, ...], income_fen: int, way: str
) -> dict[str, Any]:
    """Signed by all who went; from a distance the household can't, and there is a recording."""
    there = [officer.officer for officer in visitors]
    near = way == "IN_PERSON"
    kinds = _photos(scene.player.fate.turn) if near else ("RECORDING",)
    return {
        "visitors": there,
        "visited_on": scene.on.isoformat(),
        "signed_by_member": near,
        "members_count": len(scene.player.home.members),
        "monthly_income_fen": income_fen,
        "property_fen": scene.player.home.assets.deposits_fen,
        "form": {
            "way": way,
            "signed_by_visitors": there,
            "unsigned_reason": None if near else "REMOTE",
            "photos": [scene.file(kind) for kind in kinds],
        },
    }


def _photos(turn: Turn | None) -> tuple[str, ...]:
    return ("ROOM", "MEMBERS") if turn is Turn.PHOTOGRAPHED else ()


def ask_neighbours(scene: Scene) -> None:
    """Two officers ask three neighbours."""
    there = scene.staff.case_officers[:2]
    scene.do(
        there[0],
        "record_neighbour_inquiry",
        visitors=[officer.officer for officer in there],
        visited_on=scene.on.isoformat(),
        way="IN_PERSON",
        asked_count=3,
        finding="SUPPORTS",
        text="邻居反映该户生活困难，与申报一致",
    )


def send_letter(scene: Scene) -> None:
    """An employer is asked what it pays."""
    scene.do(
        scene.staff.case_officers[0],
        "send_evidence_letter",
        organisation="用工单位",
        subjects=["INCOME"],
        reply_by=(scene.on + timedelta(days=LETTER_DAYS)).isoformat(),
    )


def take_letter_answer(scene: Scene) -> None:
    """It answers what the household said, too."""
    scene.do(
        scene.staff.case_officers[0],
        "record_letter_answer",
        letter=1,
        finding="SUPPORTS",
        text="复函：收入与申报一致",
        files=[scene.file("PAPER")],
    )


def verify(scene: Scene) -> None:
    """The bureau reports what the registers say, or that they never answered."""
    match scene.player.fate.turn:
        case Turn.REGISTERS_SILENT:
            scene.do(
                scene.district.civil_affairs[0],
                "record_verification_absence",
                reason="OTHER_PROVINCE_SILENT",
            )
        case Turn.DISPUTED:
            report(scene, "first", 2 * scene.player.home.monthly_income_fen + 10_000)
        case _:
            report(scene, "first", verified_income(scene))


def report(scene: Scene, which: str, found_fen: int) -> None:
    """Each register agrees with what was declared, but for one where more was found."""
    more = found_fen != scene.player.home.monthly_income_fen
    differing = "SOCIAL_INSURANCE" if more else ""
    scene.do(
        scene.district.civil_affairs[0],
        "report_verification",
        which,
        monthly_income_fen=found_fen,
        property_fen=scene.player.home.assets.deposits_fen,
        items=[
            {"register": name, "result": "DIFFERS" if name == differing else "CONSISTENT"}
            for name in REGISTERS
        ],
    )


def verified_income(scene: Scene) -> int:
    """What the household has by the registers, fen a month."""
    found = scene.player.fate.found_income_fen
    if scene.player.fate.ground is Ground.VERIFIED_INCOME and found is not None:
        return found
    return scene.player.home.monthly_income_fen


def tell_mismatch(scene: Scene) -> None:
    """Whose registers hold more than was declared hears of it first (57号 Art 18)."""
    scene.do(
        scene.staff.case_officers[0],
        "tell_mismatch",
        told_to="APPLICANT",
        way="WRITTEN",
        told_on=scene.on.isoformat(),
    )


def dispute(scene: Scene) -> None:
    """Told, the household brings evidence, and the bureau is asked once more."""
    tell_mismatch(scene)
    officer = scene.staff.case_officers[0]
    text = "社保记录为他人挂靠，附单位证明"
    scene.do(officer, "dispute_verification", evidence=[scene.file("PAPER")], text=text)
    scene.do(officer, "request_verification", "again")


def check_again(scene: Scene) -> None:
    """The second report bears the household out."""
    report(scene, "again", scene.player.home.monthly_income_fen)
