"""What people read: exactly what the law lets them, each word escaped."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review import commands as c
from services.review.documents import (
    Page,
    announcement_page,
    as_html,
    as_text,
    notice_page,
    written_notice,
)
from services.review.documents.page import NameUnreadable
from services.review.documents.reasons import REASONS
from services.review.documents.written_notice import Told
from services.review.domain.decision import DECLINE_REASONS
from services.review.domain.non_cooperation import REFUSED
from shared.facts.people import Payee
from shared.facts.review import (
    CaseOpened,
    EligibilityDeclined,
    ProcedureTerminated,
    PublicNoticePosted,
    ResultAnnounced,
    ShownName,
    WrittenNoticeServed,
)
from shared.policy.loader import load_policy
from shared.policy.model import policy_of
from tests.review.samples import (
    ACCEPTED,
    CASE,
    CONFIRMED,
    DECLINED,
    NUMBERS,
    OPEN,
    READY,
    SEALED,
    TOO_RICH,
    UP,
    Step,
    act,
    fact_of,
    refused,
    road,
)

ORGAN, POLICY = "测试镇人民政府", load_policy()
PHONE, ADDRESS, ACCOUNT = "13900000000", "某组某号", "6200000000000000"
FULL = replace(
    SEALED, phone=PHONE, address=ADDRESS, payee=Payee("庚某", NUMBERS[0], "某银行", ACCOUNT)
)
OPENED = act(c.OpenCase(replace(ACCEPTED, personal=FULL)), "2024-03-01", "SYSTEM/review")
ANNOUNCE = act(c.PublishAnnouncement(CASE, "村委会公示栏"), "2024-03-19")
ANNOUNCED = fact_of((OPENED, *READY[1:], CONFIRMED), ANNOUNCE)
POSTED = fact_of((OPENED, *UP[1:-1]), UP[-1])
SERVED = act(c.ServeWrittenNotice(CASE, "IN_PERSON"), "2024-03-08")


def words_of(html: str) -> list[str]:
    """What a reader sees, piece by piece, without the head."""
    body = html.partition("<body>")[2]
    return [unescape(piece) for piece in re.split(r"<[^>]*>", body) if piece.strip()]


def test_an_announcement_says_exactly_this() -> None:
    """57号 Art 24: the applicant's name, the number of members, the amount."""
    assert (
        "最低生活保障确认结果公布\n"
        "下列家庭经审核确认，享受最低生活保障，现予公布。\n"
        "申请人姓名：甲某\n"
        "家庭成员数量：3人\n"
        "保障金额：每月765.00元\n"
        "接受监督。有情况反映的，请向测试镇人民政府提出。\n"
        "测试镇人民政府\n"
        "2024年3月19日\n"
    ) == as_text(announcement_page(ANNOUNCED, ORGAN))


def test_a_notice_says_its_days_too() -> None:
    """57号 Art 19; 83号 四(二)."""
    assert (
        "最低生活保障初审意见公示\n"
        "经审核，拟对下列家庭给予最低生活保障，现予公示。\n"
        "申请人姓名：甲某\n"
        "家庭成员数量：3人\n"
        "保障金额：每月765.00元\n"
        "公示期自2024年3月7日起至2024年3月14日止。\n"
        "对公示内容有异议的，请在公示期内向测试镇人民政府提出。\n"
        "测试镇人民政府\n"
        "2024年3月7日\n"
    ) == as_text(notice_page(POSTED, ORGAN))


@pytest.mark.parametrize(
    "page", [notice_page(POSTED, ORGAN), announcement_page(ANNOUNCED, ORGAN)], ids=["up", "result"]
)
def test_nothing_else_of_a_household_appears(page: Page) -> None:
    """Numbers, telephone, account, address, the others' names, who is paid, the income."""
    hidden = (
        *NUMBERS, PHONE, ADDRESS, ACCOUNT, "某银行", "庚某", "hh-1", CASE,
        "600", *(member.name for member in FULL.members),
    )  # fmt: skip
    for shown in (as_text(page), as_html(page)):
        assert [] == [word for word in hidden if word in shown]


@given(
    name=st.text(min_size=1, max_size=30),
    members=st.integers(1, 20),
    fen=st.integers(0, 10**7),
    day=st.dates(date(2021, 2, 1), date(2026, 12, 31)),
)
def test_whatever_the_name_it_is_a_word_and_never_markup(
    name: str, members: int, fen: int, day: date
) -> None:
    """The same pieces are read in text and in HTML; nothing in a name opens a tag."""
    fact = ResultAnnounced(CASE, 1, "栏", (), day, members, fen, ShownName(name))
    html = as_html(announcement_page(fact, ORGAN))
    plain = as_html(announcement_page(replace(fact, personal=ShownName("甲")), ORGAN))
    tags = re.findall(r"<[^>]*>", plain)
    assert tags == re.findall(r"<[^>]*>", html)
    assert name in unescape(html)


def test_html_shows_the_same_words_as_text() -> None:
    """One page, two forms."""
    page = announcement_page(ANNOUNCED, ORGAN)
    assert as_text(page).replace("：", "").replace("\n", "") == "".join(
        words_of(as_html(page))
    ).replace("\n", "").replace("：", "")


def test_without_the_name_nothing_is_posted() -> None:
    """An announcement of nobody tells nobody anything."""
    posted: PublicNoticePosted = replace(POSTED, personal=None)
    with pytest.raises(NameUnreadable):
        notice_page(posted, ORGAN)


def told(past: tuple[Step, ...], serve: Step = SERVED) -> Told:
    """The three facts behind a written notice."""
    facts = [*road(*past, serve).facts]
    [opened] = [fact for fact in facts if isinstance(fact, CaseOpened)]
    [decision] = [
        fact for fact in facts if isinstance(fact, EligibilityDeclined | ProcedureTerminated)
    ]
    [served] = [fact for fact in facts if isinstance(fact, WrittenNoticeServed)]
    return Told(opened, decision, served)


def test_a_refusal_is_told_with_reasons_and_roads() -> None:
    """57号 Art 21, 38; 649号 Art 65: who answers, to whom, until when."""
    assert (
        "不予确认最低生活保障告知书\n"
        "甲某：\n"
        "您家2024年3月1日受理的最低生活保障申请，2024年3月7日决定不予确认。理由如下：\n"
        "1：家庭月人均收入不低于当地最低生活保障标准（649号令第九条）\n"
        "对本决定不服的，可以自收到本告知书之日起60日内（至2024年5月7日），"
        "向周口市淮阳区人民政府申请行政复议，被申请人为测试镇人民政府；"
        "对复议决定不服的，可以在收到复议决定书之日起15日内起诉。\n"
        "也可以自收到本告知书之日起6个月内（至2024年9月9日），"
        "直接向有管辖权的人民法院提起行政诉讼，被告为测试镇人民政府。\n"
        "重新符合条件的，可以再次提出申请。\n"
        "测试镇人民政府\n"
        "2024年3月8日\n"
    ) == as_text(written_notice(told((*TOO_RICH, DECLINED)), ORGAN, POLICY))


def test_an_ended_procedure_is_told_as_such() -> None:
    """57号 Art 29: each thing refused, in a line of its own."""
    past = (
        OPEN,
        refused("REFUSED_VISIT", "2024-03-04"),
        refused("UNREACHABLE", "2024-03-06", warned=True),
        act(c.TerminateProcedure(CASE), "2024-03-07", "h-1"),
    )
    page = written_notice(told(past), ORGAN, POLICY)
    assert ("终止审核确认程序告知书", 2) == (page.title, len(page.rows))
    assert page.before[1].endswith("2024年3月7日决定终止审核确认程序。理由如下：")


def test_the_bureau_stands_under_its_own_decision() -> None:
    """And is named as who answers, with both bodies of that time."""
    facts = told((*TOO_RICH, DECLINED))
    bodies = ("district_government", "city_bureau")
    served = replace(facts.served, respondent="BUREAU", bodies=bodies)
    page = written_notice(replace(facts, served=served), ORGAN, POLICY)
    text = as_text(page)
    assert "向周口市淮阳区人民政府或者周口市民政局申请行政复议" in text
    assert "被告为周口市淮阳区民政局" in text
    assert "周口市淮阳区民政局" == page.foot[0]


def test_a_notice_of_the_first_version_tells_no_roads() -> None:
    """It never said them; none are made up afterwards."""
    before = told((*TOO_RICH, DECLINED))
    first = replace(before.served, respondent=None, bodies=(), reasons=())
    page = written_notice(replace(before, served=first), ORGAN, POLICY)
    assert ((), ()) == (page.rows, page.after)


def test_without_a_pack_that_names_them_organs_go_by_their_kind() -> None:
    """Another district than the one of the pack."""
    other = policy_of(tuple(pack for pack in POLICY.packs if pack.name != "huaiyang"))
    page = written_notice(told((*TOO_RICH, DECLINED)), ORGAN, other)
    assert "向区人民政府申请行政复议" in page.after[0]


def test_a_day_without_calendar_is_left_out() -> None:
    """The period is told, and no day is made up."""
    late = act(c.ServeWrittenNotice(CASE, "MAIL"), "2026-11-23")
    page = written_notice(told((*TOO_RICH, DECLINED), late), ORGAN, POLICY)
    assert "60日内，向" in page.after[0]


def test_without_the_name_nobody_is_told() -> None:
    """The notice is to somebody."""
    facts = told((*TOO_RICH, DECLINED))
    erased = replace(facts, opened=replace(facts.opened, personal=None))
    with pytest.raises(NameUnreadable):
        written_notice(erased, ORGAN, POLICY)


def test_every_reason_has_its_words() -> None:
    """And its article."""
    codes = {*DECLINE_REASONS, *REFUSED}
    assert set() == codes - set(REASONS)
    assert [] == [code for code, words in REASONS.items() if not re.search(r"（.+）$", words)]


def test_the_case_opened_here_is_the_one_of_the_samples() -> None:
    """Otherwise the hidden words above would prove nothing."""
    assert fact_of((), OPENED).personal == FULL
    assert fact_of((), OPEN).personal == SEALED
