"""What the law says of one household on one day, without a site."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from services.cli.verdict import print_verdict
from services.review.domain.assessing.judging import judge
from services.review.domain.assessing.outcome import Outcome
from services.review.domain.assessing.reading import BYTES_MAX, read_household
from services.review.domain.assessing.refusals import BadDay, FileUnread
from services.review.domain.assessing.showing import shown
from services.runtime.home import Home
from services.runtime.policies import policy_of_site, with_file
from shared.clock import day_of
from shared.policy.units import NotInUnit, day_from_text
from shared.refusal import Refusal
from shared.settings import Settings


@click.command()
@click.argument("file", metavar="FILE.json", type=click.Path(allow_dash=True))
@click.option("--on", "on_text", metavar="DATE", help="The day whose rules hold; over the file's.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option(
    "--policy",
    "pack",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One more policy file, over what stands.",
)
@click.pass_obj
def assess(
    settings: Settings, file: str, on_text: str | None, as_json: bool, pack: Path | None
) -> None:
    """Judge one household by the rules of a day: who counts, what counts, whether, how much.

    FILE.json holds the household (docs/assess.md); - reads it from the standard input. The day is
    that of --on, else the file's, else today. Nothing is recorded; at a site its policy holds, and
    no site is needed.

    Exit status 0: there is an answer, also where the household doesn't qualify. 1: the input was
    refused, with a code and a sentence. 2: wrong words.
    """
    try:
        outcome = _judged(settings, file, on_text, pack)
    except Refusal as refusal:
        if as_json:
            _echo({"refused": {"code": refusal.code, "sentence": refusal.sentence}})
        raise
    if as_json:
        _echo(shown(outcome))
    else:
        print_verdict(outcome)


def _judged(settings: Settings, file: str, on_text: str | None, pack: Path | None) -> Outcome:
    day = _day(on_text)
    asked = read_household(_content(file))
    policy = with_file(policy_of_site(Home.of(settings)), pack)
    return judge(policy, asked, day or asked.on or day_of(datetime.now(UTC)))


def _content(file: str) -> bytes:
    """The input, a byte more than is read at most; raises FileUnread."""
    try:
        with click.open_file(file, "rb") as stream:
            content: bytes = stream.read(BYTES_MAX + 1)
    except OSError as error:
        raise FileUnread(f"读不到文件“{file}”，请检查是否存在、有无权限。") from error
    return content


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return day_from_text(text)
    except NotInUnit as error:
        raise BadDay(str(error)) from error


def _echo(answer: dict[str, object]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
