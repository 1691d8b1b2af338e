"""Who did what, when, for whom, and by which article: the inspector's question."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.engine import Connection

from services.cli.responsibility import Responsibility, left_text, responsibility, served_text
from services.reporting.domain.titles import FACTS, fact_title
from services.reporting.mirror import Entry, timeline
from services.runtime.home import Home
from services.runtime.reading import follow_status, reading
from shared import resident_id
from shared.calendar import WorkCalendar
from shared.clock import CHINA, day_of
from shared.identity import pseudonym
from shared.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--household", help="Household number, hh-…")
@click.option("--case", help="Case number, case-…")
@click.option("--person", help="Resident ID number; - reads it from standard input.")
@click.option("--officer", help="Officer id of whoever acted.")
@click.option("--township", help="Township code.")
@click.option("--fact", help="Name of the fact, e.g. review.eligibility_confirmed.")
@click.option("--from", "from_on", type=DAY, help="First day (China), 2024-03-01.")
@click.option("--to", "to_on", type=DAY, help="Last day (China), included.")
@click.option("--limit", type=click.IntRange(1), help="At most so many entries.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.pass_obj
def log(
    settings: Settings,
    household: str | None,
    case: str | None,
    person: str | None,
    officer: str | None,
    township: str | None,
    fact: str | None,
    from_on: datetime | None,
    to_on: datetime | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Query the accountability record: every step, refusal and denial, in the order of time.

    Filters combine. Persons stand in the record under pseudonyms; --person takes the ID number and
    never shows it. Sealed personal parts are not shown here.

    --case shows under each step which task it did and whether in time, and, where nothing else is
    asked for, at the end what is left to do and by whom.
    """
    home = Home.of(settings)
    _warn_if_behind(home)
    filters: dict[str, Any] = {
        "household": household,
        "case": case,
        "person": None if person is None else _pseudonym(home, person),
        "officer": officer,
        "township": township,
        "fact": None if fact is None else _fact_name(fact),
        "from_on": _day(from_on),
        "to_on": _day(to_on),
        "limit": limit,
    }
    with reading(home, "reporting") as conn:
        answers = _answers(conn, home, case)
        entries = timeline(conn, **filters)
        for line in (_json_lines if as_json else _text_lines)(entries, answers):
            click.echo(line)
        if answers is not None and [case] == [one for one in filters.values() if one is not None]:
            for line in _left(answers, as_json=as_json):
                click.echo(line)


def _answers(conn: Connection, home: Home, case: str | None) -> Responsibility | None:
    if case is None:
        return None
    charter = home.charter()
    today = day_of(home.clock(charter).now())
    return responsibility(conn, charter.code, case, WorkCalendar(), today)


def _left(answers: Responsibility, *, as_json: bool) -> Iterator[str]:
    """What nobody has done yet; in JSON a line each, that is no fact."""
    if not as_json:
        yield from left_text(answers.left())
        return
    for told in answers.left():
        yield json.dumps({"fact": None, "task": told}, ensure_ascii=False)


def _pseudonym(home: Home, person: str) -> str:
    number = sys.stdin.readline().strip() if person == "-" else person
    clock = home.clock(home.charter())
    parsed = resident_id.parse(number, today=day_of(clock.now()))
    return pseudonym(home.secrets.get("pseudonym"), parsed.number)


def _fact_name(given: str) -> str:
    known = [name for name, title in FACTS.items() if given in (name, name.split(".")[1], title)]
    if len(known) != 1:
        raise click.BadParameter(
            f"没有这种事实：{given}。可用：" + "、".join(FACTS), param_hint="--fact"
        )
    return known[0]


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _warn_if_behind(home: Home) -> None:
    behind = sum(s.lag for s in follow_status(home) if s.follower == "reporting")
    if behind:
        click.echo(f"提示：监督记录还落后 {behind} 条，运行站点后会补齐。", err=True)


def _json_lines(entries: Iterable[Entry], answers: Responsibility | None) -> Iterator[str]:
    for entry in entries:
        tree = asdict(entry) | {"title": fact_title(entry.fact)}
        if answers is not None:
            tree["tasks_done"] = answers.of(entry)
        yield json.dumps(tree, ensure_ascii=False)


def _text_lines(entries: Iterable[Entry], answers: Responsibility | None) -> Iterator[str]:
    count = 0
    for entry in entries:
        count += 1
        yield _text(entry)
        yield from map(served_text, answers.of(entry) if answers else ())
    yield f"共 {count} 条。"


def _text(entry: Entry) -> str:
    at = datetime.fromisoformat(entry.at).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    actor = entry.actor
    who = f"{actor.name or actor.officer}（{actor.officer} {actor.post} {actor.organisation}）"
    if actor.acting_for:
        who += f"代 {actor.acting_for}"
    where = " ".join(
        part for part in (entry.about.township, entry.about.village, entry.about.case) if part
    )
    why = f"（{entry.data['command']} {entry.data['code']}）" if "denied" in entry.data else ""
    return (
        f"{at}  {fact_title(entry.fact)}{why}  {who}  依据 {entry.basis}  {where}"
        f"  [{entry.log} {entry.position}，{entry.stream} v{entry.version}]"
    )
