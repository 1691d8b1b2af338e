"""All rows, in the table's order."""

from bench import accounting, appending, crews, on_files, proving, rebuilding, starting
from bench.stage import Row

ROWS: tuple[Row, ...] = (
    Row("append", appending.postgres),
    Row("writers", crews.four_writers),
    Row("sqlite", on_files.sqlite),
    Row("rebuild", rebuilding.rebuild),
    Row("signed", accounting.signed),
    Row("sealed", accounting.sealed),
    Row("verify", proving.verification),
    Row("inclusion", proving.inclusion),
    Row("start", starting.start),
)
