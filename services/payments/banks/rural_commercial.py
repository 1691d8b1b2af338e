"""The rural commercial bank's files: CSV in GBK, days as 20240405.

Written and read as GB18030, of which GBK is a part, so that rare characters in names survive.
"""

from services.payments.banks.layout import BankFormat

RURAL_COMMERCIAL = BankFormat(
    code="RURAL_COMMERCIAL_CSV",
    encoding="gb18030",
    with_bom=False,
    order_marker="代发文件",
    result_marker="代发结果",
    trailer_marker="合计",
    order_columns=(
        "sequence", "account", "name", "id_type", "id_number", "amount", "purpose", "reference",
    ),
    result_columns=("sequence", "reference", "amount", "status", "reason", "serial", "date"),
    date_form="%Y%m%d",
    resident_id_type="01",
    settled="成功",
    returned="失败",
    reasons={
        "E01": "NAME_MISMATCH",
        "E02": "ACCOUNT_UNKNOWN",
        "E03": "ACCOUNT_CLOSED",
        "E04": "ACCOUNT_FROZEN",
        "E99": "OTHER",
    },
)  # fmt: skip
