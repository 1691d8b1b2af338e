"""Operational logging: one form for our own words and for those of libraries, and no values."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from shared.logging import configure

ID_NUMBER = "99999919700303001X"


@contextmanager
def configured() -> Iterator[None]:
    """JSON at level debug; afterwards as it was."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure("json", "debug")
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        structlog.reset_defaults()


def failing() -> None:
    raise ValueError(ID_NUMBER)


def test_what_a_library_logs_is_json_without_its_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The template of the message, and of an error its kind: values could be personal."""
    with configured():
        try:
            failing()
        except ValueError:
            logging.getLogger("nameko.containers").exception("error handling worker %s", ID_NUMBER)
    said = capsys.readouterr().err
    assert ID_NUMBER not in said
    told = json.loads(said)
    assert ("error handling worker …", "ValueError", "error") == (
        told["event"], told["error"], told["level"],
    )  # fmt: skip


def test_the_chatter_of_libraries_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Even at level debug: brokers' libraries would print whole messages there."""
    with configured():
        logging.getLogger("amqp").info("body: %s", ID_NUMBER)
        logging.getLogger("kombu").debug(ID_NUMBER)
    assert "" == capsys.readouterr().err
