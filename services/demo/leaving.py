"""What ends or changes an application before its decision (57号 Art 4, 7, 29; 83号 一(三))."""

from dataclasses import replace

from services.demo.cast import Player
from services.demo.deciding import post
from services.demo.fate import Outcome
from services.demo.scene import Scene
from services.demo.surveying import go, report
from services.demo.turn import Turn

REASONS = {
    Turn.SOLE_MEMBER_DIED: ("SOLE_MEMBER_DIED", "申请人去世，家庭没有其他成员"),
    Turn.MOVED_AWAY: ("MOVED_AWAY", "全家迁往外地"),
}
OWN_WISH = ("WITHDRAWN", "家庭自愿撤回申请")


def leave(scene: Scene) -> None:
    """What was missing never came, or the application is over by the household's own doing."""
    officer = scene.staff.case_officers[0]
    if scene.player.fate.outcome is Outcome.NOT_ACCEPTED:
        scene.do(officer, "refuse_acceptance", reasons=["MATERIALS_NOT_SUPPLIED"])
        return
    turn = scene.player.fate.turn
    kind, reason = REASONS.get(turn, OWN_WISH) if turn else OWN_WISH
    scene.do(officer, "withdraw_application", kind=kind, reason=reason)


def refuse_visit(scene: Scene) -> None:
    """Nobody is let in."""
    _not_cooperating(scene, "first", "上门调查，家庭成员拒绝", warned=False)


def refuse_again(scene: Scene) -> None:
    """Nor the next day, though they hear what may follow."""
    _not_cooperating(scene, "again", "再次上门并告知后果，仍拒绝", warned=True)


def _not_cooperating(scene: Scene, which: str, text: str, *, warned: bool) -> None:
    scene.do(
        scene.staff.case_officers[0],
        "record_non_cooperation",
        which,
        kind="REFUSED_VISIT",
        asked_on=scene.on.isoformat(),
        warned=warned,
        text=text,
    )


def end_procedure(scene: Scene) -> None:
    """The head ends it (57号 Art 29)."""
    scene.do(scene.staff.head, "terminate_procedure")


def lose_member(scene: Scene) -> None:
    """The eldest but the head dies; the application goes on."""
    dead = max(scene.player.home.members[1:], key=lambda member: member.age)
    scene.do(
        scene.staff.case_officers[0],
        "report_member_death",
        resident_id=dead.resident_id,
        died_on=scene.on.isoformat(),
    )


def survey_who_is_left(scene: Scene) -> None:
    """A new visit, and the bureau is asked anew."""
    left = replace(scene, player=bereaved(scene.player))
    go(left, scene.staff.case_officers[:2], left.player.home.monthly_income_fen, "bereaved")
    scene.do(scene.staff.case_officers[0], "request_verification", "bereaved")


def judge_who_is_left(scene: Scene) -> None:
    """The new report, the opinion on it, the notice."""
    left = replace(scene, player=bereaved(scene.player))
    income = left.player.home.monthly_income_fen
    report(left, "bereaved", income)
    officer = scene.staff.case_officers[0]
    left.do(officer, "give_preliminary_opinion", "bereaved", monthly_income_fen=income)
    post(left, "bereaved")


def bereaved(player: Player) -> Player:
    """Those who are left, with their part of the income."""
    home = player.home
    dead = max(home.members[1:], key=lambda member: member.age)
    members = tuple(member for member in home.members if member != dead)
    income = home.monthly_income_fen * len(members) // len(home.members) // 10 * 10
    return replace(player, home=replace(home, members=members, monthly_income_fen=income))
