"""Judging a bank's result line by line: each is taken, or refused alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from shared.envelope import About


class Problem(StrEnum):
    """Why one line of a result changes nothing."""

    LINE_MALFORMED = "LINE_MALFORMED"
    LINE_UNKNOWN = "LINE_UNKNOWN"
    LINE_OF_OTHER_BATCH = "LINE_OF_OTHER_BATCH"
    LINE_TWICE_IN_FILE = "LINE_TWICE_IN_FILE"
    LINE_ALREADY_SETTLED = "LINE_ALREADY_SETTLED"
    LINE_ALREADY_RETURNED = "LINE_ALREADY_RETURNED"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE"


SENTENCES = {
    Problem.LINE_MALFORMED: "该行格式有误，不能识别。",
    Problem.LINE_UNKNOWN: "没有这个支付编号。",
    Problem.LINE_OF_OTHER_BATCH: "该支付编号属于其他批次。",
    Problem.LINE_TWICE_IN_FILE: "该支付编号在文件中重复出现。",
    Problem.LINE_ALREADY_SETTLED: "该笔已登记为发放成功。",
    Problem.LINE_ALREADY_RETURNED: "该笔已登记为退票。",
    Problem.AMOUNT_DIFFERS: "金额与支付指令不一致。",
    Problem.DATE_IMPOSSIBLE: "日期早于批次生成日或晚于今天，请与银行核对。",
}


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line of the file that can't be read; rows count from 1."""

    row: int


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What the bank says of one payment. `reason` is None when the money arrived."""

    row: int
    reference: str
    amount_fen: int
    reason: str | None
    bank_serial: str
    on: date


FileLine: TypeAlias = Malformed | ResultLine


@dataclass(frozen=True, slots=True)
class Attempt:
    """A payment as instructed: INSTRUCTED, SETTLED or RETURNED."""

    reference: str
    household: str
    programme: str
    month: str
    batch: str
    amount_fen: int
    status: str
    about: About


@dataclass(frozen=True, slots=True)
class Asked:
    """The batch that a file answers, and the days between which its money can have moved."""

    batch: str
    made_on: date
    today: date


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that counts, with the payment that it is about."""

    line: ResultLine
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that changes nothing. `about` is empty where the payment isn't known."""

    row: int
    problem: Problem
    about: About


def judge(
    lines: Sequence[FileLine], attempts: Mapping[str, Attempt], asked: Asked
) -> Iterator[Taken | Refused]:
    """A verdict on each line, in the file's order. Of a repeated reference the first counts."""
    seen: set[str] = set()
    for line in lines:
        attempt = attempts.get(line.reference) if isinstance(line, ResultLine) else None
        problem = _problem(line, attempt, asked, seen)
        if isinstance(line, ResultLine):
            seen.add(line.reference)
        if problem is None and attempt is not None and isinstance(line, ResultLine):
            yield Taken(line, attempt)
        else:
            about = attempt.about if attempt else About()
            yield Refused(line.row, problem or Problem.LINE_MALFORMED, about)


def _problem(
    line: FileLine, attempt: Attempt | None, asked: Asked, seen: set[str]
) -> Problem | None:
    if isinstance(line, Malformed):
        return Problem.LINE_MALFORMED
    if attempt is None:
        return Problem.LINE_UNKNOWN
    if line.reference in seen:
        return Problem.LINE_TWICE_IN_FILE
    if attempt.batch != asked.batch:
        return Problem.LINE_OF_OTHER_BATCH
    if attempt.status == "SETTLED":
        return Problem.LINE_ALREADY_SETTLED
    if attempt.status == "RETURNED":
        return Problem.LINE_ALREADY_RETURNED
    if attempt.amount_fen != line.amount_fen:
        return Problem.AMOUNT_DIFFERS
    return None if asked.made_on <= line.on <= asked.today else Problem.DATE_IMPOSSIBLE
