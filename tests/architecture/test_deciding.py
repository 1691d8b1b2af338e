"""What a house's table of competence names is what its deciders were written for."""

from importlib import import_module
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest

from shared.competence import Competence
from tests.architecture.test_rooms import HOUSES


def rows_of(house: str) -> tuple[Competence, ...]:
    """The house's COMMANDS."""
    rows: tuple[Competence, ...] = import_module(f"services.{house}.handlers").COMMANDS
    return rows


def members(union: Any) -> set[type]:
    """The classes of a union; a class alone is a union of one."""
    return set(get_args(union)) if isinstance(union, UnionType) else {union}


@pytest.mark.parametrize("house", HOUSES)
def test_a_decider_takes_exactly_the_commands_that_its_rows_name(house: str) -> None:
    """mypy holds `match` to be exhaustive over the union; this holds the union to the table."""
    deciders = {id(row.decider): row.decider for row in rows_of(house)}
    taken = {
        key: members(get_type_hints(decider.decide)["command"]) for key, decider in deciders.items()
    }
    named = {key: {r.command for r in rows_of(house) if id(r.decider) == key} for key in deciders}

    assert named == taken


@pytest.mark.parametrize("house", HOUSES)
def test_every_decider_ends_where_nothing_is_left(house: str) -> None:
    """`assert_never` at run time too: what no row names is a bug, never silence."""
    for decider in {id(row.decider): row.decider for row in rows_of(house)}.values():
        with pytest.raises(AssertionError, match="unreachable"):
            decider.decide(decider.initial, object(), None)  # type: ignore[arg-type]
