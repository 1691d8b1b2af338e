"""A bank's serial stays in the log unsealed, so it must not be a number that names the payee."""

import re
from collections.abc import Iterable, Mapping

from services.payments.domain.result import Attempt, FileLine, Malformed, ResultLine
from shared.facts.people import Payee

_NOT_A_SIGN = re.compile(r"[^0-9A-Z]")


def without_names(
    lines: Iterable[FileLine], attempts: Mapping[str, Attempt], payees: Mapping[str, Payee]
) -> tuple[FileLine, ...]:
    """The lines; one whose serial is its payee's account or ID number counts as malformed.

    `payees` by household; where a payee can't be read any more there is nothing to compare.
    """
    return tuple(
        Malformed(line.row)
        if isinstance(line, ResultLine) and _names(line, attempts, payees)
        else line
        for line in lines
    )


def _names(line: ResultLine, attempts: Mapping[str, Attempt], payees: Mapping[str, Payee]) -> bool:
    attempt = attempts.get(line.reference)
    payee = payees.get(attempt.household) if attempt else None
    if payee is None:
        return False
    return _plain(line.bank_serial) in {_plain(payee.account), _plain(payee.resident_id)}


def _plain(number: str) -> str:
    """Without dashes and blanks, an x at the end written large."""
    return _NOT_A_SIGN.sub("", number.upper())
