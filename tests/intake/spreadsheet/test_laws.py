"""What must hold for every sheet: the same households give the same, however they are written."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.spreadsheet.model import content_key
from services.intake.spreadsheet.read import read_sheet
from tests.intake.spreadsheet.sheets import (
    SHEET_PART,
    TITLES,
    TODAY,
    Line,
    book,
    codes,
    couple,
    id_number,
    line,
    part_of,
    read,
    with_part,
    with_shared_strings,
)

FAMILIES: list[list[Line]] = [
    couple(1),
    couple(11, "赵大山", "钱二妹"),
    [
        line(21, 户主姓名="孙三才", 姓名="孙三才", 家庭月收入=800),
        line(22, 户主姓名="孙三才", 姓名="孙小草", 与户主关系="女儿", 家庭月收入=800),
        line(23, 户主姓名="孙三才", 姓名="孙小木", 与户主关系="儿子", 家庭月收入=800),
    ],
]
KEYS = {content_key(household) for family in FAMILIES for household in read(family).households}

TITLE_WORDS = {
    "村(社区)": ["村（居）", "行政村", "所在村"],
    "户主姓名": ["户主", "申请人姓名"],
    "姓名": ["成员姓名", "家庭成员"],
    "与户主关系": ["关系", "与申请人\n关系"],
    "身份证号码": ["公民身份号码", "证件号码", "身份证号（18位）"],
    "户口性质": ["城乡类别", "户籍性质"],
    "家庭月收入(元)": ["月收入", "家庭月总收入（元）"],
    "开户银行": ["开户行"],
    "银行账号": ["一卡通账号", "银行卡号"],
    "联系电话": ["手机", "联系方式"],
    "救助类型": ["救助类别"],
    "申请日期": ["申请时间"],
}


def wide(value: Any) -> str:
    """Full-width digits and letters."""
    return "".join(
        chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign
        for sign in str(value)
    )


def spaced(value: Any) -> str:
    """Stray spaces of several kinds around."""
    return f" \u3000{value}\u200b "


DRESS: dict[str, list[Callable[[Any], Any]]] = {
    "姓名": [spaced, lambda name: f"{name[0]} {name[1:]}"],
    "户主姓名": [spaced],
    "身份证号码": [wide, spaced, lambda number: f"'{number}", str.lower],
    "户口性质": [lambda _: "农村", lambda _: "农业户口", spaced],
    "家庭月收入(元)": [
        str,
        wide,
        lambda yuan: f"{yuan:,}元",
        lambda yuan: f"¥{yuan}.00",
        lambda yuan: f"{yuan}元/月",
        float,
    ],
    "银行账号": [wide, spaced, int, lambda text: f"{text[:4]} {text[4:]}"],
    "联系电话": [int, spaced, lambda text: f"{text[:3]}-{text[3:7]}-{text[7:]}"],
    "救助类型": [lambda _: "农村低保", lambda _: "最低生活保障"],
    "申请日期": [
        lambda day: day.isoformat(),
        lambda day: f"{day:%Y/%m/%d}",
        lambda day: f"{day.year}.{day.month}.{day.day}",
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: int(f"{day:%Y%m%d}"),
        lambda day: (day - date(1899, 12, 30)).days,
        lambda day: wide(day.isoformat()),
    ],
}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_same_households_are_read_however_they_are_written(data: st.DataObject) -> None:
    """Any order of columns and families, any words for titles, any dress of values."""
    order = data.draw(st.permutations(TITLES))
    families = data.draw(st.permutations(FAMILIES))
    words = [data.draw(st.sampled_from([title, *TITLE_WORDS.get(title, [])])) for title in order]
    rows: list[list[Any]] = []
    for family in families:
        for number, person in enumerate(data.draw(st.permutations(family))):
            dressed = []
            for title in order:
                dresses = [lambda value: value, *DRESS.get(title, [])]
                dressed.append(data.draw(st.sampled_from(dresses))(person[title]))
            rows.append(dressed)
            if number == 0 and data.draw(st.booleans()):
                rows.append([])
    above = data.draw(st.sampled_from([[], [["花名册"]], [["花名册"], [], ["填报单位：柳河镇"]]]))
    content = book([*above, words, *rows])
    if data.draw(st.booleans()):
        content = with_shared_strings(content)
    reading = read_sheet(content, TODAY)
    assert codes(reading) == []
    assert {content_key(household) for household in reading.households} == KEYS


@given(
    st.integers(0, 2), st.sampled_from(["姓名", "身份证号码", "与户主关系"]), st.text(max_size=20)
)
@settings(max_examples=150, deadline=None)
def test_a_bad_family_never_spoils_another(index: int, title: str, text: str) -> None:
    """Whatever stands in one cell, the families that it doesn't belong to are read."""
    families = [[dict(person) for person in family] for family in FAMILIES]
    cleaned = "".join(sign for sign in text if sign.isprintable())
    families[index][-1][title] = f"?{cleaned}"
    reading = read([person for family in families for person in family])
    keys = {content_key(household) for household in reading.households}
    others = {
        content_key(household)
        for number, family in enumerate(FAMILIES)
        for household in read(family).households
        if number != index
    }
    assert others <= keys
    assert all(problem.reason for problem in reading.problems)


def test_a_key_changes_with_whatever_the_household_says() -> None:
    """Another income, account or member is another content."""
    (plain,) = read([line(1)]).households
    changes: list[dict[str, Any]] = [
        {"家庭月收入": 1201},
        {"银行账号": "410200000000002"},
        {"身份证号码": id_number(3)},
        {"户口性质": "城镇"},
        {"备注": "残疾"},
        {"村": "杨庄村"},
        {"申请日期": "2024-02-01"},
    ]
    keys = {content_key(read([line(1, **change)]).households[0]) for change in changes}
    assert len(keys - {content_key(plain)}) == len(changes)


def test_the_strict_and_the_prefixed_format_read_alike() -> None:
    """Namespaces differ between programs; what the cells say doesn't."""
    content = with_shared_strings(book([*(list(row) for row in [TITLES]), *cells(FAMILIES[0])]))
    body = part_of(content, SHEET_PART)
    prefixed = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", body).replace(b"xmlns=", b"xmlns:x=")
    strict = body.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    bare = re.sub(rb' r="[A-Z]+[0-9]+"', b"", body)
    expected = read_sheet(content, TODAY)
    assert expected.problems == ()
    for other in (prefixed, strict, bare):
        assert other != body
        assert read_sheet(with_part(content, SHEET_PART, other), TODAY) == expected


def cells(family: list[Line]) -> list[list[Any]]:
    """A family's rows with no empty cell, so that cells may go without their references."""
    return [[person[title] or "好" for title in TITLES] for person in family]
