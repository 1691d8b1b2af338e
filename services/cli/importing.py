"""Taking a township's spreadsheet in."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from services.runtime.documents import write_private
from services.runtime.home import Home
from services.runtime.importing import Imported, import_sheet, marked, read_file, said
from services.runtime.officers import officer_of_token, trial_officer
from services.runtime.running_site import open_site
from shared.resident_id import REGION_ELSEWHERE
from shared.settings import Settings

SHOWN_MAX = 50
WARNINGS = {REGION_ELSEWHERE: "身份证号码的地区代码不属于本区，请核对户籍"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--township", required=True, help="Township code, e.g. 411603101.")
@click.option("--token", "actor", envvar="YINGBAO_TOKEN", help="The case officer's token.")
@click.option(
    "--marked",
    "marked_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the marked-up copy goes (default: beside FILE, when rows are bad).",
)
@click.option("--retry", is_flag=True, help="Ask again for households refused before.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def import_(settings: Settings, file: Path, township: str, actor: str | None,
            marked_file: Path | None, retry: bool, as_json: bool) -> None:  # fmt: skip
    """Take in FILE.xlsx, a township's list of applicants as its officer keeps it.

    Columns may stand in any order and under their usual names; title rows, merged cells, subtotals
    and empty lines are understood. Each household whose rows are good becomes an application with
    its one list of missing materials. Each bad row is reported with row, column and reason, also
    on a marked-up copy of the sheet. The same file twice adds nothing.

    Without --token, and on a trial site only, the township's first case officer is taken.

    Exit status: 0 when the file was taken in (bad rows are reported, the good ones go on);
    1 when it was refused as a whole, or when no household could be taken in.
    """
    if marked_file is not None and marked_file.resolve() == file.resolve():
        raise click.UsageError("--marked 不能指向原表：原表要保持原样。")
    content = read_file(file)
    with open_site(Home.of(settings)) as site:
        officer = officer_of_token(site, actor) if actor else trial_officer(site, township)
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task(f"导入 {file.name}", total=None)
            taken = import_sheet(
                site,
                content,
                township,
                officer,
                lambda: actor or site.token(officer),
                lambda done, total: progress.update(task, completed=done, total=total),
                retry=retry,
            )
        site.checkpoint()
    copy = _write_marked(content, taken, file, marked_file)
    (_print_json if as_json else _print)(taken, copy)
    sys.exit(0 if _holds(taken) else 1)


def _holds(taken: Imported) -> bool:
    nothing_good = not taken.reading.households and taken.reading.problems
    nothing_taken = taken.refused and not taken.applications and not taken.known
    return not nothing_good and not nothing_taken


def _write_marked(content: bytes, taken: Imported, file: Path, target: Path | None) -> Path | None:
    if not taken.reading.problems and not taken.refused:
        return None
    path = target or file.with_name(f"{file.stem}-导入结果.xlsx")
    try:
        write_private(path, marked(content, taken))
    except OSError as error:  # the households are taken in; their report must not be lost
        click.echo(
            f"无法写入标注后的表格 {path}：{error.strerror}。可用 --marked 另指定位置。", err=True
        )
        return None
    return path


def _report(taken: Imported, copy: Path | None) -> dict[str, object]:
    reading = taken.reading
    return {
        "sheet": reading.sheet,
        "rows_read": reading.rows_read,
        "rows_bad": reading.rows_bad,
        "rows_held": reading.rows_held,
        "rows_skipped": asdict(reading.rows_skipped),
        "households_good": len(reading.households),
        "households_bad": reading.households_bad,
        "applications": len(taken.applications),
        "already": len(taken.known),
        "refused": [
            {"row": t.request.first_row, "code": t.answer.code, "sentence": said(t.answer)}
            for t in taken.refused
        ],
        "problems": [asdict(problem) for problem in reading.problems],
        "notices": [asdict(notice) for notice in reading.notices],
        "warnings": [{"row": row, "warning": text} for row, text in _warnings(taken)],
        "cases": [t.case for t in taken.applications],
        "marked": str(copy) if copy else None,
    }


def _warnings(taken: Imported) -> list[tuple[int, str]]:
    """What was taken all the same, such as an ID number of another region."""
    return [
        (member.row, WARNINGS.get(text, text))
        for household in taken.reading.households
        for member in household.members
        for text in member.warnings
    ]


def _print_json(taken: Imported, copy: Path | None) -> None:
    click.echo(json.dumps(_report(taken, copy), ensure_ascii=False, indent=2))


def _print(taken: Imported, copy: Path | None) -> None:
    reading, console = taken.reading, Console()
    console.print(
        f"工作表“{reading.sheet}”：读取 {reading.rows_read} 行，"
        f"有误 {reading.rows_bad} 行，因同户有误暂缓 {reading.rows_held} 行；"
        f"新提交申请 {len(taken.applications)} 户，此前已导入 {len(taken.known)} 户，"
        f"被退回 {len(taken.refused)} 户。"
    )
    problems = [
        *((p.row, p.column, p.title, p.reason) for p in reading.problems),
        *((t.request.first_row, "", "", said(t.answer)) for t in taken.refused),
    ]
    if problems:
        table = Table("行", "列", "栏目", title="需要修改的内容")
        table.add_column("问题", overflow="fold")
        for row, column, title, reason in problems[:SHOWN_MAX]:
            table.add_row(str(row) if row else "-", column, title, reason)
        console.print(table)
        if len(problems) > SHOWN_MAX:
            console.print(f"……另有 {len(problems) - SHOWN_MAX} 条，见标注后的表格。")
    skipped = reading.rows_skipped
    console.print(
        f"略过 {skipped.total} 行：空行 {skipped.empty}，小计合计 {skipped.subtotal}，"
        f"重复表头 {skipped.header}，表尾 {skipped.footer}。"
    )
    for notice in reading.notices:
        console.print(f"说明：{notice.reason}")
    warnings = _warnings(taken)
    if warnings:
        row, text = warnings[0]
        console.print(
            f"提示 {len(warnings)} 条（不影响导入，--json 可看全部），如第 {row} 行：{text}。"
        )
    if copy:
        console.print(f"标注后的表格：{copy}")
