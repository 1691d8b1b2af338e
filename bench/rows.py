"""All rows, in the table's order."""

from bench import (
    accounting,
    appending,
    carrying,
    commanding,
    crews,
    deciding,
    demos,
    following,
    on_files,
    proving,
    rebuilding,
    rosters,
    sheets,
    starting,
)
from bench.stage import Row

ROWS: tuple[Row, ...] = (
    Row("append", appending.postgres),
    Row("writers", crews.four_writers),
    Row("sqlite", on_files.sqlite),
    Row("rebuild", rebuilding.rebuild),
    Row("carried", carrying.carried),
    Row("embedded", following.embedded),
    Row("signed", accounting.signed),
    Row("sealed", accounting.sealed),
    Row("verify", proving.verification),
    Row("inclusion", proving.inclusion),
    Row("command", commanding.commands),
    Row("decide", deciding.decide),
    Row("roster", rosters.rosters),
    Row("sheet", sheets.sheets),
    Row("demo", demos.demo),
    Row("start", starting.start),
)
