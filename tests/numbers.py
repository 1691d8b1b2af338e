"""ID numbers of officers who don't exist: region 999999 is assigned to no place."""

from datetime import date, timedelta
from hashlib import sha256

from services.demo.identifiers import REGION, check_digit


def officer_number(officer: str) -> str:
    """The number of the person behind this officer id, the same in every run; born 1960 to 1999."""
    drawn = int.from_bytes(sha256(officer.encode()).digest())
    born_on = date(1960, 1, 1) + timedelta(days=drawn % 14_600)
    first17 = f"{REGION}{born_on:%Y%m%d}{drawn // 14_600 % 1000:03}"
    return first17 + check_digit(first17)
