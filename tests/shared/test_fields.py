"""The doors' fields: exact forms, Chinese answers, nothing that looks like it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.fields import (
    UNKNOWN,
    Choice,
    Code,
    CommandSchema,
    Day,
    Fen,
    Flag,
    Month,
    Part,
    Parts,
    Remark,
    Text,
)
from tests.shared.log.samples import untimed


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a made-up command."""

    label: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Everything:
    """A made-up command with every kind of field."""

    text: str
    code: str
    day: date
    month: str
    flag: bool
    choice: str
    fen: int
    part: Line
    parts: tuple[Line, ...]
    perhaps: str | None = None


class LineSchema(CommandSchema):
    makes = Line
    label = Text(5, required=True)
    amount_fen = Fen(required=True)


class EverythingSchema(CommandSchema):
    makes = Everything
    text = Text(10, required=True)
    code = Code(required=True)
    day = Day(required=True)
    month = Month(required=True)
    flag = Flag(required=True)
    choice = Choice(("A", "B"), required=True)
    fen = Fen(required=True)
    part = Part(LineSchema, required=True)
    parts = Parts(Part(LineSchema), 3, required=True)
    perhaps = Text(10, allow_none=True)


GOOD: dict[str, Any] = {
    "text": "王庄村", "code": "411603101", "day": "2024-02-29", "month": "2024-12", "flag": False,
    "choice": "B", "fen": 0, "part": {"label": "甲", "amount_fen": 1},
    "parts": [{"label": "乙", "amount_fen": 2}],
}  # fmt: skip


def messages(**changes: Any) -> Any:
    """What is said of a payload that is good but for these fields."""
    with pytest.raises(ValidationError) as caught:
        EverythingSchema().load({**GOOD, **changes})
    return caught.value.messages


def test_a_good_payload_becomes_the_command() -> None:
    """Every field in the type that the command declares."""
    expected = Everything("王庄村", "411603101", date(2024, 2, 29), "2024-12", False, "B", 0,
                          Line("甲", 1), (Line("乙", 2),))  # fmt: skip
    assert expected == EverythingSchema().load(GOOD)
    assert expected == EverythingSchema().load({**GOOD, "perhaps": None, "text": " 王庄村 "})


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", [7, None, True, "", " ", "x" * 11, "a\0b", "a\nb", "a\tb", "\x7f", "\ud800", [], {}]),
        ("code", [7, None, "", "a b", "王", "-a", "a/b", "a" * 65, "a\n", "１"]),
        ("day", [20240301, None, "2024-3-1", "20240301", "2024-02-30", "2023-02-29", "0000-01-01",
                 "2024-13-01", "2024-03-01T00:00", "2024-W10-1", "２０２４-03-01", " 2024-03-01"]),
        ("month", [202403, None, "2024-13", "2024-00", "2024-3", "2024-03-01", "２０２４-03",
                   "2024-03\n", "", [], True]),
        ("flag", [0, 1, "true", "是", None, [], "false"]),
        ("choice", ["C", "a", "", None, 0, ["A"], "A "]),
        ("fen", [-1, 1.5, 1.0, "1", None, True, float("nan"), 2**53, 10**5_000, [1]]),
        ("part", [None, "甲", [], 7, {}]),
        ("parts", [None, [], {}, "甲", ({"label": "乙", "amount_fen": 2},), [GOOD["part"]] * 4, [None], [7]]),
    ],
)  # fmt: skip
def test_what_is_not_exactly_right_is_refused(field: str, values: list[Any]) -> None:
    """In Chinese, at its field and nowhere else."""
    for value in values:
        told = messages(**{field: value})
        assert [field] == list(told)
        assert any("一" <= sign <= "鿿" for sign in str(told)), told


def test_month_13_says_what_a_month_is() -> None:
    """As an officer who typed 2024-13 reads it."""
    assert {"month": ["月份应写成 2024-03 这样，月在01至12之间。"]} == messages(month="2024-13")


@untimed
@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_month_of_the_calendar_passes(day: date) -> None:
    """And stays as it was written."""
    loaded = EverythingSchema().load({**GOOD, "month": f"{day:%Y-%m}", "day": day.isoformat()})
    assert (f"{day:%Y-%m}", day) == (loaded.month, loaded.day)


@untimed
@given(
    st.integers(0, 10**12),
    st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=10),
)
def test_good_amounts_and_texts_come_through_unchanged(fen: int, text: str) -> None:
    """Whatever letters, numbers and signs they are of."""
    loaded = EverythingSchema().load({**GOOD, "fen": fen, "text": text})
    assert (fen, text) == (loaded.fen, loaded.text)


def test_a_missing_field_is_named() -> None:
    """All of them at once."""
    with pytest.raises(ValidationError) as caught:
        EverythingSchema().load({})
    required = set(GOOD)
    assert required == set(caught.value.messages_dict)


@pytest.mark.parametrize("name", ["colour", "王某", "\ud800", 7, None, ("a",)], ids=ascii)
def test_an_unknown_field_is_told_without_its_name(name: Any) -> None:
    """Which came from outside and could be anything; beside it, what is wrong with known ones."""
    with pytest.raises(ValidationError) as caught:
        EverythingSchema().load({**GOOD, name: 1, "text": 7})
    told = {UNKNOWN: ["提交了没有的项。"], "text": ["此项应为文字。"]}
    assert told == caught.value.messages


def test_an_unknown_field_of_a_part_is_told_at_its_place() -> None:
    """The first line of the parts, here."""
    told = messages(parts=[{"label": "乙", "amount_fen": 2, "王某": 1}])
    assert {"parts": {0: {UNKNOWN: ["提交了没有的项。"]}}} == told


def test_too_long_a_list_is_refused_before_its_items_are_read() -> None:
    """A hundred thousand wrong items give one message."""
    assert {"parts": ["应有 1 至 3 项。"]} == messages(parts=[7] * 100_000)


@pytest.mark.parametrize("payload", [None, [], "text", 7, b"{}", [GOOD]], ids=str)
def test_what_is_no_object_is_refused(payload: Any) -> None:
    """With one sentence."""
    with pytest.raises(ValidationError) as caught:
        EverythingSchema().load(payload)
    assert {"_schema": ["提交的内容必须是一个对象。"]} == caught.value.messages


@pytest.mark.parametrize(
    "text",
    [
        "请核对999999199001011234",
        "电话 138 0000 1111",
        "账号６２０００００００００００",
        "1-2-3-4-5-6-7",
    ],
)
def test_a_remark_holds_no_number_that_names_a_person(text: str) -> None:
    """It goes into the permanent record unsealed."""
    with pytest.raises(ValidationError):
        Remark(200).deserialize(text)


@pytest.mark.parametrize(
    "text", ["2024年4月名单有误，差 455.50 元", "村委会公示栏", "第123456号通知"]
)
def test_a_remark_may_hold_days_amounts_and_short_numbers(text: str) -> None:
    """What an officer needs to say."""
    assert Remark(200).deserialize(text) == text
