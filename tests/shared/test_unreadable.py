"""Bytes in a log that are no fact: verification names them, and a source gives them all the same."""

import pytest

from shared.carrying.source import Carried
from tests.houses import Houses


def test_a_source_gives_them_without_a_key(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the relay and the answers to followers go on."""

    def unreadable(_body: bytes) -> str:
        raise ValueError("no fact")

    head = houses.gateway.source.head()
    monkeypatch.setattr("shared.codec.key_of", unreadable)
    found: list[Carried] = list(houses.gateway.source.facts_after(-1, head + 1))
    assert [(n, None) for n in range(head + 1)] == [(one.position, one.key) for one in found]
