"""Deciding on a township's roster: draw, submit, return or approve, request, release (PLAN 四)."""

from dataclasses import dataclass
from typing import assert_never

from services.payments.commands import (
    ApproveRoster,
    DrawRoster,
    ReleaseFunds,
    RequestFunds,
    ReturnRoster,
    RosterCommand,
    SubmitRoster,
)
from services.payments.domain.drawing import draw
from services.payments.domain.lines import Lines, Sums, sums_of
from services.payments.domain.roster_state import (
    Approved,
    Drawn,
    NoRoster,
    Released,
    Requested,
    Returned,
    Standing,
    State,
    Submitted,
    about,
    evolve,
    require_apart,
)
from services.payments.refusals import LinesDiffer, NoSuchRoster, RosterAtOtherStep, TotalsDiffer
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.facts.payments import (
    FundsReleased,
    FundsRequested,
    RosterApproved,
    RosterReturned,
    RosterSubmitted,
)
from shared.money import yuan_text


@dataclass(frozen=True, slots=True)
class Stored:
    """The roster's lines as the tables hold them at the moment of approval."""

    lines: Lines


def decide(state: State, command: RosterCommand, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case DrawRoster():
            return draw(state, command, context)
        case SubmitRoster():
            return submit(state, context)
        case ReturnRoster():
            return send_back(state, command, context)
        case ApproveRoster():
            return approve(state, command, context)
        case RequestFunds():
            return request_funds(state, context)
        case ReleaseFunds():
            return release_funds(state, command, context)
        case _:
            assert_never(command)


def submit(state: State, context: Context) -> Decided:
    """Whoever submits answers for the drawing too."""
    match state:
        case Drawn(sheet, duties):
            require_apart(context.ids, duties.reviewed, duties.released)
            return [RosterSubmitted(sheet.round, context.people, context.today)]
        case _:
            raise not_at_this_step(state, "报送")


def send_back(state: State, command: ReturnRoster, context: Context) -> Decided:
    """Not as it should be: the township draws it again."""
    match state:
        case Submitted(sheet, duties):
            require_apart(context.ids, duties.drew, duties.released)
            return [RosterReturned(sheet.round, context.people, context.today, command.reason)]
        case _:
            raise not_at_this_step(state, "退回")


def approve(state: State, command: ApproveRoster, context: Context) -> Decided:
    """Declared, drawn and stored totals must agree, and the stored lines be those drawn."""
    match state:
        case Submitted(sheet, duties):
            require_apart(context.ids, duties.drew, duties.released)
        case _:
            raise not_at_this_step(state, "审核")
    if (command.lines_count, command.amount_fen) != (sheet.lines_count, sheet.amount_fen):
        raise TotalsDiffer(
            f"您填写的户数或金额与花名册不符（花名册为{sheet.lines_count}户、"
            f"{yuan_text(sheet.amount_fen)}元），请核对后重新填写或退回。"
        )
    stored: Stored = context.gathered
    if sums_of(stored.lines) != Sums(sheet.lines_count, sheet.amount_fen, sheet.digest):
        raise LinesDiffer("花名册明细与编制时不一致，不能审核通过，请退回乡镇重新编制。")
    return [
        RosterApproved(
            sheet.round,
            context.people,
            context.today,
            sheet.lines_count,
            sheet.amount_fen,
            sheet.digest,
        )
    ]


def request_funds(state: State, context: Context) -> Decided:
    """The bureau applies for exactly what it approved; this counts with the review."""
    match state:
        case Approved(sheet, duties):
            require_apart(context.ids, duties.drew, duties.released)
            return [FundsRequested(context.people, context.today, sheet.amount_fen)]
        case _:
            raise not_at_this_step(state, "申请资金")


def release_funds(state: State, command: ReleaseFunds, context: Context) -> Decided:
    """Finance names the sum; it must be the requested one to the fen."""
    match state:
        case Requested(_, duties, amount_fen):
            require_apart(context.ids, duties.drew, duties.reviewed)
        case _:
            raise not_at_this_step(state, "拨付")
    if command.amount_fen != amount_fen:
        raise TotalsDiffer(f"拨付金额与申请金额不符（申请{yuan_text(amount_fen)}元），请核对。")
    return [FundsReleased(context.people, context.today, amount_fen)]


def not_at_this_step(state: State, act: str) -> NoSuchRoster | RosterAtOtherStep:
    """The refusal that tells where the roster stands."""
    match state:
        case NoRoster():
            return NoSuchRoster("该乡镇本月的花名册尚未编制。")
        case _:
            return RosterAtOtherStep(f"花名册{_standing(state)}，现在不能{act}。")


def _standing(state: Standing) -> str:
    match state:
        case Drawn():
            return "已编制、待报送"
        case Submitted():
            return "已报送、待审核"
        case Returned():
            return "已退回、待重新编制"
        case Approved():
            return "已审核、待申请资金"
        case Requested():
            return "已申请资金、待拨付"
        case Released():
            return "已拨付"


ROSTER: Decider[State] = Decider(NoRoster(), decide, evolve, about)
