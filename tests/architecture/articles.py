"""Which code and which parameter stand for an article: docs/articles.md, made from them.

`python -m tests.architecture.articles` writes it anew.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from shared.policy.loader import load_policy
from tests.architecture.papers import ROOT

PAGE = ROOT / "docs" / "articles.md"
TEXTS = {
    "57号": "最低生活保障审核确认办法，民发〔2021〕57号",
    "83号": "进一步做好最低生活保障等社会救助兜底保障工作的通知，2022-10-20",
    "220号": "最低生活保障审核审批办法（试行），民发〔2012〕220号，至2021-06-30",
    "649号": "社会救助暂行办法，国务院令第649号",
    "271号": "城市居民最低生活保障条例，国务院令第271号",
    "18号": "关于改革完善社会救助制度的意见，2020",
    "43号": "特困人员认定办法，民发〔2021〕43号",
    "复议法 2017": "行政复议法，2017年修正，至2023-12-31",
    "复议法 2023": "行政复议法，2023年修订，2024-01-01起",
    "行诉法": "行政诉讼法，2017年修正",
    "民法典": "民法典",
    "统计法": "统计法",
    "PIPL": "个人信息保护法",
}
Found = dict[str, dict[int, set[str]]]

_ONE = r"\d+(?![\d号])(?:\(\d+\))*(?:\s?[-–]\s?\d+(?![\d号]))?"
_CODE = re.compile(rf"({'|'.join(TEXTS)}):? Art ({_ONE}(?:(?:, | and ){_ONE})*)")
_PART = re.compile(r"83号 ([一二三四五1-5])[(（]([一二三四五1-5])[)）]")
_TEXT = re.compile(
    r"(57号|220号|649号|271号|43号|行政复议法（20\d\d年修[正订]）|行政诉讼法（2017年修正）|民法典)\s?"
    r"((?:、?第[一二三四五六七八九十百零]+条(?:第[一二三四五六七八九十]+款)?(?:第?（[一二三四五六七八九十]+）项?)*)+)"
)
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零]+)条")
_SECTION = re.compile(r"83号 第([一二三四五])部分第（([一二三四五])）项")
_DIGITS = "〇一二三四五六七八九"


def page() -> str:
    """The whole page, a table for each text."""
    code, rules = _in_code(), _in_policy()
    parts = [
        "# Where an article is\n\nMade from the code's own words and the packs' citations by "
        "`python -m tests.architecture.articles`; a test holds it to them. Search this page for "
        "`57号 Art 19`; `yingbao policy show` tells a parameter's value.\n"
    ]
    for text, title in TEXTS.items():
        numbers = sorted(code[text].keys() | rules[text].keys())
        if numbers:
            rows = [_row(text, n, code[text][n], rules[text][n]) for n in numbers]
            parts.append(_table(text, title, rows))
    return "\n".join(parts)


def articles_of(text: str) -> set[int]:
    """The articles of a text that some code or parameter names."""
    return set(_in_code()[text]) | set(_in_policy()[text])


def _table(text: str, title: str, rows: list[str]) -> str:
    head = f"## {text}\n\n{title}\n\n| article | code | parameters |\n|---|---|---|\n"
    return head + "".join(rows)


def _row(text: str, number: int, files: set[str], names: set[str]) -> str:
    code, rules = ("、".join(f"`{one}`" for one in sorted(some)) for some in (files, names))
    return f"| {label(text, number)} | {code} | {rules} |\n"


def label(text: str, number: int) -> str:
    """As one searches for it: `57号 Art 19`, `83号 四(一)`."""
    if text != "83号":
        return f"{text} Art {number}"
    return f"83号 {_DIGITS[number // 10]}({_DIGITS[number % 10]})"


def _in_code() -> Found:
    found: Found = defaultdict(lambda: defaultdict(set))
    for path in chain(*((ROOT / room).rglob("*.py") for room in ("services", "shared"))):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith("services/demo/"):
            continue  # it plays the rules, and holds none
        words = path.read_text("utf-8")
        for text, numbers in _CODE.findall(words):
            for number in _numbers(numbers):
                found[text][number].add(place)
        for part, item in _PART.findall(words):
            found["83号"][10 * _digit(part) + _digit(item)].add(place)
    return found


def _in_policy() -> Found:
    found: Found = defaultdict(lambda: defaultdict(set))
    for pack in load_policy().packs:
        for name, history in pack.parameters.items():
            for dated in history.values:
                for text, number in cited(dated.citation):
                    found[text][number].add(name)
    return found


def cited(citation: str) -> Iterator[tuple[str, int]]:
    """The articles that a pack's citation names: text and number."""
    for text, articles in _TEXT.findall(citation):
        for number in _ARTICLE.findall(articles):
            yield _short(text), _chinese(number)
    for part, item in _SECTION.findall(citation):
        yield "83号", 10 * _digit(part) + _digit(item)


def _short(text: str) -> str:
    if text.startswith("行政复议法"):
        return f"复议法 {re.findall('20..', text)[0]}"
    return "行诉法" if text.startswith("行政诉讼法") else text


def _numbers(words: str) -> Iterator[int]:
    """ "11, 20-22" → 11, 20, 21, 22; clauses in brackets are left away."""
    for part in re.split(r", | and ", re.sub(r"\(\d+\)", "", words)):
        first, _, last = part.replace("–", "-").partition("-")
        yield from range(int(first), int(last or first) + 1)


def _digit(sign: str) -> int:
    return int(sign) if sign.isdigit() else _DIGITS.index(sign)


def _chinese(number: str) -> int:
    """二十一 → 21, 二百零三 → 203."""
    if "百" in number:
        hundreds, _, rest = number.partition("百")
        return 100 * _digit(hundreds) + (_chinese(rest.lstrip("零")) if rest else 0)
    tens, ten, ones = number.rpartition("十")
    return (10 * (_digit(tens) if tens else 1) if ten else 0) + (_digit(ones) if ones else 0)


def main() -> None:
    """Write the page."""
    Path(PAGE).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
