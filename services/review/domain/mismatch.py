"""What differs is told; who disputes it with evidence is checked again (57号 Art 18)."""

from services.review.commands import DisputeVerification, TellMismatch
from services.review.domain.evidence import require_files
from services.review.domain.limits import rules_of
from services.review.domain.state import Open
from services.review.refusals import (
    MismatchAlreadyTold,
    MismatchNotTold,
    NoMismatch,
    RecheckPending,
    TellDayWrong,
    TellInWriting,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.evidence import Said
from shared.facts.review import MismatchTold, VerificationDisputed, VerificationReported

TOLD_IN = "verification.mismatch_told_in"
WRITTEN = "WRITTEN"
TELL_WAYS = (WRITTEN, "IN_PERSON", "TELEPHONE")
TOLD_TO = ("APPLICANT", "MEMBER", "PROXY")


def tell_mismatch(state: Open, command: TellMismatch, context: Context) -> Decided:
    """Once for each report; in writing where the case was accepted under 220号 (Art 20)."""
    report = _differing(state)
    if state.checking.told:
        raise MismatchAlreadyTold("核对不一致的情况已经告知。")
    if not report.reported_on <= command.told_on <= context.today:
        raise TellDayWrong("告知日期应在核对反馈之后、不晚于今天。")
    rules = rules_of(context, state.opened.accepted_on, state.opened.township)
    if rules.choice(TOLD_IN) == "written" and command.way != WRITTEN:
        raise TellInWriting(f"应当书面告知并说明理由（{rules.parameter(TOLD_IN).citation}）。")
    told = MismatchTold(command.case, context.people, command.told_on, command.told_to, command.way)
    return [told]


def dispute_verification(state: Open, command: DisputeVerification, context: Context) -> Decided:
    """With evidence; an opinion that stands on the report falls, and a re-check must follow."""
    _differing(state)
    _require_told(state)
    if state.checking.disputed:
        raise RecheckPending("异议已经登记，请重新提请核对。")
    require_files(command.evidence, context.today)
    disputed = VerificationDisputed(
        command.case, context.people, context.today, command.evidence, Said(command.text)
    )
    return [disputed]


def require_mismatch_told(state: Open) -> None:
    """What an opinion against the household asks for; its raised refusal is MismatchNotTold."""
    report = state.checking.report
    if report and report.mismatches:
        _require_told(state)


def _require_told(state: Open) -> None:
    if not state.checking.told:
        raise MismatchNotTold("核对结果与申报不一致，应先告知申请人，再办理。")


def _differing(state: Open) -> VerificationReported:
    report = state.checking.report
    if report is None or not report.mismatches:
        raise NoMismatch("没有与申报不一致的核对结果。")
    return report
