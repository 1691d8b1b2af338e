"""The limits of a case, and counting working days, without a site."""

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from services.cli.answering import print_json, refused_as_json
from services.cli.parameters import unit_code
from services.review.domain.road import CALENDAR, Limit, Road, circumstances, road
from services.review.domain.steps import Circumstances, Moment
from services.runtime.home import Home
from services.runtime.policies import policy_of_site, with_file
from shared.calendar import WorkCalendar
from shared.policy.units import NotInUnit, day_from_text
from shared.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
LEGAL_BASIS = "devolution.legal_basis"
COUNT_MAX = 3660
WAITING = {
    CALENDAR: "该年工作日安排公布",
    Moment.SURVEY_DONE: "调查结束",
    Moment.VERIFICATION_REQUESTED: "提请信息核对",
    Moment.NOTICE_POSTED: "张贴公示",
    Moment.NOTICE_ENDED: "公示期满",
    Moment.OBJECTION_RAISED: "提出异议",
    Moment.NOTICE_POSTED_AGAIN: "再次张贴公示",
    Moment.FILE_RECEIVED: "县级收到材料",
    Moment.SECOND_NOTICE_POSTED: "张贴拟批准公示",
    Moment.SECOND_NOTICE_ENDED: "拟批准公示期满",
    Moment.DECIDED: "作出决定",
    Moment.DECISION_SERVED: "送达决定",
}


def _moments(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[Moment, date]:
    """MOMENT=DATE, several; wrong words where one is neither."""
    found: dict[Moment, date] = {}
    for text in given:
        moment, _, day = text.partition("=")
        if moment not in WAITING or moment == CALENDAR or moment in found:
            known = "、".join(one for one in WAITING if one != CALENDAR)
            raise click.BadParameter(f"每种时点写一次，可用：{known}。", ctx, param)
        try:
            found[Moment(moment)] = day_from_text(day)
        except NotInUnit as error:
            raise click.BadParameter(str(error), ctx, param) from error
    return found


@click.command()
@click.option(
    "--programme",
    type=click.Choice(["subsistence_allowance"], case_sensitive=False),
    required=True,
    help="subsistence_allowance: 低保.",
)
@click.option(
    "--accepted", type=DAY, required=True, help="The day of acceptance (受理), 2024-03-01."
)
@click.option(
    "--devolved", is_flag=True, help="The township decides; without either, as the packs say."
)
@click.option("--not-devolved", is_flag=True, help="The bureau decides.")
@click.option(
    "--extended",
    "reasons",
    metavar="REASON",
    multiple=True,
    help="A special case: objection (公示有异议), residence_elsewhere (人户分离), applied_elsewhere "
    "(异地申办), hard_to_investigate. Several may be given.",
)
@click.option(
    "--happened",
    metavar="MOMENT=DATE",
    multiple=True,
    callback=_moments,
    help="What has happened since, for example decided=2024-04-30: limits that run from it are told.",
)
@click.option(
    "--unit",
    "township",
    metavar="CODE",
    callback=unit_code,
    help="The township, where it has its own rules.",
)
@click.option(
    "--policy",
    "pack",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One more policy file, over what stands.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def deadlines(
    settings: Settings,
    programme: str,
    accepted: datetime,
    devolved: bool,
    not_devolved: bool,
    reasons: tuple[str, ...],
    happened: dict[Moment, date],
    township: str | None,
    pack: Path | None,
    as_json: bool,
) -> None:
    """List every limit of a case from the day of its acceptance, each with its article.

    The day of acceptance picks the procedure: 220号 to 2021-06-30, then 57号, from 2022-10-20 with
    83号. A limit that runs from a later step says which one it waits for. At a site its policy holds;
    no site is needed.

    Exit status 0: there is an answer. 1: refused, with a code and a sentence. 2: wrong words.
    """
    if devolved and not_devolved:
        raise click.UsageError("--devolved 与 --not-devolved 只写一项。")
    calendar, told = WorkCalendar(), devolved if devolved or not_devolved else None
    with refused_as_json(as_json):
        policy = with_file(policy_of_site(Home.of(settings)), pack)
        case = circumstances(policy.at(accepted.date(), township), told, reasons)
        found = road(case, policy, calendar, happened)
    if as_json:
        versions = {"calendar": calendar.version, "policy": policy.digest}
        print_json({"programme": programme, **_road_json(case, found), **versions})
    else:
        _print_road(case, found)


@click.command("working-days")
@click.option("--from", "start", type=DAY, required=True, help="The day that isn't counted.")
@click.option("--count", type=click.IntRange(1, COUNT_MAX), required=True, help="Working days.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def working_days(start: datetime, count: int, as_json: bool) -> None:
    """Count working days from a day, which itself isn't counted (民法典 Art 201).

    Days off and make-up days as the State Council announced them; a year that isn't announced yet
    is refused. No site is needed.
    """
    calendar, from_on = WorkCalendar(), start.date()
    with refused_as_json(as_json):
        due_on = calendar.add_working_days(from_on, count)
    if as_json:
        print_json({"from": from_on.isoformat(), "count": count, "due_on": due_on.isoformat(),
                    "calendar": calendar.version})  # fmt: skip
    else:
        click.echo(f"{from_on} 起（当日不计）第 {count} 个工作日：{due_on}")


def _road_json(case: Circumstances, found: Road) -> dict[str, object]:
    return {
        "accepted_on": case.rules.day.isoformat(),
        "unit": case.rules.township,
        "procedure": found.procedure,
        "devolved": found.devolved,
        "legal_basis": _legal_basis(case),
        "extended": sorted(case.reasons),
        "survey_start_by": _iso(found.due("survey_start")),
        "decide_by": _iso(found.due("decide")),
        "steps": [_limit_json(limit) for limit in found.limits],
    }


def _limit_json(limit: Limit) -> dict[str, object]:
    return {
        "name": limit.step.name,
        "title": limit.step.title,
        "since": limit.step.since,
        "due_on": _iso(limit.due_on),
        "waits_for": limit.waits_for,
        "next_step_on": _iso(limit.next_step_on),
        "optional": limit.optional,
        "count": limit.rule.value,
        "unit": limit.rule.unit,
        "article": limit.basis.citation,
        "certainty": limit.basis.certainty,
        "rule": limit.rule.name,
        "version": limit.rule.version,
    }


def _legal_basis(case: Circumstances) -> str | None:
    """Authorised or entrusted, where the township decides and a pack says which."""
    if not case.devolved or not case.rules.knows(LEGAL_BASIS):
        return None
    return case.rules.choice(LEGAL_BASIS)


def _print_road(case: Circumstances, found: Road) -> None:
    who = "乡镇（街道）审核确认" if found.devolved else "县级审核确认"
    columns = (Column(heading, overflow="fold") for heading in ("步骤", "截止日", "依据"))
    table = Table(*columns, title=f"{case.rules.day} 受理的低保申请，{who}")
    for limit in found.limits:
        title = limit.step.title + ("（可以不办）" if limit.optional else "")
        table.add_row(*map(escape, (title, _day_text(limit), limit.basis.citation)))
    Console().print(table)


def _day_text(limit: Limit) -> str:
    if limit.due_on is None:
        return f"待{WAITING[limit.waits_for or CALENDAR]}"
    after = f"，{limit.next_step_on} 起办理下一步" if limit.next_step_on else ""
    return f"{limit.due_on}{after}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
