"""A page to be read: a title, sentences, a table of label and value; as text or as HTML."""

from dataclasses import dataclass
from html import escape

from shared.refusal import Refusal

STYLE = (
    "body{font:16px/1.8 serif;max-width:40em;margin:2em auto}h1{text-align:center;font-size:1.4em}"
    "th{text-align:left;padding-right:2em;font-weight:normal}.foot{text-align:right}"
)
FOOT = ' class="foot"'


class NameUnreadable(Refusal):
    """The name that the page must show can't be opened: its key is gone or never came."""

    code = "NAME_UNREADABLE"


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` stand between the sentences before and after them; `foot` is organ and day."""

    title: str
    before: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    foot: tuple[str, ...]


def as_text(page: Page) -> str:
    """Line by line."""
    rows = tuple(f"{label}：{value}" for label, value in page.rows)
    return "\n".join((page.title, *page.before, *rows, *page.after, *page.foot)) + "\n"


def as_html(page: Page) -> str:
    """A whole document; every word is escaped, none is markup."""
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>\n" for label, value in page.rows
    )
    title = escape(page.title)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
        f"{_sentences(page.before)}<table>\n{rows}</table>\n{_sentences(page.after)}"
        f"{_sentences(page.foot, FOOT)}</body>\n</html>\n"
    )


def _sentences(sentences: tuple[str, ...], mark: str = "") -> str:
    return "".join(f"<p{mark}>{escape(sentence)}</p>\n" for sentence in sentences)


def day_in_words(day: object) -> str:
    """2024-03-08 as 2024年3月8日."""
    year, month, of_month = (int(part) for part in str(day).split("-"))
    return f"{year}年{month}月{of_month}日"
