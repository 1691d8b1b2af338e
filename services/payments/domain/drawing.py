"""Drawing a roster: who is listed, and what changes when it is drawn again."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.payments.commands import DrawRoster
from services.payments.domain.lines import Line, Lines, line_stream, sums_of
from services.payments.domain.roster_state import Duties, NoRoster, Returned, State, require_apart
from services.payments.refusals import LineExists, MonthTooFar, RosterAlreadyDrawn, RosterEmpty
from shared.context import Context
from shared.deciding import Decided, Flow, On
from shared.facts.base import Fact
from shared.facts.payments import LineDrawn, LineWithdrawn, RosterDrawn
from shared.months import month_after


@dataclass(frozen=True, slots=True)
class Found:
    """`due` by the entitlements; `standing` on this roster; how many stand on another's."""

    due: Lines
    standing: Lines = ()
    elsewhere_count: int = 0


def draw(state: State, command: DrawRoster, context: Context) -> Decided:
    """Withdraw what no longer holds, draw what is new, and name the totals of what then stands."""
    round_, duties = _round(state)
    require_apart(context.ids, duties.reviewed, duties.released)
    if command.month > month_after(context.today):
        raise MonthTooFar("最早只能编制下月的花名册，请核对月份。")
    found: Found = context.gathered
    if not found.due and not found.standing:
        raise _nobody(found.elsewhere_count)
    sums = sums_of(found.due)
    sheet = RosterDrawn(
        township=command.township,
        programme=command.programme,
        month=command.month,
        round=round_,
        drawn_by=context.people,
        drawn_on=context.today,
        lines_count=sums.lines_count,
        amount_fen=sums.amount_fen,
        digest=sums.digest,
    )
    return Flow(lambda: _facts(found, sheet))


def _facts(found: Found, sheet: RosterDrawn) -> Iterator[Fact | On]:
    """First what goes, then what comes, then the roster's own; lines by household."""
    for due, standing in _side_by_side(found.due, found.standing):
        if standing is not None and not _holds(due, standing):
            yield _withdrawn(standing, due is not None, sheet)
    for due, standing in _side_by_side(found.due, found.standing):
        if due is not None and not _holds(due, standing):
            yield _drawn(due, standing is not None, sheet)
    yield sheet


def _side_by_side(due: Lines, standing: Lines) -> Iterator[tuple[Line | None, Line | None]]:
    """Each household with its line on either side, or None where it has none there."""
    rest = iter(standing)
    other = next(rest, None)
    for line in due:
        while other is not None and other.household < line.household:
            yield None, other
            other = next(rest, None)
        if other is not None and other.household == line.household:
            yield line, other
            other = next(rest, None)
        else:
            yield line, None
    while other is not None:
        yield None, other
        other = next(rest, None)


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


def _holds(due: Line | None, standing: Line | None) -> bool:
    """Whether the household stands there by the terms that are due."""
    return (
        due is not None
        and standing is not None
        and due.entitlement_version == standing.entitlement_version
    )


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


def _drawn(line: Line, withdrawn: bool, sheet: RosterDrawn) -> On:
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
    stream = line_stream(line.household, sheet.programme, sheet.month)
    return On(stream, fact, line.about, after=int(withdrawn))
