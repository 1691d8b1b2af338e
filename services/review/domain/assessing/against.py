"""Why a household doesn't qualify: every code that a judgement may give against it."""

from typing import Final

AGAINST: Final = (
    "INCOME_NOT_BELOW_STANDARD",  # 649号 Art 9
    "NOBODY_COUNTS",  # 57号 Art 7
    "PROPERTY_ABOVE_LIMIT",  # 649号 Art 9; 57号 Art 14: this and the next four
    "LIQUID_ASSETS_ABOVE_LIMIT",
    "HOMES_ABOVE_LIMIT",
    "VEHICLE_OWNED",
    "COMPANY_REGISTERED",
    "APPLICANT_EXCLUDED",  # 57号 Art 4, 7
    "WHOLE_FAMILY",  # 83号 一(一)
    "NOT_ALONE",  # 57号 Art 8
)
