"""Requests ⇄ commands of reporting."""

from services.reporting.commands import FreezeMonthlyTable
from services.reporting.domain.titles import PROGRAMMES
from shared.fields import Choice, CommandSchema, Month


class FreezeMonthlyTableSchema(CommandSchema):
    makes = FreezeMonthlyTable
    programme = Choice(PROGRAMMES, required=True)
    month = Month(required=True)
