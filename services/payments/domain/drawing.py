"""Drawing a roster: who is listed, and what changes when it is drawn again."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.payments.commands import DrawRoster
from services.payments.domain.lines import Line, line_stream, roster_digest
from services.payments.domain.roster_state import Duties, NoRoster, Returned, State, require_apart
from services.payments.refusals import LineExists, MonthTooFar, RosterAlreadyDrawn, RosterEmpty
from shared.context import Context
from shared.deciding import Decided, On
from shared.facts.payments import LineDrawn, LineWithdrawn, RosterDrawn
from shared.months import month_after


@dataclass(frozen=True, slots=True)
class Found:
    """`due` by the entitlements; `standing` on this roster; how many stand on another's."""

    due: tuple[Line, ...]
    standing: tuple[Line, ...] = ()
    elsewhere_count: int = 0


def draw(state: State, command: DrawRoster, context: Context) -> Decided:
    """Withdraw what no longer holds, draw what is new, and name the totals of what then stands."""
    round_, duties = _round(state)
    require_apart(context.people, duties.reviewed, duties.released)
    if command.month > month_after(context.today):
        raise MonthTooFar("最早只能编制下月的花名册，请核对月份。")
    found: Found = context.gathered
    due = {line.household: line for line in found.due}
    standing = {line.household: line for line in found.standing}
    if not due and not standing:
        raise _nobody(found.elsewhere_count)
    gone = [line for line in found.standing if not _holds(line, due)]
    fresh = [due[household] for household in sorted(due) if not _holds(due[household], standing)]
    sheet = RosterDrawn(
        township=command.township,
        programme=command.programme,
        month=command.month,
        round=round_,
        drawn_by=context.people,
        drawn_on=context.today,
        lines_count=len(due),
        amount_fen=sum(line.amount_fen for line in due.values()),
        digest=roster_digest(due.values()),
    )
    return [
        *(_withdrawn(line, line.household in due, sheet) for line in gone),
        *(_drawn(line, sheet) for line in fresh),
        sheet,
    ]


def _round(state: State) -> tuple[int, Duties]:
    match state:
        case NoRoster():
            return 1, Duties()
        case Returned(sheet, duties):
            return sheet.round + 1, duties
        case _:
            raise RosterAlreadyDrawn("该乡镇本月的花名册已编制；民政局退回后才能重新编制。")


def _nobody(elsewhere_count: int) -> RosterEmpty | LineExists:
    if elsewhere_count:
        return LineExists("应列入的家庭本月已列入其他乡镇的花名册，不能重复编制。")
    return RosterEmpty("该乡镇本月没有应发放的家庭，无需编制花名册。")


def _holds(line: Line, others: Mapping[str, Line]) -> bool:
    """Whether the household stands there by the same terms."""
    other = others.get(line.household)
    return other is not None and other.entitlement_version == line.entitlement_version


def _withdrawn(line: Line, still_due: bool, sheet: RosterDrawn) -> On:
    fact = LineWithdrawn(
        line.household,
        sheet.programme,
        sheet.month,
        line.amount_fen,
        "TERMS_CHANGED" if still_due else "ENTITLEMENT_ENDED",
        sheet.round,
    )
    return On(line_stream(line.household, sheet.programme, sheet.month), fact, line.about)


def _drawn(line: Line, sheet: RosterDrawn) -> On:
    fact = LineDrawn(
        household=line.household,
        programme=sheet.programme,
        month=sheet.month,
        category=line.category,
        members_count=line.members_count,
        amount_fen=line.amount_fen,
        entitlement_version=line.entitlement_version,
        round=sheet.round,
    )
    return On(line_stream(line.household, sheet.programme, sheet.month), fact, line.about)
