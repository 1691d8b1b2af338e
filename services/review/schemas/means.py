"""Requests of a household's means ⇄ commands."""

from services.review import commands as c
from services.review.schemas.parts import CaseSchema
from shared.shape_field import Shape


class RecordMeansSchema(CaseSchema):
    makes = c.RecordMeans
    means = Shape(c.HouseholdMeans, required=True)
