"""Requests of the decision and what follows it ⇄ commands."""

from typing import ClassVar

from services.review import commands as c
from services.review.domain.decision import DECLINE_REASONS
from services.review.domain.ending import TERMINATION_REASONS
from services.review.schemas.parts import CaseSchema
from shared.fields import Choice, Parts

WAYS = ("IN_PERSON", "MAIL", "LEFT_AT_HOME", "ELECTRONIC")


class ConfirmEligibilitySchema(CaseSchema):
    makes = c.ConfirmEligibility


class DeclineEligibilitySchema(CaseSchema):
    makes: ClassVar[type] = c.DeclineEligibility
    reasons = Parts(Choice(DECLINE_REASONS), len(DECLINE_REASONS), required=True)


class ServeWrittenNoticeSchema(CaseSchema):
    makes = c.ServeWrittenNotice
    way = Choice(WAYS, required=True)


class TerminateAllowanceSchema(CaseSchema):
    makes: ClassVar[type] = c.TerminateAllowance
    reason = Choice(TERMINATION_REASONS, required=True)


class TerminateByBureauSchema(TerminateAllowanceSchema):
    makes: ClassVar[type] = c.TerminateByBureau
