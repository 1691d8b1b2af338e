"""Requests ⇄ commands, strict, with messages an officer understands."""

from typing import Any

from marshmallow import ValidationError, fields

from services.review import commands as c
from services.review.domain.decision import DECLINE_REASONS
from services.review.domain.ending import TERMINATION_REASONS
from shared.fields import Choice, Code, CommandSchema, Day, Fen, Flag, Parts, Remark, Text

VISITORS_MAX = 10
COUNT_MAX = 999
# What may differ from the declaration: its two sums, then the registers of 57号 Art 17.
MISMATCHES = (
    "INCOME", "PROPERTY", "HOUSEHOLD_REGISTER", "TAX", "SOCIAL_INSURANCE", "REAL_ESTATE",
    "MARKET_ENTITY", "HOUSING_FUND", "VEHICLE_OR_VESSEL", "BANK_DEPOSIT", "COMMERCIAL_INSURANCE",
    "SECURITIES", "INTERNET_FINANCE",
)  # fmt: skip
WAYS = ("IN_PERSON", "MAIL", "LEFT_AT_HOME", "ELECTRONIC")


class Number(fields.Field[int]):
    """A whole number from 1 on; neither text nor a truth value."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if type(value) is not int or not 1 <= value <= COUNT_MAX:
            raise ValidationError(f"此项应为 1 至 {COUNT_MAX} 之间的整数。")
        return value

    default_error_messages = Text.default_error_messages


class CaseSchema(CommandSchema):
    case = Code(required=True)


class RecordHouseholdVisitSchema(CaseSchema):
    makes = c.RecordHouseholdVisit
    visitors = Parts(Code(), VISITORS_MAX, required=True)
    visited_on = Day(required=True)
    signed_by_member = Flag(required=True)
    members_count = Number(required=True)
    monthly_income_fen = Fen(required=True)
    property_fen = Fen(required=True)


class RequestVerificationSchema(CaseSchema):
    makes = c.RequestVerification


class ReportVerificationSchema(CaseSchema):
    makes = c.ReportVerification
    monthly_income_fen = Fen(required=True)
    property_fen = Fen(required=True)
    mismatches = Parts(Choice(MISMATCHES), len(MISMATCHES), least=0, required=True)


class GivePreliminaryOpinionSchema(CaseSchema):
    makes = c.GivePreliminaryOpinion
    monthly_income_fen = Fen(required=True)


class PostPublicNoticeSchema(CaseSchema):
    makes = c.PostPublicNotice
    place = Remark(60, required=True)


class RaiseObjectionSchema(CaseSchema):
    makes = c.RaiseObjection
    text = Text(1_000, required=True)
    name = Text(30, allow_none=True)
    phone = Text(30, allow_none=True)


class AnswerObjectionSchema(CaseSchema):
    makes = c.AnswerObjection
    objection = Number(required=True)
    upheld = Flag(required=True)


class ClosePublicNoticeSchema(CaseSchema):
    makes = c.ClosePublicNotice


class ConfirmEligibilitySchema(CaseSchema):
    makes = c.ConfirmEligibility


class DeclineEligibilitySchema(CaseSchema):
    makes = c.DeclineEligibility
    reasons = Parts(Choice(DECLINE_REASONS), len(DECLINE_REASONS), required=True)


class ServeWrittenNoticeSchema(CaseSchema):
    makes = c.ServeWrittenNotice
    way = Choice(WAYS, required=True)


class TerminateAllowanceSchema(CaseSchema):
    makes = c.TerminateAllowance
    reason = Choice(TERMINATION_REASONS, required=True)
