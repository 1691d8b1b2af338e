"""Requests ⇄ commands, strict, with messages an officer understands."""

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields

from services.payments.commands import (
    ApproveRoster,
    CorrectPayee,
    DrawRoster,
    MakeBatch,
    NewAccount,
    RecordBankFile,
    ReleaseFunds,
    RequestFunds,
    ReturnRoster,
    SubmitRoster,
    TakeBankResult,
)
from shared.fields import (
    MESSAGES,
    Choice,
    Code,
    CommandSchema,
    Digest,
    Fen,
    Month,
    Part,
    Remark,
    Text,
)

PROGRAMMES = ("SUBSISTENCE_ALLOWANCE",)
CORRECTION_REASONS = (
    "NAME_MISMATCH", "ACCOUNT_UNKNOWN", "ACCOUNT_CLOSED", "ACCOUNT_FROZEN", "ON_REQUEST", "OTHER",
)  # fmt: skip
LINES_MAX = 1_000_000
SENT_AS = "content_base64"


class Content(fields.Field[bytes]):
    """A file's bytes in base64."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bytes:
        if not isinstance(value, str):
            raise ValidationError("此项应为文件内容（base64）。")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("文件内容不是有效的 base64。") from error


class Count(fields.Field[int]):
    """A number of lines; no text, no fraction."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LINES_MAX:
            raise ValidationError("此项应为整数，且不能为负。")
        return value


class NewAccountSchema(CommandSchema):
    makes = NewAccount
    bank = Remark(60, required=True)
    account = Code(required=True)
    holder_name = Text(30, allow_none=True)
    holder_resident_id = Text(24, allow_none=True)


class CorrectPayeeSchema(CommandSchema):
    makes = CorrectPayee
    household = Code(required=True)
    programme = Choice(PROGRAMMES, required=True)
    reason = Choice(CORRECTION_REASONS, required=True)
    account = Part(NewAccountSchema, required=True)


class RosterSchema(CommandSchema):
    """Which roster."""

    township = Code(required=True)
    programme = Choice(PROGRAMMES, required=True)
    month = Month(required=True)


class DrawRosterSchema(RosterSchema):
    makes = DrawRoster


class SubmitRosterSchema(RosterSchema):
    makes = SubmitRoster


class ReturnRosterSchema(RosterSchema):
    makes = ReturnRoster
    reason = Remark(200, required=True)


class ApproveRosterSchema(RosterSchema):
    makes = ApproveRoster
    lines_count = Count(required=True)
    amount_fen = Fen(required=True)


class RequestFundsSchema(RosterSchema):
    makes = RequestFunds


class ReleaseFundsSchema(RosterSchema):
    makes = ReleaseFunds
    amount_fen = Fen(required=True)


class MakeBatchSchema(CommandSchema):
    makes = MakeBatch
    programme = Choice(PROGRAMMES, required=True)
    month = Month(required=True)
    bank = Remark(60, required=True)


class RecordBankFileSchema(CommandSchema):
    makes = RecordBankFile
    batch = Code(required=True)
    format = Code(required=True)
    file_digest = Digest(required=True)


class TakeBankResultSchema(CommandSchema):
    makes = TakeBankResult
    batch = Code(required=True)
    format = Code(required=True)
    content = Content(required=True, data_key=SENT_AS)
