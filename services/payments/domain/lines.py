"""Lines: one household's money of one month. Their names, digests and references."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

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


class Lines(Protocol):
    """Lines by household, a household once; to be gone through as often as wanted."""

    def __iter__(self) -> Iterator[Line]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sums:
    """What a roster declares of its lines; `digest` as `sums_of` makes it."""

    lines_count: int
    amount_fen: int
    digest: str


def sums_of(lines: Iterable[Line]) -> Sums:
    """In one pass; SHA-256 over household, amount and version of each line.

    Raises ValueError unless the lines come by household, a household once.
    """
    digest, count, amount_fen, last = hashlib.sha256(), 0, 0, ""
    for line in lines:
        if line.household <= last:
            raise ValueError(f"{line.household} after {last}")
        last = line.household
        count += 1
        amount_fen += line.amount_fen
        digest.update(_digested((line.household, line.amount_fen, line.entitlement_version)))
    return Sums(count, amount_fen, digest.hexdigest())


def batch_digest(lines: Sequence[tuple[str, int, int]]) -> str:
    """SHA-256 over reference, amount and payee's version of each line, in the batch's order."""
    return _digest(lines)


def reference_of(stream: str, attempt: int) -> str:
    """A payment's name at the bank: 26 ASCII signs that follow from line and attempt alone."""
    return "YB" + hashlib.sha256(f"{stream}\x1f{attempt}".encode()).hexdigest()[:REFERENCE_DIGITS]


def _digest(lines: Iterable[tuple[str, int, int]]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(_digested(line))
    return digest.hexdigest()


def _digested(line: tuple[str, int, int]) -> bytes:
    return canonical.encode(line) + b"\n"
