"""Beside the township's own steps: relatives, complaints, the bureau, appraisals (57号 Art 11, 19, 20)."""

from typing import Any

from services.demo.names import Sex, drawn_name
from services.demo.scene import Scene
from services.review.domain.appraisal import STEPS

PRESENT_COUNT, REPRESENTATIVES_COUNT, FOR_COUNT = 9, 7, 7


def keep_relative_away(scene: Scene) -> None:
    """The deputy is close to the household, and is denied whatever it is (57号 Art 11)."""
    scene.refused(
        scene.staff.deputy,
        "give_preliminary_opinion",
        "CLOSE_RELATIVE",
        "relative",
        monthly_income_fen=scene.player.home.monthly_income_fen,
    )


def visit_by_bureau(scene: Scene) -> None:
    """Two of the bureau go, and find what the township found (57号 Art 20)."""
    there = scene.district.civil_affairs[0], scene.district.civil_affairs[2]
    scene.do(
        there[1],
        "record_bureau_visit",
        visitors=[officer.officer for officer in there],
        visited_on=scene.on.isoformat(),
        conclusion="SUPPORTS",
        text="家庭情况与乡镇调查一致",
    )


def complain(scene: Scene) -> None:
    """Somebody without a name, at the township."""
    officer = scene.staff.case_officers[2]
    scene.do(officer, "receive_complaint", real_name=False, text="反映该户条件较好")


def report_by_name(scene: Scene) -> None:
    """Somebody with a name, at the bureau."""
    own = scene.stage.choices.within("reporter", scene.player.number)
    scene.do(
        scene.district.civil_affairs[2],
        "receive_complaint_by_bureau",
        real_name=True,
        name=drawn_name(own, Sex.FEMALE),
        text="实名反映该户有存款未申报",
    )


def answer_complaint(scene: Scene) -> None:
    """The bureau has been there; the deputy, who didn't investigate, answers."""
    visit_by_bureau(scene)
    told = {"complaint": 1, "way": "BUREAU_VISIT", "upheld": False}
    scene.do(scene.staff.deputy, "answer_complaint", **told)


def answer_report(scene: Scene) -> None:
    """The same by the bureau; who gave a name is told (57号 Art 37)."""
    visit_by_bureau(scene)
    scene.do(
        scene.district.civil_affairs[2],
        "answer_complaint_by_bureau",
        complaint=1,
        way="BUREAU_VISIT",
        upheld=False,
        told_reporter_on=scene.on.isoformat(),
    )


def extend(scene: Scene) -> None:
    """Once, with a reason; a second time is refused (57号 Art 22)."""
    reason = {"reason": "hard_to_investigate"}
    scene.do(scene.staff.head, "extend_limit", **reason)
    scene.refused(scene.staff.head, "extend_limit", "ALREADY_EXTENDED", "twice", **reason)


def answer_by_appraisal(scene: Scene) -> None:
    """Villagers are asked instead of a new visit (57号 Art 19)."""
    there = scene.staff.case_officers[1:3]
    own = scene.stage.choices.within("appraisal", scene.player.number)
    scene.do(
        there[0],
        "record_appraisal",
        held_on=scene.on.isoformat(),
        officers=[officer.officer for officer in there],
        names=[drawn_name(own.within(place), Sex.MALE) for place in range(PRESENT_COUNT)],
        representatives_count=REPRESENTATIVES_COUNT,
        recused_count=1,
        for_count=FOR_COUNT,
        against_count=0,
        abstained_count=PRESENT_COUNT - FOR_COUNT - 1,
        steps=list(STEPS),
        conclusion="TRUE",
    )


def decide_by_bureau(scene: Scene, name: str, **decision: Any) -> None:
    """The township sends its file up; the bureau agrees with it, and decides (57号 Art 19-21)."""
    scene.do(scene.staff.case_officers[0], "send_file_up")
    bureau = scene.district.civil_affairs[1]
    scene.do(bureau, "give_bureau_opinion", agrees=True)
    scene.do(bureau, name, **decision)
