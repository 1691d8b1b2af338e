"""Answers for programs: JSON on standard output, a refusal too."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from shared.refusal import Refusal


def print_json(answer: Mapping[str, object]) -> None:
    """As people can read it, Chinese unescaped."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@contextmanager
def refused_as_json(as_json: bool) -> Iterator[None]:
    """A refusal is printed for the program that asked for JSON, and goes on to its sentence."""
    try:
        yield
    except Refusal as refusal:
        if as_json:
            print_json({"refused": {"code": refusal.code, "sentence": refusal.sentence}})
        raise
