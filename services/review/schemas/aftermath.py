"""Requests of what follows a confirmation, and of want of cooperation ⇄ commands."""

from services.review import commands as c
from services.review.domain.card import KEEPERS
from services.review.domain.certificate import CERTIFICATES
from services.review.domain.non_cooperation import REFUSED
from services.review.schemas.decision import WAYS
from services.review.schemas.parts import CaseSchema
from shared.fields import Choice, Day, Digest, Flag, Remark, Text

RECEIVERS = ("APPLICANT", "FAMILY_MEMBER", "PROXY")


class IssueCertificateSchema(CaseSchema):
    makes = c.IssueCertificate
    kind = Choice(CERTIFICATES, required=True)
    handed_to = Choice(RECEIVERS, required=True)
    way = Choice(WAYS, required=True)


class PublishAnnouncementSchema(CaseSchema):
    makes = c.PublishAnnouncement
    place = Remark(60, required=True)


class TakeDownAnnouncementSchema(CaseSchema):
    makes = c.TakeDownAnnouncement


class FileCardKeepingSchema(CaseSchema):
    makes = c.FileCardKeeping
    keeper_of = Choice(KEEPERS, required=True)
    keeper_name = Text(30, required=True)
    agreement_sha256 = Digest(required=True)
    agreed_on = Day(required=True)


class RecordNonCooperationSchema(CaseSchema):
    makes = c.RecordNonCooperation
    kind = Choice(REFUSED, required=True)
    asked_on = Day(required=True)
    warned = Flag(required=True)
    text = Text(1_000, required=True)


class TerminateProcedureSchema(CaseSchema):
    makes = c.TerminateProcedure
