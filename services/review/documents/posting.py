"""What hangs in a village: the notice (公示, 57号 Art 19; 83号 四(二)) and the announcement (公布,
57号 Art 24).

Of a household a page shows `Shown` and nothing else: that is all a page is given.
"""

from collections.abc import Callable
from dataclasses import dataclass

from services.review.documents.page import NameUnreadable, Page, day_in_words
from shared.facts.review import PublicNoticePosted, ResultAnnounced
from shared.money import yuan_text


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the law lets a village read: one name, how many they are, how much a month."""

    applicant_name: str
    members_count: int
    allowance_fen: int


WHITELIST: tuple[tuple[str, Callable[[Shown], str]], ...] = (
    ("申请人姓名", lambda shown: shown.applicant_name),
    ("家庭成员数量", lambda shown: f"{shown.members_count}人"),
    ("保障金额", lambda shown: f"每月{yuan_text(shown.allowance_fen)}元"),
)
"""57号 Art 24: the applicant's name, the number of members, the amount."""


def notice_page(fact: PublicNoticePosted, organ: str) -> Page:
    """A preliminary opinion on its notice, with its days; raises NameUnreadable."""
    first, last = day_in_words(fact.posted_on), day_in_words(fact.last_day_on)
    return Page(
        title="最低生活保障初审意见公示",
        before=("经审核，拟对下列家庭给予最低生活保障，现予公示。",),
        rows=_rows(fact),
        after=(
            f"公示期自{first}起至{last}止。",
            f"对公示内容有异议的，请在公示期内向{organ}提出。",
        ),
        foot=(organ, first),
    )


def announcement_page(fact: ResultAnnounced, organ: str) -> Page:
    """A confirmed result; raises NameUnreadable."""
    return Page(
        title="最低生活保障确认结果公布",
        before=("下列家庭经审核确认，享受最低生活保障，现予公布。",),
        rows=_rows(fact),
        after=(f"接受监督。有情况反映的，请向{organ}提出。",),
        foot=(organ, day_in_words(fact.announced_on)),
    )


def _rows(fact: PublicNoticePosted | ResultAnnounced) -> tuple[tuple[str, str], ...]:
    if fact.personal is None:
        raise NameUnreadable("申请人姓名无法读取，不能生成公示或公布内容。")
    shown = Shown(fact.personal.applicant_name, fact.members_count, fact.allowance_fen)
    return tuple((label, of(shown)) for label, of in WHITELIST)
