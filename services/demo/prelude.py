"""The first day: what the bureau publishes, who stands in, whose relatives are filed, who is told."""

from services.demo.cast import Cast, Player
from services.demo.schedule import Schedule
from services.demo.stage import Stage
from services.demo.turn import Turn

_SWITCH = """
  {name}:
    title: {title}
    unit: boolean
    values:
      - from: {first}{last}
        for: ["{unit}"]
        value: {value}
        citation: {citation}
        certainty: P
"""


def open_month(stage: Stage, cast: Cast, days: Schedule) -> None:
    """Before anybody applies."""
    stage.day(days.decide[0])
    _publish(stage, cast, days)
    for player in cast.everyone():
        match player.fate.turn:
            case Turn.DELEGATE:
                _delegate(stage, cast, days, player)
            case Turn.RELATIVE:
                _file_relative(stage, cast, player)
            case Turn.INFORMED:
                _inform(stage, cast, days, player)
            case _:
                pass
    stage.site.settle()


def policy_text(cast: Cast, days: Schedule) -> str:
    """The pack of the month: where the bureau decides itself, where an emergency was declared."""
    switches = ""
    if cast.undevolved is not None:
        switches += _SWITCH.format(
            name="devolution.devolved",
            title="低保审核确认权限是否已下放到乡镇（街道）",
            first=days.decide[0],
            last="",
            unit=cast.undevolved,
            value="否",
            citation="演示：区民政局核定该单位暂不下放",
        )
    if cast.emergency is not None:
        switches += _SWITCH.format(
            name="survey.remote_allowed",
            title="入户调查、邻里访问可否采取电话、视频等非接触方式",
            first=days.visited_on,
            last=f"\n        to: {days.verified_on}",
            unit=cast.emergency,
            value="是",
            citation="演示：区政府宣布突发事件（57号 第十六条第二款）",
        )
    return f"pack: demo-{days.month}\ntitle: 演示当月公布的参数\n\nparameters:\n{switches}"


def _publish(stage: Stage, cast: Cast, days: Schedule) -> None:
    if cast.undevolved is None and cast.emergency is None:
        return
    bureau = cast.staff.district.civil_affairs[0]
    stage.do(bureau, "publish_policy", (days.month,), text=policy_text(cast, days))


def _delegate(stage: Stage, cast: Cast, days: Schedule, player: Player) -> None:
    """The head is away, the deputy stands in; recorded once for a township."""
    staff = cast.staff.townships[player.home.township]
    stage.do(
        cast.staff.district.administrator,
        "record_delegation",
        (staff.head.officer,),
        delegator=staff.head.officer,
        delegate=staff.deputy.officer,
        from_on=days.decide[0].isoformat(),
        to_on=days.decide[-1].isoformat(),
        reason="外出培训",
    )


def _file_relative(stage: Stage, cast: Cast, player: Player) -> None:
    """The deputy's parent or child will apply; nobody of this play asks which."""
    stage.do(
        cast.staff.district.administrator,
        "file_close_relative",
        (player.number,),
        officer=cast.staff.townships[player.home.township].deputy.officer,
        resident_id=player.home.head.resident_id,
        kinship="PARENT",
    )


def _inform(stage: Stage, cast: Cast, days: Schedule, player: Player) -> None:
    """An officer finds a household in need and tells it (57号 Art 6)."""
    head = player.home.head
    stage.do(
        cast.staff.townships[player.home.township].case_officers[2],
        "record_informed",
        (player.number,),
        township=player.home.township,
        village=player.home.village.name,
        name=head.name,
        resident_id=head.resident_id,
        way="VISIT",
        informed_on=days.decide[0].isoformat(),
    )
