"""A stranger finds the code of any article by its number."""

import pytest

from tests.architecture.articles import PAGE, articles_of, cited, page

# 57号's articles that no code stands for, and why.
NOT_OURS = {
    1: "the purpose",
    3: "a duty of governments to lead",
    30: "changes after confirmation: of the work on households in payment",
    33: "leave to phase out: of the work on households in payment",
    39: "officers' liability: the log itself",
    40: "provinces may write rules",
    41: "who explains",
}


def test_the_page_is_what_the_code_says() -> None:
    """`python -m tests.architecture.articles` writes it anew."""
    assert page() == PAGE.read_text("utf-8")


def test_every_article_of_the_measures_has_its_place_or_a_reason() -> None:
    """57号 whole; the list of those without is exact."""
    assert set(range(1, 43)) - set(NOT_OURS) == articles_of("57号")


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("57号 第十三条第一款第（四）项", [("57号", 13)]),
        ("649号 第十二条第二款；2021年7月起57号 第二十七条", [("649号", 12), ("57号", 27)]),
        ("行政复议法（2023年修订）第二十四条第一款第（一）项", [("复议法 2023", 24)]),
        ("行政诉讼法（2017年修正）第四十四条、第四十七条", [("行诉法", 44), ("行诉法", 47)]),
        ("民法典第二百零三条", [("民法典", 203)]),
        ("83号 第四部分第（一）项", [("83号", 41)]),
        ("系统假定", []),
    ],
)
def test_a_citation_is_read_as_it_is_written(
    citation: str, expected: list[tuple[str, int]]
) -> None:
    """Chinese numerals, several articles, and none."""
    assert expected == list(cited(citation))
