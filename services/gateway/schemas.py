"""Requests ⇄ commands of the gateway."""

from services.gateway.commands import (
    AppointOfficer,
    EndAppointment,
    FileCloseRelative,
    PublishPolicy,
    RecordDelegation,
    RegisterUnit,
)
from shared.facts.words import Kinship
from shared.fields import Choice, Code, CommandSchema, Day, Lines, Remark, Text

ROLES = (
    "VILLAGE_AIDE", "CASE_OFFICER", "TOWNSHIP_HEAD", "CIVIL_AFFAIRS", "FINANCE",
    "BANK_DESK", "INSPECTOR", "ADMINISTRATOR",
)  # fmt: skip
KINDS = ("TOWNSHIP", "SUBDISTRICT", "COMMITTEE", "FARM", "DEPARTMENT", "BANK")


class RegisterUnitSchema(CommandSchema):
    makes = RegisterUnit
    unit = Code(required=True)
    title = Remark(60, required=True)
    kind = Choice(KINDS, required=True)
    from_on = Day(required=True)
    to_on = Day(allow_none=True)


class AppointOfficerSchema(CommandSchema):
    makes = AppointOfficer
    officer = Code(required=True)
    officer_name = Text(30, required=True)
    post = Remark(60, required=True)
    role = Choice(ROLES, required=True)
    organisation = Text(60, required=True)
    from_on = Day(required=True)
    to_on = Day(allow_none=True)
    township = Code(allow_none=True)
    village = Remark(40, allow_none=True)
    resident_id = Text(24, allow_none=True)


class EndAppointmentSchema(CommandSchema):
    makes = EndAppointment
    officer = Code(required=True)
    appointment = Code(required=True)
    last_on = Day(required=True)


class RecordDelegationSchema(CommandSchema):
    makes = RecordDelegation
    delegator = Code(required=True)
    delegate = Code(required=True)
    from_on = Day(required=True)
    to_on = Day(required=True)
    reason = Remark(200, required=True)


class FileCloseRelativeSchema(CommandSchema):
    makes = FileCloseRelative
    officer = Code(required=True)
    resident_id = Text(24, required=True)
    kinship = Choice(Kinship, required=True)


class PublishPolicySchema(CommandSchema):
    makes = PublishPolicy
    text = Lines(65_535, required=True)
    reason = Remark(200, allow_none=True)
