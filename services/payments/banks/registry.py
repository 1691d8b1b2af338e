"""Which banks pay out in the district, by which names people write them, in which format."""

from dataclasses import dataclass

from services.payments.banks.layout import BankFormat
from services.payments.banks.postal import POSTAL
from services.payments.banks.rural_commercial import RURAL_COMMERCIAL
from services.payments.refusals import BankUnknown


@dataclass(frozen=True, slots=True)
class Bank:
    """A paying bank; `words` are what its name holds, however it is written."""

    code: str
    name: str
    words: tuple[str, ...]
    format: BankFormat


BANKS = (
    Bank("RURAL", "淮阳农商银行", ("农商", "农村商业", "农村信用"), RURAL_COMMERCIAL),
    Bank("POSTAL", "邮储银行淮阳支行", ("邮储", "邮政储蓄"), POSTAL),
)


def bank_of(text: str) -> Bank | None:
    """The bank of that code or name; None when it doesn't pay out here."""
    for bank in BANKS:
        if text == bank.code or any(word in text for word in bank.words):
            return bank
    return None


def bank_named(text: str) -> Bank:
    """The bank of that code or name; raises BankUnknown."""
    bank = bank_of(text)
    if bank is None:
        known = "、".join(bank.name for bank in BANKS)
        raise BankUnknown(f"开户银行不是本区代发银行（现有：{known}），请核对。")
    return bank
