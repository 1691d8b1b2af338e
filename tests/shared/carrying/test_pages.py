"""Several facts in one message: what comes out is what went in, or nothing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.carrying.source import Carried
from shared.carrying.wire import PAGE_BYTES_MAX, PAGE_FACTS_MAX, NotOurs, Stamp, pages
from shared.sealing import TravellingKey

LOG = "411603/intake"
STAMP = Stamp(bytes([7]) * 32)
KEYS = st.none() | st.builds(TravellingKey, st.text(max_size=9), st.text(max_size=9), st.binary())


def _run(first: int, items: list[tuple[bytes, TravellingKey | None]]) -> list[Carried]:
    return [Carried(LOG, first + i, body, key) for i, (body, key) in enumerate(items)]


RUNS = st.builds(
    _run,
    st.integers(0, 2**40),
    st.lists(st.tuples(st.binary(max_size=300), KEYS), min_size=1, max_size=9),
)


@given(RUNS)
def test_facts_come_out_as_they_went_in(facts: list[Carried]) -> None:
    """One as itself, several as a page: places, bytes and keys."""
    headers, body = STAMP.message(facts)

    assert facts == STAMP.facts(headers, body, LOG)
    assert ("facts" in headers) == (len(facts) > 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda headers, body: (headers, body[:-1]),
        lambda headers, body: (headers, body + b"\x00"),
        lambda headers, body: ({**headers, "position": 6}, body),
        lambda headers, body: ({**headers, "position": -1}, body),
        lambda headers, body: ({**headers, "log": "411603/review"}, body),
        lambda headers, body: ({k: v for k, v in headers.items() if k != "facts"}, body),
        lambda headers, body: ({k: v for k, v in headers.items() if k != "mac"}, body),
    ],
)
def test_whatever_is_changed_on_a_page_is_found(change: Any) -> None:
    """Bytes cut off or added, another place, another log, no code; nor does it pass as a fact."""
    headers, body = change(*STAMP.message(_run(5, [(b"{}", None), (b'{"a":1}', None)])))
    with pytest.raises(NotOurs):
        STAMP.facts(headers, body, LOG)


def test_a_page_of_another_log_isnt_taken_though_its_code_is_right() -> None:
    """It was sent to somebody else."""
    headers, body = STAMP.message(_run(5, [(b"{}", None), (b"{}", None)]))
    with pytest.raises(NotOurs) as refused:
        STAMP.facts(headers, body, "411603/review")
    assert "stranger" == refused.value.reason


@given(st.lists(st.integers(0, PAGE_BYTES_MAX // 2), max_size=40))
def test_pages_are_bounded_and_leave_nothing_out(sizes: list[int]) -> None:
    """In facts and in bytes."""
    facts = _run(0, [(bytes(1), None) for _ in sizes])
    facts = [replace(fact, body=bytes(size)) for fact, size in zip(facts, sizes, strict=True)]
    cut = list(pages(facts))

    assert facts == [fact for page in cut for fact in page]
    assert all(len(page) <= PAGE_FACTS_MAX for page in cut)
    assert all(sum(len(f.body) for f in page) <= PAGE_BYTES_MAX for page in cut)


def test_a_page_holds_no_more_than_its_facts() -> None:
    """However short they are."""
    cut = list(pages(_run(0, [(b"{}", None)] * (2 * PAGE_FACTS_MAX + 1))))

    assert [PAGE_FACTS_MAX, PAGE_FACTS_MAX, 1] == [len(page) for page in cut]


def test_a_fact_longer_than_a_page_travels_alone() -> None:
    """However long."""
    long = bytes(PAGE_BYTES_MAX + 1)
    cut = list(pages(_run(0, [(b"{}", None), (long, None), (b"{}", None)])))

    assert [1, 1, 1] == [len(page) for page in cut]
