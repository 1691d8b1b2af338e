"""What is found out: figures, their aims, and the file that they go to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from rich.table import Table

FILE = Path("var/bench/figures.json")


@dataclass(frozen=True, slots=True)
class Aim:
    """A bound that a number should keep to."""

    bound: float
    at_least: bool

    def met_by(self, number: float) -> bool:
        """Whether the number keeps to it."""
        return number >= self.bound if self.at_least else number <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


def at_least(bound: float) -> Aim:
    """The more the better."""
    return Aim(bound, at_least=True)


def at_most(bound: float) -> Aim:
    """The less the better."""
    return Aim(bound, at_least=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number beside one baseline of the same run.

    `value` and `baseline` are medians in `unit`; `ratio` is the median of the rounds' own ratios,
    so it needn't be exactly value / baseline. Without a baseline the aim binds the value itself.
    """

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    aim: str
    met: bool

    @classmethod
    def beside(
        cls, name: str, value: float, unit: str, baseline: float, ratio: float, aim: Aim
    ) -> Self:
        """A figure whose ratio to a baseline has an aim."""
        return cls(name, value, unit, baseline, ratio, str(aim), aim.met_by(ratio))

    @classmethod
    def alone(cls, name: str, value: float, unit: str, aim: Aim) -> Self:
        """A figure that has an aim of its own."""
        return cls(name, value, unit, None, None, f"{aim} {unit}", aim.met_by(value))


HEADINGS = ("work, against", "value", "unit", "baseline", "ratio", "aim", "met")


def table_of(figures: Sequence[Figure]) -> Table:
    """For the terminal."""
    table = Table(*HEADINGS)
    for figure in figures:
        table.add_row(*_cells(figure))
    return table


def markdown_of(figures: Sequence[Figure]) -> str:
    """For a document."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, figures)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        number_text(figure.value),
        figure.unit,
        number_text(figure.baseline),
        "–" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.aim,
        "yes" if figure.met else "NO",
    )


def number_text(number: float | None) -> str:
    """Thousands apart, three digits of small ones, a dash for none."""
    if number is None:
        return "–"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def write_figures(machine: Mapping[str, object], figures: Sequence[Figure], file: Path) -> None:
    """Replace the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    tree = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    file.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", "utf-8")
