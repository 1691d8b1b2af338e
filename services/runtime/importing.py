"""Taking a township's spreadsheet in: read it, then knock at intake's door for each household."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from services.intake.read_models import EarlierAnswer, earlier_answers, untold
from services.intake.spreadsheet.marked import marked_copy
from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.problems import Problem
from services.intake.spreadsheet.read import read_sheet
from services.intake.spreadsheet.refusals import SheetRefused
from services.intake.spreadsheet.requests import Request, ask_id, requests, submit_id
from services.runtime.running_site import RunningSite
from shared.answer import Answer
from shared.clock import day_of
from shared.service import Service

FILE_MAX = 32 * 1024 * 1024
TOKEN_EVERY = 200  # commands; a long file outlives one token
Progress = Callable[[int, int], None]


def no_progress(_done: int, _all: int) -> None:
    """Nobody watches."""


class SheetFileTooLarge(SheetRefused):
    """The file is larger than any roster of a township."""

    code = "SHEET_TOO_LARGE"


@dataclass(frozen=True, slots=True)
class Taken:
    """A good household and the door's answer; `known`: it was answered in an earlier import."""

    request: Request
    answer: Answer
    known: bool

    @property
    def case(self) -> str:
        """The case it became."""
        return _case(self.answer)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: the reading, and what came of each good household."""

    reading: SheetReading
    taken: tuple[Taken, ...]

    @property
    def applications(self) -> tuple[Taken, ...]:
        """Households whose application was submitted now."""
        return tuple(t for t in self.taken if t.answer.done and not t.known)

    @property
    def known(self) -> tuple[Taken, ...]:
        """Households of which an earlier import made an application."""
        return tuple(t for t in self.taken if t.answer.done and t.known)

    @property
    def refused(self) -> tuple[Taken, ...]:
        """Households that were read well but refused at the door."""
        return tuple(t for t in self.taken if not t.answer.done)


def read_file(path: Path) -> bytes:
    """The file's bytes; one too large is refused, whatever it says of its size."""
    with path.open("rb") as file:
        content = file.read(FILE_MAX + 1)
    if len(content) > FILE_MAX:
        raise SheetFileTooLarge(f"文件超过 {FILE_MAX // 1024 // 1024} MB，不是一份花名册。")
    return content


def import_sheet(
    site: RunningSite,
    content: bytes,
    township: str,
    officer: str,
    token: Callable[[], str],
    progress: Progress = no_progress,
    *,
    retry: bool = False,
) -> Imported:
    """Take a sheet in as this officer. Raises a refusal when the file as a whole can't be read.

    Bad rows are problems of the reading; the good households of the same file go on. What was
    taken before, by whomever, is not asked again; what was refused before is, with `retry`.
    """
    today = day_of(site.site.clock.now())
    reading = read_sheet(content, today)
    asked = requests(reading.households, township, today)
    attempt = Attempt(site, officer, token, today.isoformat() if retry else None)
    taken = attempt.submit(asked, progress)
    attempt.tell_what_is_missing([t.case for t in taken if t.answer.done])
    site.settle()
    return Imported(reading, tuple(taken))


@dataclass(slots=True)
class Attempt:
    """One officer's try at a sheet's households."""

    site: RunningSite
    officer: str
    token: Callable[[], str]
    retry_on: str | None
    given: int = 0
    actor: str = ""

    def submit(self, asked: Sequence[Request], progress: Progress) -> list[Taken]:
        """Knock for each household that has no answer yet."""
        ids = [submit_id(r, *more) for r in asked for more in ((), (self.officer,))]
        with self._intake.database.read() as conn:
            earlier = earlier_answers(conn, ids)
        taken = []
        for number, request in enumerate(asked, start=1):
            taken.append(self._submit(request, earlier))
            progress(number, len(asked))
        return taken

    def _submit(self, request: Request, earlier: Mapping[str, EarlierAnswer]) -> Taken:
        """The first to bring a content gives it its id; who brings it again adds their own."""
        first, mine = submit_id(request), submit_id(request, self.officer)
        known = self._known(earlier.get(first), earlier.get(mine))
        if known is not None:
            return Taken(request, known, known=True)
        if first not in earlier:
            command_id = first
        elif self.retry_on is None:
            command_id = mine
        else:
            command_id = submit_id(request, self.officer, self.retry_on)
        answer = self._give("submit_application", request.payload, command_id)
        return Taken(request, answer, known=False)

    def _known(self, first: EarlierAnswer | None, mine: EarlierAnswer | None) -> Answer | None:
        """The answer that stands, unless a refusal is to be asked again."""
        for earlier in (first, mine):
            if earlier is not None and earlier.answer.done:
                return earlier.answer
        if self.retry_on is not None:
            return None
        if mine is not None:
            return mine.answer
        return first.answer if first is not None and first.officer == self.officer else None

    def tell_what_is_missing(self, cases: Sequence[str]) -> None:
        """The one list, for every household of the file that hasn't been told (57号 Art 10)."""
        with self._intake.database.read() as conn:
            waiting = untold(conn, cases)
        for case in cases:
            if case in waiting:
                self._give("request_supplement", {"case": case}, ask_id(case))

    def _give(self, name: str, payload: dict[str, Any], command_id: str) -> Answer:
        if self.given % TOKEN_EVERY == 0:
            self.actor = self.token()
        self.given += 1
        return self.site.execute(name, payload, self.actor, command_id)

    @property
    def _intake(self) -> Service:
        return self.site.services["intake"]


def _case(answer: Answer) -> str:
    return (answer.stream or "").removeprefix("application/")


def marked(content: bytes, imported: Imported) -> bytes:
    """A copy of the sheet with every problem marked, the door's refusals among them."""
    refused = tuple(
        Problem(t.request.first_row, "", "", t.answer.code or "", said(t.answer))
        for t in imported.refused
    )
    reading = replace(imported.reading, problems=imported.reading.problems + refused)
    return marked_copy(content, reading)


def said(answer: Answer) -> str:
    """The door's sentence, with the fields it names."""
    fields = "；".join(f"{name}：{why}" for name, why in answer.details.items())
    return f"{answer.sentence}{'（' + fields + '）' if fields else ''}"
