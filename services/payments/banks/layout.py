"""One delimited layout, which each bank's format fills in: columns, signs, dates, codes.

Payment file: a header row (marker, batch, payer, value date, currency, count, sum), then lines.
Result file: a header row (marker, batch), lines, and a trailer row (marker, settled count and
sum, returned count and sum). Amounts are yuan with two decimals.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.payments.banks.records import BankOutcome, OrderHeader, OrderLine, ResultContent
from services.payments.banks.rows import decode_rows, encode_rows, fen_of, guarded, plain_amount
from services.payments.banks.trailer import read_trailer, require_totals
from services.payments.domain.result import FileLine, Malformed, ResultLine
from services.payments.refusals import BankFileFormat, BankFileTruncated
from shared.clock import CHINA

OTHER_REASON = "OTHER"
_REFERENCE = re.compile(r"[0-9A-Za-z]{1,32}")
_SERIAL = re.compile(r"[0-9A-Za-z-]{1,40}")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_ORDER_HEADER_CELLS, _RESULT_HEADER_CELLS = 7, 2


@dataclass(frozen=True, slots=True)
class BankFormat:
    """A bank's files. `reasons` turns the bank's codes into the house's."""

    code: str
    encoding: str
    with_bom: bool
    order_marker: str
    result_marker: str
    trailer_marker: str
    order_columns: tuple[str, ...]
    result_columns: tuple[str, ...]
    date_form: str
    resident_id_type: str
    settled: str
    returned: str
    reasons: Mapping[str, str]

    def write(self, header: OrderHeader, lines: Iterable[OrderLine]) -> bytes:
        """The payment file for the bank, the same bytes for the same batch."""
        first = [
            self.order_marker,
            header.batch,
            guarded(header.payer),
            header.value_on.strftime(self.date_form),
            header.currency,
            str(header.lines_count),
            plain_amount(header.amount_fen),
        ]
        rows = ([self._order_cells(line)[name] for name in self.order_columns] for line in lines)
        return encode_rows([first, *rows], self.encoding, with_bom=self.with_bom)

    def _order_cells(self, line: OrderLine) -> dict[str, str]:
        return {
            "sequence": str(line.sequence),
            "account": line.account,
            "name": guarded(line.name),
            "id_type": self.resident_id_type,
            "id_number": line.resident_id,
            "amount": plain_amount(line.amount_fen),
            "purpose": guarded(line.purpose),
            "reference": line.reference,
        }

    def read_result(self, content: bytes) -> ResultContent:
        """The bank's answer, row by row; a bad row doesn't spoil the others.

        Raises BankFileEncoding, BankFileFormat, BankFileTruncated for the file as a whole.
        """
        rows = decode_rows(content, self.result_marker, self.encoding)
        head, tail = rows[0], rows[-1]
        if len(rows) < 2 or not tail or tail[0] != self.trailer_marker:
            raise BankFileTruncated("文件不完整：没有结尾的合计行，请重新下载后再提交。")
        if head is None or len(head) != _RESULT_HEADER_CELLS or head[0] != self.result_marker:
            raise BankFileFormat("文件首行不符合该银行的回盘格式。")
        lines = tuple(self._line(row, cells) for row, cells in enumerate(rows[1:-1], start=2))
        require_totals(read_trailer(tail), lines)
        return ResultContent(head[1], lines)

    def _line(self, row: int, cells: list[str] | None) -> FileLine:
        if cells is None or len(cells) != len(self.result_columns):
            return Malformed(row)
        cell = dict(zip(self.result_columns, cells, strict=True))
        amount_fen, on = fen_of(cell["amount"]), self._date(cell["date"])
        arrived = cell["status"] == self.settled and not cell["reason"]
        legible = _REFERENCE.fullmatch(cell["reference"]) and _SERIAL.fullmatch(cell["serial"])
        if amount_fen is None or on is None or not legible:
            return Malformed(row)
        if not arrived and cell["status"] != self.returned:
            return Malformed(row)
        reason = None if arrived else self.reasons.get(cell["reason"], OTHER_REASON)
        return ResultLine(row, cell["reference"], amount_fen, reason, cell["serial"], on)

    def _date(self, text: str) -> date | None:
        """The day, in exactly the bank's form: the parser alone would also take 202448."""
        try:
            day = datetime.strptime(text, self.date_form).replace(tzinfo=CHINA).date()
        except ValueError:
            return None
        return day if day.strftime(self.date_form) == text else None

    # --- the bank's side, for trials and tests ---------------------------------------------------

    def read_order(self, content: bytes) -> tuple[OrderHeader, tuple[OrderLine, ...]]:
        """The payment file as the bank reads it; raises the same refusals, and for wrong totals."""
        head, *rows = decode_rows(content, self.order_marker, self.encoding)
        if head is None or len(head) != _ORDER_HEADER_CELLS:
            raise BankFileFormat("文件首行不符合该银行的代发格式。")
        _, batch, payer, value_on, currency, count, amount = head
        lines = tuple(self._order_line(cells) for cells in rows)
        amount_fen, day = fen_of(amount), self._date(value_on)
        sum_fen = sum(line.amount_fen for line in lines)
        if day is None or (count, amount_fen) != (str(len(lines)), sum_fen):
            raise BankFileTruncated("文件合计与明细不符。")
        return OrderHeader(batch, payer, day, len(lines), sum_fen, currency), lines

    def _order_line(self, cells: list[str] | None) -> OrderLine:
        if cells is None or len(cells) != len(self.order_columns):
            raise BankFileTruncated("文件中有不完整的明细行。")
        cell = dict(zip(self.order_columns, cells, strict=True))
        amount_fen = fen_of(cell["amount"])
        if amount_fen is None or not _COUNT.fullmatch(cell["sequence"]):
            raise BankFileTruncated("文件中有不完整的明细行。")
        return OrderLine(
            int(cell["sequence"]),
            cell["account"],
            cell["name"],
            cell["id_number"],
            amount_fen,
            cell["purpose"],
            cell["reference"],
        )

    def write_result(self, batch: str, outcomes: Sequence[BankOutcome]) -> bytes:
        """A result file as the bank writes it."""
        codes = {reason: code for code, reason in self.reasons.items()}
        rows = [[self._result_cells(o, codes)[n] for n in self.result_columns] for o in outcomes]
        arrived = [o.amount_fen for o in outcomes if o.reason is None]
        failed = [o.amount_fen for o in outcomes if o.reason is not None]
        totals = [
            self.trailer_marker,
            str(len(arrived)),
            plain_amount(sum(arrived)),
            str(len(failed)),
            plain_amount(sum(failed)),
        ]
        return encode_rows(
            [[self.result_marker, batch], *rows, totals], self.encoding, with_bom=self.with_bom
        )

    def _result_cells(self, outcome: BankOutcome, codes: Mapping[str, str]) -> dict[str, str]:
        return {
            "sequence": str(outcome.sequence),
            "reference": outcome.reference,
            "amount": plain_amount(outcome.amount_fen),
            "status": self.settled if outcome.reason is None else self.returned,
            "reason": "" if outcome.reason is None else codes.get(outcome.reason, ""),
            "serial": outcome.bank_serial,
            "date": outcome.on.strftime(self.date_form),
        }
