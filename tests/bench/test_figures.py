"""What a figure says, how rounds are taken, and the file's form."""

import json
from pathlib import Path

from bench.figures import Figure, at_least, at_most, markdown_of, write_figures
from bench.measuring import Taken, interleave


def test_a_ratio_is_held_to_its_aim() -> None:
    """At least and at most, each met at the bound itself."""
    met = [
        Figure.beside("work", 60, "facts/s", 100, ratio, aim).met
        for ratio, aim in [(0.6, at_least(0.6)), (0.59, at_least(0.6)), (1.2, at_most(1.2))]
    ]

    assert [True, False, True] == met


def test_each_side_works_once_in_every_round_and_the_warm_up_isnt_counted() -> None:
    """Whoever goes first in one round goes last in the next."""
    order: list[str] = []

    def side(name: str, rate: float) -> float:
        order.append(name)
        return rate + len(order)

    taken = interleave({"a": lambda: side("a", 0), "b": lambda: side("b", 10)}, rounds=2)

    assert ["b", "a", "a", "b", "b", "a"] == order
    assert {"a": [3, 6], "b": [14, 15]} == taken.rates


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    """A round in which the machine was busy counts for both sides or for none."""
    taken = Taken({"ours": [10, 1, 30], "raw": [20, 4, 60]})

    assert (10, 0.5) == (taken.rate("ours"), taken.ratio("ours", "raw"))


def test_the_file_has_the_machine_and_the_figures(tmp_path: Path) -> None:
    """Exactly these fields, for those who plot them."""
    figure = Figure.alone("start", 2.0, "s", at_most(3))
    write_figures({"cores": 2}, [figure], tmp_path / "deep" / "figures.json")

    assert {
        "machine": {"cores": 2},
        "figures": [
            {
                "name": "start",
                "value": 2.0,
                "unit": "s",
                "baseline": None,
                "ratio": None,
                "aim": "≤ 3 s",
                "met": True,
            }
        ],
    } == json.loads((tmp_path / "deep" / "figures.json").read_text("utf-8"))


def test_a_table_for_a_document_has_a_line_for_each_figure() -> None:
    """Heading, rule, and what the terminal shows."""
    lines = markdown_of([Figure.beside("work: raw", 1_234, "facts/s", 10, 0.5, at_least(0.6))])

    assert "| work: raw | 1,234 | facts/s | 10 | 0.50 | ≥ 0.6 | NO |" == lines.splitlines()[2]
    assert 3 == len(lines.splitlines())
