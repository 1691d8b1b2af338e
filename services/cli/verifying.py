"""Is every log what it was when it was signed?"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from services.cli.errors import sentence_of
from services.runtime.books import differences
from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.stamps import stamp
from services.runtime.verifying import log_size, verify_log
from shared.log.note import NOTE_CHARS_MAX, Note, NoteError
from shared.log.verification import Finding, Kind, Report, unreadable
from shared.settings import Settings


@click.command()
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint kept elsewhere; the log must extend it. May be repeated.",
)
@click.option("--log", "only", help="Verify this service's log only, e.g. review.")
@click.option("--books", is_flag=True, help="Also hold the tables beside each log against it.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many read a log's facts; by itself one, on a long log up to four. Same report.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
@click.pass_obj
def verify(
    settings: Settings,
    checkpoints: tuple[Path, ...],
    only: str | None,
    books: bool,
    processes: int | None,
    as_json: bool,
) -> None:
    """Verify every log of the site against its signatures, its signer's record and its copy.

    Reads all of each log once with flat memory: columns are derived again from the bodies, leaves,
    tiles, roots and signatures recomputed, and the record that reporting keeps, which `yingbao log`
    reads, is held to the same. Names the first wrong position and the kind of wrong. Readers are
    welcome while the site runs.

    With --books the tables that doors decide by (appointments, entitlements, rosters) are made anew
    from the facts, in a copy, and compared row by row; best while the site rests.

    What was found is stamped into verified/ of the site's folder, for metrics to show its age.

    Exit status 0: all holds. 1: something is wrong, and it is printed.
    """
    home = Home.of(settings)
    code = home.charter().code
    handed = [_note(path) for path in checkpoints]
    names = [d.name for d in DEFINITIONS if only in (None, d.name, f"{code}/{d.name}")]
    if not names:
        raise click.UsageError(f"没有这个日志：{only}")
    unknown = {n.checkpoint.origin for n in handed} - {f"{code}/{name}" for name in names}
    if unknown:
        raise click.ClickException(f"交来的检查点不属于要核验的日志：{'、'.join(sorted(unknown))}")
    reports = _verify_all(
        home, names, partial(verify_log, home, handed=handed, processes=processes)
    )
    if books:
        reports = [_with_books(home, report) for report in reports]
    for report in reports:
        stamp(home, report.log.rpartition("/")[2], report)
    (_print_json if as_json else _print)(reports)
    raise click.exceptions.Exit(0 if all(report.ok for report in reports) else 1)


def _note(path: Path) -> Note:
    with path.open("rb") as file:
        raw = file.read(4 * NOTE_CHARS_MAX)  # whatever it is, not more than a note can be
    try:
        return Note.parse(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NoteError(f"{path} is no text") from error


def _verify_all(home: Home, names: list[str], work: Callable[..., Report]) -> list[Report]:
    columns = (TextColumn("核验 {task.description}"), BarColumn(), MofNCompleteColumn())
    reports, console = [], Console(stderr=True)
    unseen = not console.is_terminal  # in a file or a mail a bar is an empty line
    with Progress(*columns, console=console, transient=True, disable=unseen) as progress:
        for name in names:
            task = progress.add_task(name, total=None)
            reports.append(_verify_one(home, name, work, partial(_tell, progress, task)))
    return reports


def _verify_one(
    home: Home, name: str, work: Callable[..., Report], tell: Callable[..., None]
) -> Report:
    """One log's report, whatever state its files are in: the others are to be reported, too."""
    try:
        tell(total=log_size(home, name))
        return work(name, progress=lambda done: tell(done=done))
    except Exception as error:
        # Also what nobody has foreseen: an attacker's rows end in a finding, never a traceback.
        said = sentence_of(error) or f"核验中断：{type(error).__name__}: {error}"
        return unreadable(f"{home.charter().code}/{name}", said)


def _with_books(home: Home, report: Report) -> Report:
    """The report, with what the service's tables say otherwise than its facts."""
    definition = next(d for d in DEFINITIONS if report.log.endswith(f"/{d.name}"))
    try:
        said = [
            f"数据表 {found.table} 与日志不符：多出 {found.only_here} 行，缺少 {found.only_there} 行"
            for found in differences(home, definition)
        ]
    except Exception as error:
        said = [sentence_of(error) or f"无法由日志重建数据表：{type(error).__name__}"]
    findings = tuple(Finding(None, Kind.BOOKS_DIFFER, sentence) for sentence in said)
    return replace(report, ok=report.ok and not findings, findings=report.findings + findings)


def _tell(
    progress: Progress, task: TaskID, total: int | None = None, done: int | None = None
) -> None:
    progress.update(task, total=total, completed=done)


def _print_json(reports: list[Report]) -> None:
    shown = [
        {
            "log": r.log,
            "ok": r.ok,
            "size": r.size,
            "root": r.root.hex(),
            "unsigned": r.unsigned_count,
            "checkpoints": r.checkpoint_count,
            "findings": [
                {"position": f.position, "kind": f.kind, "sentence": f.sentence} for f in r.findings
            ],
            "warnings": list(r.warnings),
        }
        for r in reports
    ]
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    click.echo(text if _printable(text) == text else json.dumps(shown, indent=2))


def _printable(text: str) -> str:
    """The text as this output can take it: the database may hold what is no text at all."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _print(reports: list[Report]) -> None:
    for report in reports:
        for line in _lines(report):
            click.echo(_printable(line))


def _lines(report: Report) -> Iterator[str]:
    unsigned = f"，末尾 {report.unsigned_count} 条待签" if report.unsigned_count else ""
    state = "完好" if report.ok else "有误"
    if report.root:
        yield (
            f"{state}  {report.log}  {report.size} 条，{report.checkpoint_count} 个检查点"
            f"{unsigned}  根 {report.root.hex()}"
        )
    else:
        yield f"{state}  {report.log}  读不到底"
    for finding in report.findings:
        where = "" if finding.position is None else f"位置 {finding.position}："
        yield f"      {where}{finding.sentence} [{finding.kind}]"
    for warning in report.warnings:
        yield f"      提示：{warning}"
