"""Households and local rules as hypothesis draws them."""

from typing import Any

from hypothesis import strategies as st

from services.review.domain.assessing.reading import COSTED
from shared.facts.words import AssetKind, ExpenseKind, IncomeKind, Relation
from tests.review.assessing.asking import person

KINDS = sorted(IncomeKind)
FEN = st.integers(0, 200_000)


@st.composite
def incomes(draw: st.DrawFn) -> dict[str, Any]:
    """One income of any kind, with costs where the kind has some."""
    kind = draw(st.sampled_from([*sorted(COSTED) * 8, *KINDS]))  # costs are where order may tell
    costs = draw(FEN) if kind in COSTED else 0
    per = draw(st.sampled_from(["MONTH", "YEAR", "ONCE"]))
    return {"kind": kind, "fen": draw(FEN), "per": per, "costs_fen": costs}


@st.composite
def families(draw: st.DrawFn) -> list[dict[str, Any]]:
    """An applicant and up to five others of every relation and status."""
    expenses = st.fixed_dictionaries({"kind": st.sampled_from(sorted(ExpenseKind)), "fen": FEN})
    statuses = st.sampled_from(["AT_HOME", "AT_HOME", "PRISON", "DECLARED_MISSING", "CONSCRIPT"])
    relations = [
        "APPLICANT",
        *draw(st.lists(st.sampled_from(["CHILD", "PARENT", "SIBLING"]), max_size=5)),
    ]
    return [
        person(
            f"{index}",
            relation,
            draw(st.integers(0, 90)),
            status=draw(statuses) if index else "AT_HOME",
            support_duty=draw(st.booleans()),
            lives_together=draw(st.booleans()),
            serious_illness=draw(st.booleans()),
            employed=draw(st.booleans()),
            incomes=draw(st.lists(incomes(), max_size=3)),
            expenses=draw(st.lists(expenses, max_size=2)),
        )
        for index, relation in enumerate(relations)
    ]


@st.composite
def others(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A family with everything that the law looks at in a person."""
    relations = sorted(set(Relation) - {Relation.APPLICANT, Relation.SPOUSE})
    disability = st.fixed_dictionaries(
        {"kind": st.sampled_from(["SIGHT", "PSYCHIATRIC"]), "level": st.integers(1, 4)}
    )
    traits = {
        "disability": disability,
        "hard_to_employ": st.booleans(),
        "labour": st.sampled_from(["ABLE", "LOST"]),
        "refusals_count": st.sampled_from([1, 3]),
        "student": st.sampled_from(["FULL_TIME", "PART_TIME"]),
        "cannot_live_independently": st.booleans(),
    }
    return [
        {
            **one,
            "relation": draw(st.sampled_from(relations)) if index else "APPLICANT",
            **draw(st.fixed_dictionaries({}, optional=traits)),
        }
        for index, one in enumerate(draw(families()))
    ]


@st.composite
def assumed(draw: st.DrawFn) -> dict[str, str]:
    """Local rules: those that divide, cap, offset or add."""
    per_mille = st.integers(0, 1200).map(str)
    flags = st.sampled_from(["是", "否"])
    costs = st.sampled_from(["none", "capped", "full"])
    rules = {
        "income.look_back_months": st.integers(1, 24).map(str),
        "income.loss_offsets": flags,
        "income.work_cost_max_per_mille": per_mille,
        **{f"income.costs_{kind.lower()}": costs for kind in COSTED},
        **{f"income.deducts_{kind.lower()}_per_mille": per_mille for kind in ExpenseKind},
        "amount.uplift_several": st.sampled_from(["highest", "sum"]),
        "amount.uplift_serious_illness_per_mille": per_mille,
        "amount.uplift_old_per_mille": per_mille,
        "amount.uplift_minor_per_mille": per_mille,
        "allowance.rounding": st.sampled_from(["none", "up_to_yuan", "down_to_yuan"]),
    }
    return draw(st.fixed_dictionaries({}, optional=rules))


@st.composite
def assets(draw: st.DrawFn) -> dict[str, Any]:
    """A thing owned by the applicant or by nobody in particular."""
    return {
        "kind": draw(st.sampled_from(sorted(AssetKind))),
        "value_fen": draw(FEN),
        "owner": draw(st.sampled_from(["0", None])),
        "necessary": draw(st.booleans()),
    }
