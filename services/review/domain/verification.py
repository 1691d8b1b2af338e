"""Information verification (信息核对, 57号 Art 17, 18; 220号 Art 19, 20)."""

from services.review.commands import (
    RecordVerificationAbsence,
    ReportVerification,
    RequestVerification,
)
from services.review.domain.limits import limits_of, rules_of
from services.review.domain.state import Open
from services.review.domain.steps import Moment
from services.review.refusals import (
    AmountWithoutRecord,
    NotVerified,
    RecheckIncomplete,
    RecheckPending,
    RegistersUnanswered,
    UnknownRegister,
    VerificationAlreadyReported,
    VerificationNotRequested,
    VerificationPending,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    RegisterAnswer,
    VerificationAbsent,
    VerificationReported,
    VerificationRequested,
)

START = "verification_start"
REGISTERS_ASKED = "verification.registers"
REGISTERS = (
    "HOUSEHOLD_REGISTER", "TAX", "SOCIAL_INSURANCE", "REAL_ESTATE", "MARKET_ENTITY",
    "HOUSING_FUND", "VEHICLE_OR_VESSEL", "BANK_DEPOSIT", "COMMERCIAL_INSURANCE", "SECURITIES",
    "INTERNET_FINANCE",
)  # fmt: skip
INCOME, PROPERTY, DIFFERS = "INCOME", "PROPERTY", "DIFFERS"
HELD = ("CONSISTENT", DIFFERS)
RESULTS = (*HELD, "NO_RECORD", "UNAVAILABLE")
ABSENCE_REASONS = ("PLATFORM_DOWN", "NO_ACCESS", "OTHER_PROVINCE_SILENT", "REGISTERS_SILENT")


def request_verification(state: Open, command: RequestVerification, context: Context) -> Decided:
    """The bureau starts within 3 working days; again after a report where that is disputed."""
    if isinstance(state.verification, VerificationRequested):
        raise VerificationPending("已提请信息核对，尚未反馈，无须重复提请。")
    today, opened = context.today, state.opened
    registers = _registers(state, command, context)
    happened = {Moment.VERIFICATION_REQUESTED: today}
    start_by = limits_of(context, opened.accepted_on, opened.township, happened).due(START)
    return [VerificationRequested(command.case, context.people, today, start_by, registers)]


def report_verification(state: Open, command: ReportVerification, context: Context) -> Decided:
    """One report for one request, register by register."""
    requested = _requested(state)
    _require_each_once(requested, command.items)
    return [
        VerificationReported(
            case=command.case,
            reported_by=context.people,
            reported_on=context.today,
            monthly_income_fen=command.monthly_income_fen,
            property_fen=command.property_fen,
            mismatches=_mismatches(state, command),
            items=command.items,
        )
    ]


def record_absence(state: Open, command: RecordVerificationAbsence, context: Context) -> Decided:
    """Asked and unable: the case goes on by what else was found, and the reason is on record."""
    _requested(state)
    return [VerificationAbsent(command.case, context.people, context.today, command.reason)]


def require_verified(state: Open) -> None:
    """A report, or its recorded absence; after a dispute a new report and nothing less."""
    if state.checking.disputed:
        raise RecheckPending("申请人对核对结果有异议并提供了佐证，须重新核对并反馈后再办理。")
    if not isinstance(state.verification, VerificationReported | VerificationAbsent):
        raise NotVerified("信息核对结果尚未反馈，不能提出初审意见或作出决定。")


def incomes_verified(state: Open) -> tuple[int, ...]:
    """What the last report found, fen a month; nothing where the registers never answered."""
    report = state.checking.report
    return (report.monthly_income_fen,) if report else ()


def _registers(state: Open, command: RequestVerification, context: Context) -> tuple[str, ...]:
    opened = state.opened
    known = rules_of(context, opened.accepted_on, opened.township).several(REGISTERS_ASKED)
    if command.registers is None:
        return known
    asked = tuple(dict.fromkeys(command.registers))
    if strange := set(asked) - set(known):
        raise UnknownRegister(f"适用的规定没有列入该核对项目：{'、'.join(sorted(strange))}。")
    report = state.checking.report
    if report and set(report.mismatches) & set(known) - set(asked):
        raise RecheckIncomplete("重新核对应包括上次核对不一致的全部项目。")
    return asked


def _requested(state: Open) -> VerificationRequested:
    match state.verification:
        case VerificationRequested() as requested:
            return requested
        case None:
            raise VerificationNotRequested("乡镇（街道）尚未提请信息核对，不能反馈结果。")
        case VerificationReported() | VerificationAbsent():
            raise VerificationAlreadyReported(
                "该次提请已反馈；需要复查的，请乡镇（街道）重新提请。"
            )


def _require_each_once(requested: VerificationRequested, items: tuple[RegisterAnswer, ...]) -> None:
    if sorted(item.register for item in items) != sorted(requested.registers):
        raise RegistersUnanswered(
            f"应逐项反馈提请核对的项目，每项一次，不缺不多：{'、'.join(requested.registers)}。"
        )
    if any(item.found_fen is not None and item.result not in HELD for item in items):
        raise AmountWithoutRecord("没有记录或无法查询的项目不能填写金额。")


def _mismatches(state: Open, command: ReportVerification) -> tuple[str, ...]:
    """Sums above the declared ones, then every register that differs."""
    opened = state.opened
    sums = (
        (INCOME, command.monthly_income_fen > opened.declared_income_fen),
        (PROPERTY, command.property_fen > opened.declared_property_fen),
    )
    above = tuple(name for name, more in sums if more)
    return above + tuple(item.register for item in command.items if item.result == DIFFERS)
