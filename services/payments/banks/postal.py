"""The postal savings bank's files: CSV in UTF-8 with a byte order mark, days as 2024-04-05."""

from services.payments.banks.layout import BankFormat

POSTAL = BankFormat(
    code="POSTAL_CSV",
    encoding="utf-8",
    with_bom=True,
    order_marker="批量代发",
    result_marker="批量代发回盘",
    trailer_marker="回盘合计",
    order_columns=(
        "reference", "sequence", "name", "id_type", "id_number", "account", "amount", "purpose",
    ),
    result_columns=("reference", "sequence", "status", "reason", "amount", "date", "serial"),
    date_form="%Y-%m-%d",
    resident_id_type="0",
    settled="S",
    returned="F",
    reasons={
        "1001": "ACCOUNT_UNKNOWN",
        "1002": "NAME_MISMATCH",
        "1003": "ACCOUNT_CLOSED",
        "1004": "ACCOUNT_FROZEN",
        "1999": "OTHER",
    },
)  # fmt: skip
