"""All rows, in the table's order."""

from bench.stage import Row

ROWS: tuple[Row, ...] = ()
