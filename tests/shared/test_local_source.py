"""The local carrier: another service's log by position, keys beside the facts."""

from collections.abc import Sequence

import pytest

from shared.carrying.reaction import Reaction
from shared.carrying.source import Carried
from shared.competence import by_name
from shared.facts.intake import ApplicationWithdrawn
from shared.log.store import LogGap
from tests.houses import Houses, application, facts_of


def positions(facts: Sequence[Carried]) -> list[int]:
    return [one.position for one in facts]


def test_an_empty_log_has_no_head(houses: Houses) -> None:
    """−1, so that the first position is the next one."""
    assert -1 == houses.intake.source.head()
    assert [] == list(houses.intake.source.facts_after(-1, 10))


def test_facts_come_dense_in_order_and_at_most_so_many(houses: Houses) -> None:
    """Page by page, to the head."""
    source, head = houses.gateway.source, houses.gateway.source.head()
    assert head + 1 == len(facts_of(houses.gateway))
    seen: list[int] = []
    while page := source.facts_after(seen[-1] if seen else -1, 2):
        assert len(page) <= 2
        seen += positions(page)
    assert list(range(head + 1)) == seen
    assert {"411603/gateway"} == {one.log for one in source.facts_after(-1, 100)}


def test_single_facts_come_in_order_of_position(houses: Houses) -> None:
    """However they were asked for; an unknown position gives nothing."""
    assert [1, 3] == positions(houses.gateway.source.facts_at([3, 1, 9_999]))
    assert [] == list(houses.gateway.source.facts_at([]))


def test_a_sealed_fact_comes_with_its_key_and_an_open_one_without(houses: Houses) -> None:
    """And the key is wrapped for the way."""
    case = houses.apply()
    houses.give("stranger", "accept_application", {"case": case})
    sealed, denied = houses.intake.source.facts_after(-1, 10)
    assert denied.key is None
    assert sealed.key is not None
    with houses.intake.database.read() as conn:
        held = houses.intake.keyring.keys(conn, [sealed.key.key])[sealed.key.key]
    assert (held.key, False) == (sealed.key.key, held.secret in sealed.key.wrapped)


def test_a_log_with_a_hole_is_not_handed_out(houses: Houses) -> None:
    """Its reader is told where, instead of being led past it."""

    def tear(conn: object) -> None:
        execute = conn.exec_driver_sql  # type: ignore[attr-defined]
        execute("DROP TRIGGER fact_no_delete")
        execute("DELETE FROM fact WHERE position = 2")

    houses.gateway.database.write(tear)
    with pytest.raises(LogGap, match="position 2"):
        houses.gateway.source.facts_after(-1, 10)
    with pytest.raises(LogGap):
        houses.gateway.source.facts_after(1, 10)


def test_a_command_stands_once_in_the_table_of_competence(houses: Houses) -> None:
    """Under a name made from its class."""
    rows = houses.intake.definition.commands
    assert "submit_application" in by_name(rows)
    with pytest.raises(ValueError, match="stands twice"):
        by_name([*rows, rows[0]])
    assert houses.give("worker", "submit_application", application()).done


def test_a_reaction_is_a_command_or_rows() -> None:
    """Neither both nor nothing."""
    with pytest.raises(ValueError, match="not both"):
        Reaction("intake", ApplicationWithdrawn)
    with pytest.raises(ValueError, match="not both"):
        Reaction("intake", ApplicationWithdrawn, command=lambda _: None, rows=lambda *_: None)
