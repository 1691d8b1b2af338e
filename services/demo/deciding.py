"""Second to fourth week: opinions, notices, objections, decisions and what follows them."""

from services.demo.fate import Ground, Objection, Outcome
from services.demo.overseeing import answer_by_appraisal, decide_by_bureau, visit_by_bureau
from services.demo.scene import Scene
from services.demo.stage import DemoFailed
from services.demo.surveying import go, verified_income
from services.demo.turn import Turn

OVER = "INCOME_NOT_BELOW_STANDARD"
REASONS = dict.fromkeys(Ground, OVER) | {Ground.VEHICLE_OWNED: "VEHICLE_OWNED"}


def give_opinion(scene: Scene) -> None:
    """The township's opinion; where it is for the family, the notice goes up."""
    officer, income = scene.staff.case_officers[0], verified_income(scene)
    scene.do(officer, "give_preliminary_opinion", "first", monthly_income_fen=income)
    if scene.player.fate.ground in (None, Ground.OBJECTION_UPHELD):
        post(scene, "first")


def post(scene: Scene, which: str) -> None:
    """Post the notice in the village."""
    place = f"{scene.player.home.village.name}公示栏"
    scene.do(scene.staff.case_officers[0], "post_public_notice", which, place=place)


def confirm_too_early(scene: Scene) -> None:
    """A head in a hurry is refused: the notice still runs (57号 Art 19)."""
    answer = scene.stage.give(
        scene.staff.head, "confirm_eligibility", (scene.player.number, "early"), case=scene.case
    )
    if answer.outcome != "refused":
        raise DemoFailed(f"confirmed while the notice runs: {answer}")


def decline(scene: Scene) -> None:
    """The head, or the bureau where it decides itself, declines with reasons."""
    ground = scene.player.fate.ground
    reasons = [REASONS[ground]] if ground else []
    if scene.player.undevolved:
        decide_by_bureau(scene, "decline_by_bureau", reasons=reasons)
    else:
        scene.do(scene.staff.head, "decline_eligibility", reasons=reasons)


def serve(scene: Scene) -> None:
    """The household gets the reasons in writing (57号 Art 21)."""
    scene.do(scene.staff.case_officers[2], "serve_written_notice", way="IN_PERSON")


def objection(scene: Scene) -> None:
    """A neighbour objects."""
    officer, text = scene.staff.case_officers[2], "反映该户实际收入与公示不符"
    scene.do(officer, "raise_objection", text=text)


def answer_objection(scene: Scene, limit_fen: int) -> None:
    """A new investigation by others, an answer, a new opinion, and a new notice or none."""
    upheld = scene.player.fate.objection is Objection.UPHELD
    income = limit_fen + limit_fen // 10 if upheld else scene.player.home.monthly_income_fen
    officer, other = scene.staff.case_officers[1:3]
    if scene.player.fate.turn is Turn.APPRAISED:
        answer_by_appraisal(scene)
    else:
        go(scene, (officer, other), income, "again")
    scene.do(officer, "answer_objection", objection=1, upheld=upheld)
    scene.do(officer, "give_preliminary_opinion", "again", monthly_income_fen=income)
    if not upheld:
        post(scene, "again")


def close_and_confirm(scene: Scene) -> None:
    """The notice has run: it is closed, and whoever decides confirms; one is left to wait."""
    scene.do(scene.staff.case_officers[0], "close_public_notice")
    match scene.player.fate.turn:
        case Turn.LATE:
            return
        case Turn.RELATIVE:
            scene.refused(scene.staff.head, "confirm_eligibility", "BUREAU_VISIT_DUE", "unvisited")
            visit_by_bureau(scene)
        case _:
            pass
    confirm(scene)


def confirm(scene: Scene) -> None:
    """By the first responsible person, who stands in, or the bureau.

    The family gets its certificate (57号 Art 21), the village reads the result (57号 Art 24).
    """
    staff = scene.staff
    if scene.player.undevolved:
        decide_by_bureau(scene, "confirm_by_bureau")
    else:
        delegated = scene.player.fate.turn is Turn.DELEGATE
        head = staff.deputy.standing_in_for(staff.head) if delegated else staff.head
        scene.do(head, "confirm_eligibility")
    officer = staff.case_officers[0]
    papers = {"kind": "CERTIFICATE", "handed_to": "APPLICANT", "way": "IN_PERSON"}
    scene.do(officer, "issue_certificate", **papers)
    place = f"{scene.player.home.village.name}公示栏"
    scene.do(officer, "publish_announcement", place=place)
    if scene.player.fate.turn is Turn.CARD:
        _file_card(scene)


def _file_card(scene: Scene) -> None:
    """Somebody of the village keeps the card, by a written agreement (57号 Art 26)."""
    scene.do(
        scene.staff.case_officers[0],
        "file_card_keeping",
        keeper_of="VILLAGE_COMMITTEE",
        keeper_name=scene.staff.aides[0].name,
        agreement_sha256=scene.file("PAPER")["sha256"],
        agreed_on=scene.on.isoformat(),
    )


def bury(scene: Scene) -> None:
    """A confirmed person living alone has died: stopped from the month after, the result down."""
    if scene.player.fate.outcome is not Outcome.CONFIRMED:
        raise DemoFailed("only a confirmed allowance ends")
    if scene.player.undevolved:
        scene.do(scene.district.civil_affairs[1], "terminate_by_bureau", reason="DEATH")
    else:
        scene.do(scene.staff.head, "terminate_allowance", reason="DEATH")
    scene.do(scene.staff.case_officers[0], "take_down_announcement")
