"""The trailer of a result file: counts and sums that must be those of its lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.payments.banks.rows import fen_of
from services.payments.domain.result import FileLine, ResultLine
from services.payments.refusals import BankFileTruncated

_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_TRAILER_CELLS = 5


@dataclass(frozen=True, slots=True)
class Totals:
    """What a result file says that it holds."""

    settled_count: int
    settled_fen: int
    returned_count: int
    returned_fen: int


def read_trailer(cells: list[str]) -> Totals:
    """The totals of the last row; raises BankFileTruncated where it is damaged."""
    counts = [cells[n] for n in (1, 3)] if len(cells) == _TRAILER_CELLS else []
    amounts = [fen_of(cells[n]) for n in (2, 4)] if counts else []
    if not counts or not all(map(_COUNT.fullmatch, counts)) or None in amounts:
        raise BankFileTruncated("文件不完整：结尾的合计行有缺损，请重新下载后再提交。")
    return Totals(int(counts[0]), amounts[0] or 0, int(counts[1]), amounts[1] or 0)


def require_totals(said: Totals, lines: Sequence[FileLine]) -> None:
    """Every row must be counted; the sums must agree as far as rows can be read."""
    legible = [line for line in lines if isinstance(line, ResultLine)]
    arrived = [line.amount_fen for line in legible if line.reason is None]
    failed = [line.amount_fen for line in legible if line.reason is not None]
    found = Totals(len(arrived), sum(arrived), len(failed), sum(failed))
    unread = len(lines) - len(legible)
    complete = said.settled_count + said.returned_count == len(lines)
    within = (
        found.settled_count <= said.settled_count
        and found.settled_fen <= said.settled_fen
        and found.returned_count <= said.returned_count
        and found.returned_fen <= said.returned_fen
    )
    if not complete or not within or (unread == 0 and found != said):
        raise BankFileTruncated("文件合计与明细不符（可能中途截断），请重新下载后再提交。")
