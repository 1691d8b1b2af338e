"""What payments writes for others: the bank's payment file, the township's roster sheet."""

from services.payments.documents.bank_file import bank_file
from services.payments.documents.roster_sheet import roster_sheet

__all__ = ["bank_file", "roster_sheet"]
