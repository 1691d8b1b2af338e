"""`yingbao demo`: a synthetic district's month, played through the real doors, then checked."""

import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from services.demo import summary as summaries
from services.demo.applying import Cases
from services.demo.cast import Cast, cast, standards_of
from services.demo.choice import Choices
from services.demo.district import units_on
from services.demo.enduring import enduring
from services.demo.identifiers import HOUSEHOLD_MAX
from services.demo.month import Month
from services.demo.opening import open_district
from services.demo.paying import PROGRAMME, Paying
from services.demo.preparing import Plan, open_clock, prepare
from services.demo.schedule import Schedule, schedule
from services.demo.stage import Stage
from services.reporting.documents import monthly_table_xlsx
from services.runtime.documents import write_private
from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.running_site import RunningSite, open_site
from services.runtime.verifying import verify_log
from shared.calendar import WorkCalendar
from shared.clock import FileClock
from shared.facts.reporting import TownshipRow
from shared.policy.loader import load_policy

PATIENCE_SECONDS = 120.0  # services that are being restarted are waited for


def run(home: Home, plan: Plan, console: Console, *, resume: bool = False) -> summaries.Summary:
    """Play a month in this site and check the books.

    A former embedded demo there is replaced; a distributed site is played on once, its services
    running.
    """
    path = home.path
    started = time.monotonic()
    days = schedule(plan.month, WorkCalendar())
    # What can't be played is refused before anything of a former demo is touched.
    standards_of(load_policy(home.policy), days.pay_month)
    units_on(days.decide[0])
    prepare(home, plan, days, console, resume=resume)

    def play() -> tuple[summaries.Summary, tuple[TownshipRow, ...], Cast]:
        return _play_and_count(home, plan, days, console, started)

    # Servers can be away for a moment; an embedded site's files are there or broken.
    played = play() if home.settings is None else enduring(play, console)
    summary, table, company = played
    summary.write(path / "summary.json")
    summaries.show(console, summary, table, {unit.code: unit.name for unit in company.units})
    return summary


def _play_and_count(
    home: Home, plan: Plan, days: Schedule, console: Console, started: float
) -> tuple[summaries.Summary, tuple[TownshipRow, ...], Cast]:
    """From the first command to the verified logs; whatever was done before is found done."""
    path = home.path
    with open_site(home, PATIENCE_SECONDS) as site:
        open_clock(site, days)
        company = cast(
            Choices(plan.seed),
            min(plan.households, HOUSEHOLD_MAX),
            days,
            site.site.policy,
            _folder(path, "sheets"),
        )
        rows_bad = _play(site, plan, company, days, console)
        _write_table(site, company, days)
        money = summaries.books(site, PROGRAMME, days.pay_month)
        table = summaries.table(site, PROGRAMME, days.pay_month)
        counted, forks = summaries.counts(site), summaries.forks_taken(site)
    reports = [verify_log(home, d.name) for d in DEFINITIONS]
    summary = summaries.Summary(
        month=plan.month,
        pay_month=days.pay_month,
        households=plan.households,
        seed=plan.seed,
        **counted,
        forks=forks,
        rows_bad=rows_bad,
        roster_lines=sum(row.approved_count for row in money),
        approved_fen=sum(row.approved_fen for row in money),
        paid_fen=sum(row.paid_fen for row in money),
        returned_fen=sum(row.returned_fen for row in money),
        pending_fen=sum(row.pending_fen for row in money),
        facts={report.log: report.size for report in reports},
        roots={report.log: report.root.hex() for report in reports},
        verified=summaries.reports_hold(reports),
        conserved=summaries.conserved(money, table),
        seconds=round(time.monotonic() - started, 1),
    )
    return summary, table, company


def _play(site: RunningSite, plan: Plan, company: Cast, days: Schedule, console: Console) -> int:
    path = site.home.path
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"{days.month} 申请与审核", total=_steps(company))
        stage = Stage(
            site,
            FileClock(site.home.clock_file),
            Choices(plan.seed),
            lambda count: progress.advance(task, count),
        )
        open_district(stage, company.units, company.staff)
        month = Month(stage, company, days, Cases(), {}, days.decide[0])
        month.play()
        progress.update(task, description=f"{days.pay_month} 花名册与发放")
        Paying(stage, company, days, month.cases, path).play()
        month.finish()
        progress.update(task, completed=_steps(company))
        _freeze(stage, company, days)
        stage.rest()
    return sum(taken.reading.rows_bad for taken in month.imported.values())


def _steps(company: Cast) -> int:
    """Roughly how many steps the bar counts: eight for a household."""
    return 8 * len(company.everyone())


def _freeze(stage: Stage, company: Cast, days: Schedule) -> None:
    stage.rest()
    stage.do(
        company.staff.district.civil_affairs[2],
        "freeze_monthly_table",
        (days.pay_month,),
        programme=PROGRAMME,
        month=days.pay_month,
    )


def _write_table(site: RunningSite, company: Cast, days: Schedule) -> None:
    names = {unit.code: unit.name for unit in company.units}
    rows = summaries.table(site, PROGRAMME, days.pay_month)
    content = monthly_table_xlsx(rows, names, days.pay_month, PROGRAMME, "淮阳区民政局")
    write_private(site.home.path / "tables" / f"低保月报-{days.pay_month}.xlsx", content)


def _folder(path: Path, name: str) -> Path:
    folder = path / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
