"""The household visit (入户调查, 57号 Art 16(1)): by whom, signed by whom, what was found."""

from datetime import date

from services.review.commands import RecordHouseholdVisit
from services.review.domain.evidence import require_files
from services.review.domain.investigators import (
    IN_PERSON,
    require_company,
    require_day,
    require_proper,
    require_way,
)
from services.review.domain.state import Open
from services.review.refusals import (
    MemberNotSigned,
    MembersDiffer,
    PhotosMissing,
    VisitDayWrong,
    VisitorsNotSigned,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import HouseholdVisited

PHOTOS_MIN = "survey.photos_min"
BY_DISTANCE = "REMOTE"
UNSIGNED_REASONS = ("REFUSED", "UNABLE", "NOBODY_OF_AGE", BY_DISTANCE)


def record_visit(state: Open, command: RecordHouseholdVisit, context: Context) -> Decided:
    """Two or more went, in office that day, none close to the household; all signed."""
    day = command.visited_on
    require_day(state, day, context)
    _require_as_they_are(state, day)
    require_way(state, command.form.way, day, context)
    require_company(command.visitors, day, state.opened.township, context)
    require_proper(command.visitors, context.gathered)
    _require_signed(command)
    _require_photos(state, command, context)
    if command.members_count != len(state.opened.members):
        raise MembersDiffer(
            f"申请家庭共 {len(state.opened.members)} 人，与调查人数不符；"
            "应整户审核，人口有变化的请先核实更正。"
        )
    return [
        HouseholdVisited(
            case=command.case,
            visitors=command.visitors,
            recorded_by=context.people,
            visited_on=command.visited_on,
            signed_by_member=command.signed_by_member,
            members_count=command.members_count,
            monthly_income_fen=command.monthly_income_fen,
            property_fen=command.property_fen,
            form=command.form,
        )
    ]


def _require_as_they_are(state: Open, day: date) -> None:
    """A visit before a member's death found another household (57号 Art 7, 16)."""
    if state.changed_on is not None and day < state.changed_on:
        raise VisitDayWrong(
            f"家庭成员已于 {state.changed_on.isoformat()} 去世，此前的入户调查不能作为现有家庭的调查。"
        )


def _require_signed(command: RecordHouseholdVisit) -> None:
    """By every investigator, and by a member who was there, or it says why by none."""
    form = command.form
    if sorted(form.signed_by_visitors) != sorted(command.visitors):
        raise VisitorsNotSigned("入户调查表应由全体调查人员本人签字，不能缺签或由他人代签。")
    if command.signed_by_member == (form.unsigned_reason is not None):
        raise MemberNotSigned("在场的家庭成员应当签字；确实没有签字的，请写明原因，已签字的不写。")
    if form.way == IN_PERSON and form.unsigned_reason == BY_DISTANCE:
        raise MemberNotSigned("上门调查的，应由在场的家庭成员签字，不能以非接触调查为由不签。")


def _require_photos(state: Open, command: RecordHouseholdVisit, context: Context) -> None:
    least = context.policy.at(command.visited_on, state.opened.township).number(PHOTOS_MIN)
    if len(command.form.photos) < least:
        raise PhotosMissing(f"入户调查照片不得少于 {least} 张。")
    require_files(command.form.photos, context.today)
