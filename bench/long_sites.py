"""Embedded sites whose review log is long, made once for all rows that need one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from bench.millions import fill, sound
from bench.stage import Stage
from services.runtime.embedded import EmbeddedSite
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from shared.sqlite import SqliteDatabase


@dataclass(frozen=True)
class LongLog:
    """A founded site with so many facts in its review log, signed to the end."""

    path: Path
    size: int
    database: SqliteDatabase

    @classmethod
    @cache
    def of(cls, stage: Stage, size: int) -> Self:
        """The one of this size."""
        home, charter = Home(stage.folder / f"site-{size}"), Charter("411603", trial=False)
        found(home, charter)
        log = f"{charter.code}/review"
        if not sound(log):
            raise RuntimeError("the pattern's rows aren't what their bodies say")
        fill(home.database("review"), size, log)
        site = EmbeddedSite.open(home.path)
        site.checkpoint()
        site.close()
        database = SqliteDatabase(home.database("review"))
        stage.things.callback(database.close)
        return cls(home.path, size, database)
