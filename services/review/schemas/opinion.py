"""Requests of opinion, notice and objections ⇄ commands."""

from services.review import commands as c
from services.review.schemas.parts import CaseSchema, Number
from shared.fields import Fen, Flag, Remark, Text


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
