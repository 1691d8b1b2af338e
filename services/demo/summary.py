"""What the month came to: counted from the record and the books, not from the play."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from services.demo.forks import FORKS, Fork
from services.payments.read_models import Totals, totals
from services.reporting.read_models import monthly_table
from services.runtime.running_site import RunningSite
from shared.codec import decode
from shared.facts.reporting import TownshipRow
from shared.log.verification import Report
from shared.money import yuan_text

COUNTED = {
    "applications": "intake.application_submitted",
    "accepted": "intake.application_accepted",
    "supplements_requested": "intake.supplement_requested",
    "confirmed": "review.eligibility_confirmed",
    "declined": "review.eligibility_declined",
    "objections": "review.objection_raised",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The month's figures; money in fen; `roots` in hex, per log; `forks` see `forks.FORKS`."""

    month: str
    pay_month: str
    households: int
    seed: int
    applications: int
    accepted: int
    supplements_requested: int
    confirmed: int
    declined: int
    objections: int
    forks: dict[str, int]
    rows_bad: int
    roster_lines: int
    approved_fen: int
    paid_fen: int
    returned_fen: int
    pending_fen: int
    facts: dict[str, int]
    roots: dict[str, str]
    verified: bool
    conserved: bool
    seconds: float

    def write(self, path: Path) -> None:
        """As JSON, in one move."""
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", "utf-8")
        fresh.replace(path)


def counts(site: RunningSite) -> dict[str, int]:
    """How often each counted fact stands in the record."""
    with site.services["reporting"].database.read() as conn:
        found = {
            r.name: int(r.occurrences)
            for r in conn.execute(_COUNTS, {"names": [*COUNTED.values()]})
        }
    return {key: found.get(name, 0) for key, name in COUNTED.items()}


def forks_taken(site: RunningSite) -> dict[str, int]:
    """How many streams of the record show each fork: a household's case, or a refusal."""
    shown: dict[str, set[str]] = {fork.code: set() for fork in FORKS}
    with site.services["reporting"].database.read() as conn:
        for name, forks in _by_fact().items():
            for row in conn.execute(_FACTS, {"name": name}):
                fact = decode(row.body).fact
                for fork in forks:
                    if fork.shown(fact):
                        shown[fork.code].add(row.stream)
    return {code: len(streams) for code, streams in shown.items()}


def _by_fact() -> dict[str, list[Fork]]:
    found: dict[str, list[Fork]] = defaultdict(list)
    for fork in FORKS:
        found[fork.fact.name].append(fork)
    return found


_FACTS = sa.text("SELECT stream, body FROM mirror_fact WHERE name = :name")
_COUNTS = sa.text(
    "SELECT name, count(*) AS occurrences FROM mirror_fact WHERE name IN :names GROUP BY name"
).bindparams(sa.bindparam("names", expanding=True))


def books(site: RunningSite, programme: str, month: str) -> tuple[Totals, ...]:
    """Each township's money as payments has it."""
    with site.services["payments"].database.read() as conn:
        return totals(conn, programme, month)


def table(site: RunningSite, programme: str, month: str) -> tuple[TownshipRow, ...]:
    """Each township's month as reporting has it."""
    with site.services["reporting"].database.read() as conn:
        return monthly_table(conn, programme, month)


def conserved(mine: Sequence[Totals], theirs: Sequence[TownshipRow]) -> bool:
    """approved = paid + returned + pending in every township, by both houses' books alike."""
    kept = {r.township: (r.approved_fen, r.paid_fen, r.returned_fen, r.pending_fen)
            for r in theirs if r.approved_fen}  # fmt: skip
    paid = {t.township: (t.approved_fen, t.paid_fen, t.returned_fen, t.pending_fen)
            for t in mine if t.approved_fen}  # fmt: skip
    return kept == paid and all(row.conserved for row in mine)


def show(
    console: Console, summary: Summary, rows: Sequence[TownshipRow], names: dict[str, str]
) -> None:
    """The table that a bureau chief reads."""
    sheet = Table(title=f"{summary.pay_month} 低保资金发放情况（按乡镇、街道）", show_footer=True)
    columns = ("乡镇（街道）", "新增户", "退出户", "月末户数", "月末人数",
               "核定（元）", "已发（元）", "退回（元）", "待发（元）")  # fmt: skip
    money = [r for r in rows if r.end_households or r.approved_fen]
    sums = [sum(getattr(r, name) for r in money) for name in _FIELDS]
    texts = ["合计", *(_text(name, value) for name, value in zip(_FIELDS, sums, strict=True))]
    for title, foot in zip(columns, texts, strict=True):
        sheet.add_column(title, footer=foot, justify="left" if title == columns[0] else "right")
    for row in money:
        cells = [_text(name, getattr(row, name)) for name in _FIELDS]
        sheet.add_row(names.get(row.township, row.township), *cells)
    console.print(sheet)
    console.print(_forks(summary))
    console.print(
        f"申请 {summary.applications} 户，受理 {summary.accepted}，确认 {summary.confirmed}，"
        f"不予确认 {summary.declined}，异议 {summary.objections}，花名册 {summary.roster_lines} 行；"
        f"事实 {sum(summary.facts.values())} 条，"
        f"日志{'全部核验无误' if summary.verified else '核验有误'}，"
        f"资金{'收支相符' if summary.conserved else '不相符'}，用时 {summary.seconds:.1f} 秒。"
    )


def _forks(summary: Summary) -> Table:
    """Which way how many households went."""
    sheet = Table(title=f"{summary.month} 办理路径（户）")
    for title in ("环节", "依据", "户数"):
        sheet.add_column(title, justify="right" if title == "户数" else "left")
    for fork in FORKS:
        sheet.add_row(fork.title, fork.article, str(summary.forks[fork.code]))
    return sheet


_FIELDS = ("new_households", "exit_households", "end_households", "end_persons",
           "approved_fen", "paid_fen", "returned_fen", "pending_fen")  # fmt: skip


def _text(name: str, value: int) -> str:
    return yuan_text(value) if name.endswith("_fen") else str(value)


def reports_hold(reports: Sequence[Report]) -> bool:
    """Whether every log verified."""
    return all(report.ok for report in reports)
