"""Lines: one household's money of one month. Their names, digests and references."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared import canonical
from shared.envelope import About

REFERENCE_DIGITS = 24


def entitlement_stream(household: str, programme: str) -> str:
    """A household's entitlement."""
    return f"entitlement/{household}/{programme}"


def roster_stream(township: str, programme: str, month: str) -> str:
    """A township's roster of a month."""
    return f"roster/{township}/{programme}/{month}"


def line_stream(household: str, programme: str, month: str) -> str:
    """A household's money of a month, its whole life."""
    return f"line/{household}/{programme}/{month}"


@dataclass(frozen=True, slots=True)
class Line:
    """What a roster says of a household; `entitlement_version` is where the terms stand."""

    household: str
    about: About
    category: str
    members_count: int
    amount_fen: int
    entitlement_version: int


@dataclass(frozen=True, slots=True)
class Payable:
    """A released line that waits for an instruction; `previous` is the attempt that failed."""

    household: str
    about: About
    amount_fen: int
    payee_version: int
    attempts_count: int
    previous: str | None


def roster_digest(lines: Iterable[Line]) -> str:
    """SHA-256 over household, amount and version of each line, by household."""
    ordered = sorted(lines, key=lambda line: line.household)
    return _digest(
        [(line.household, line.amount_fen, line.entitlement_version) for line in ordered]
    )


def batch_digest(lines: Sequence[tuple[str, int, int]]) -> str:
    """SHA-256 over reference, amount and payee's version of each line, in the batch's order."""
    return _digest(lines)


def reference_of(stream: str, attempt: int) -> str:
    """A payment's name at the bank: 26 ASCII signs that follow from line and attempt alone."""
    return "YB" + hashlib.sha256(f"{stream}\x1f{attempt}".encode()).hexdigest()[:REFERENCE_DIGITS]


def _digest(lines: Iterable[tuple[str, int, int]]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(canonical.encode(line) + b"\n")
    return digest.hexdigest()
