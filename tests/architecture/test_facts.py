"""Every published fact has a use: it becomes rows, causes something, or is kept for the record."""

from services.reporting.domain.titles import FACTS
from services.runtime.houses import DEFINITIONS
from shared.facts.base import REGISTRY

# Facts that no row and no other house follows from, and why they are published all the same.
RECORD_ONLY = {
    "door.command_refused": "moves no case; an inspector finds it in the record",
    "intake.applied_by_proxy": "the record shows who applied for the household, and by what paper",
    "intake.condition_claimed": "only its own application's list of materials asks for it",
    "intake.materials_supplemented": "only its own application's next decision reads it",
    "review.evidence_received": "what a letter brings weighs with the officer, not by rule",
    "payments.bank_line_refused": "changes no payment; the record shows what the bank had sent",
}


def test_every_published_fact_is_used_or_kept_for_the_record_with_a_reason() -> None:
    """The list of those kept only is exact: who begins to use one takes it off."""
    assert set(RECORD_ONLY) == set(REGISTRY) - _used()


def test_every_published_fact_has_a_chinese_title() -> None:
    """Whoever reads the record reads words."""
    assert set(REGISTRY) == set(FACTS)


def test_every_fact_belongs_to_a_house_or_to_the_door() -> None:
    """A name says whose log it stands in; a refusal may stand in any."""
    houses = {definition.name for definition in DEFINITIONS}
    assert houses | {"door"} == {name.partition(".")[0] for name in REGISTRY}


def test_a_house_follows_only_houses_that_say_such_things() -> None:
    """A reaction waits for a fact of the log that it names."""
    strange = [
        (d.name, r.service, r.fact.name)
        for d in DEFINITIONS
        for r in d.reactions
        if r.fact.name.partition(".")[0] != r.service
    ]
    assert [] == strange


def _used() -> set[str]:
    projected = {fact.name for d in DEFINITIONS for fact in d.projections}
    reacted = {
        reaction.fact.name
        for d in DEFINITIONS
        for reaction in d.reactions
        if reaction.rows is None or reaction.rows.__name__ != "kept_only"
    }
    return projected | reacted
