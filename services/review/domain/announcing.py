"""The announcement of a result in the village (公布, 57号 Art 24; to 2021-06-30 220号 Art 34)."""

from services.review.commands import PublishAnnouncement, TakeDownAnnouncement
from services.review.domain.standing import confirmed, once_confirmed
from services.review.domain.state import Confirmed, State
from services.review.refusals import AnnouncementStands, AnnouncementStays, NoAnnouncement
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import AnnouncementTakenDown, ResultAnnounced, ShownName

STAYS = "announcement.stays_while_paid"


def announce(state: State, command: PublishAnnouncement, context: Context) -> Decided:
    """The applicant's name, how many they are, how much: exactly that (57号 Art 24)."""
    family = confirmed(state)
    if family.after.announcement is not None:
        raise AnnouncementStands("该户的确认结果已经公布，无须重复张贴。")
    decision = family.confirmed
    return [
        ResultAnnounced(
            case=command.case,
            announcement=family.after.announcements_count + 1,
            place=command.place,
            announced_by=context.people,
            announced_on=context.today,
            members_count=decision.members_count,
            allowance_fen=decision.allowance_fen,
            personal=ShownName(decision.personal.applicant_name) if decision.personal else None,
        )
    ]


def take_down(state: State, command: TakeDownAnnouncement, context: Context) -> Decided:
    """Down again; by the rules of a long-term notice only once nothing is paid any more."""
    family = once_confirmed(state)
    hanging = family.after.announcement
    if hanging is None:
        raise NoAnnouncement("当前没有公布中的确认结果。")
    rules = context.policy.at(context.today, family.about.township)
    if isinstance(family, Confirmed) and rules.flag(STAYS):
        raise AnnouncementStays("享受期间实行长期公示，停发之前不能撤下。")
    return [
        AnnouncementTakenDown(command.case, hanging.announcement, context.people, context.today)
    ]
