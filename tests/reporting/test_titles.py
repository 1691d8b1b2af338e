"""Whoever reads the record reads it in Chinese."""

import importlib
import pkgutil

import shared.facts
from services.reporting.domain.titles import FACTS, fact_title
from shared.facts.base import REGISTRY


def test_every_published_fact_has_a_title() -> None:
    """None is missing, none is left over."""
    for module in pkgutil.iter_modules(shared.facts.__path__):
        importlib.import_module(f"shared.facts.{module.name}")

    published = {name for name, cls in REGISTRY.items() if cls.__module__.startswith("shared.")}
    assert published == set(FACTS)


def test_titles_are_chinese_and_each_its_own() -> None:
    """Two facts under one title would be mistaken for each other."""
    assert len(FACTS) == len(set(FACTS.values()))
    assert not [title for title in FACTS.values() if title.isascii()]


def test_a_fact_of_tomorrow_goes_by_its_own_name() -> None:
    """Better a name than nothing."""
    assert "review.something_new" == fact_title("review.something_new")
