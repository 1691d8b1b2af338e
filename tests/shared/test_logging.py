"""Operational logging: one form for our own words and for those of libraries, and no values."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.logging import configure

ID_NUMBER = "99999919700303001X"


@pytest.fixture
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """JSON at level debug, to what is captured; afterwards as it was."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    configure("json", "debug")
    yield capsys
    root.handlers[:], level = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_what_a_library_logs_is_json_without_its_values(
    configured: pytest.CaptureFixture[str],
) -> None:
    """The template of the message, and of an error its kind: values could be personal."""
    library = logging.getLogger("nameko.containers")
    try:
        raise ValueError(ID_NUMBER)
    except ValueError as error:
        library.exception("error handling worker %s: %s", ID_NUMBER, error)
    said = configured.readouterr().err
    assert ID_NUMBER not in said
    told = json.loads(said)
    assert ("error handling worker %s: %s", "ValueError", "error") == (
        told["event"], told["error"], told["level"],
    )  # fmt: skip


def test_the_chatter_of_libraries_is_left_out(configured: pytest.CaptureFixture[str]) -> None:
    """Even at level debug: brokers' libraries would print whole messages there."""
    logging.getLogger("amqp").info("body: %s", ID_NUMBER)
    logging.getLogger("kombu").debug(ID_NUMBER)
    assert "" == configured.readouterr().err
