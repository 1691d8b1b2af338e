"""Days between two values on which no pack says anything.

Such a gap may be meant (a standard that nobody has found): then the value before it has a note
that says so. Where there is none, somebody has mistyped a day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from shared.policy.faults import Faults
from shared.policy.pack import DatedValue, Pack

_DAY = timedelta(days=1)


def check_gaps(packs: tuple[Pack, ...], faults: Faults) -> None:
    """Note every unexplained gap of a parameter, for everybody and for each township alike."""
    for name in sorted({name for pack in packs for name in pack.parameters}):
        values = [one for pack in packs if name in pack.parameters
                  for one in pack.parameters[name].values]  # fmt: skip
        codes = {code for one in values for code in one.townships}
        gaps = {gap for code in {"", *codes} for gap in _gaps(_for(values, code))}
        for first, last in sorted(gaps):
            where, what = f"{name} {first}", f"{first}至{last}没有取值"
            faults.add("GAP", where, f"{what}，前一个取值的 note 也未说明原因。")


def _for(values: Iterable[DatedValue], code: str) -> list[DatedValue]:
    return [one for one in values if not one.townships or code in one.townships]


def _gaps(values: list[DatedValue]) -> Iterator[tuple[date, date]]:
    """First and last day of each stretch that no value covers, between the first and the last."""
    reaching: DatedValue | None = None
    for one in sorted(values, key=lambda one: one.from_on):
        ended_on = reaching.to_on if reaching else None
        if reaching and ended_on and one.from_on > ended_on + _DAY and not reaching.note:
            yield ended_on + _DAY, one.from_on - _DAY
        if reaching is None or (ended_on and (one.to_on is None or one.to_on > ended_on)):
            reaching = one
