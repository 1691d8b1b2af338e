"""The words of the sheet for kinship, registration and programme, as codes."""

import re
from collections.abc import Mapping
from typing import Final

from services.intake.spreadsheet.cells import tight
from services.intake.spreadsheet.problems import CellRefused

HEAD: Final = "HEAD"
SPOUSE: Final = "SPOUSE"
SUBSISTENCE_ALLOWANCE: Final = "SUBSISTENCE_ALLOWANCE"

_ORDER = "(?:长|大|次|二|三|四|五|六|七|八|九|小|幺|老大|老二|老三)?"
_STEP = "(?:继|养|生|亲|独生|独|婚生|非婚生)?"
_KIN: Final[Mapping[str, str]] = {
    "HEAD": "户主|本人|申请人|户主本人|本人户主|申请人本人|本人申请人|户主申请人|申请人户主",
    "SPOUSE": "妻|妻子|夫|丈夫|配偶|爱人|老婆|老公|夫妻|夫妇",
    "CHILD": f"{_ORDER}{_STEP}(?:子|女|儿子|女儿|儿|闺女|子女|孩子)|{_STEP}{_ORDER}(?:子|女)",
    "PARENT": f"{_STEP}(?:父|母|父亲|母亲|父母|爸爸|妈妈|爸|妈)",
    "GRANDPARENT": (
        "(?:外|曾|外曾)?(?:祖父|祖母|祖父母)|(?:老)?(?:爷爷|奶奶)|外公|外婆|姥姥|姥爷|姥娘|爷|奶"
    ),
    "GRANDCHILD": f"{_ORDER}(?:外|曾|重|外曾)?(?:孙|孙子|孙女|孙儿|孙子女)",
    "SIBLING": (f"胞?{_ORDER}(?:哥|弟|姐|妹|兄|姊|哥哥|弟弟|姐姐|妹妹|兄长|兄弟|姐妹|兄弟姐妹)"),
    "CHILD_IN_LAW": f"{_ORDER}(?:儿媳|儿媳妇|女婿|婿|子媳)|(?:长|次|三|四|五)媳",
    "PARENT_IN_LAW": "岳父|岳母|岳父母|公公|婆婆|公婆|丈人|丈母娘|老丈人|家公|家婆|配偶(?:之|的)?(?:父|母)亲?",
    "OTHER": (
        "其他|其它|其他亲属|其它亲属|其他成员|其他关系|非亲属|亲属|亲戚"
        f"|{_ORDER}(?:叔|伯|姑|舅|姨|婶)(?:父|母|妈|叔|姑|舅|伯)?|伯父|伯母|姨妈"
        f"|(?:堂|表){_ORDER}(?:哥|弟|姐|妹|兄|兄弟|姐妹|兄妹|姐弟)"
        "|(?:堂|表)?(?:侄孙|侄孙女|侄|侄子|侄儿|侄女|外甥|外甥女|甥)"
        f"|{_ORDER}(?:外)?孙(?:媳|媳妇|女婿|婿)|嫂|嫂子|{_ORDER}弟媳|弟媳妇|弟妹|姐夫|妹夫"
    ),
}
_KIN_PATTERNS: Final = tuple((code, re.compile(words)) for code, words in _KIN.items())
_REGISTERED = "(?:家庭)?(?:户口|户籍|户|人口)?"
_RURAL = re.compile(f"(?:农业|农村|农)(?:居民|村民)?{_REGISTERED}")
_URBAN = re.compile(f"(?:非农业|非农|城镇|城市|居民|城)(?:居民)?{_REGISTERED}")
_ALLOWANCE = re.compile(
    "(?:申请)?(?:农村|城市|城镇|城乡)?(?:居民)?(?:最低生活保障|低保)(?:对象|户|家庭|金|救助|待遇|人员)?"
)
_OTHER_PROGRAMMES = re.compile("特困|五保|边缘|低收入|刚性支出|临时|孤儿|残疾|医疗|教育|住房|供养")
_MARKS = re.compile(r"[\W_]+")


def is_kin(value: str) -> bool:
    """Whether a cell names a relation to the head."""
    try:
        return bool(relation(value))
    except CellRefused:
        return False


def relation(value: str) -> str:
    """The code of a person's relation to the head of the household."""
    words = _MARKS.sub("", tight(value)).removeprefix("之").removeprefix("户主之")
    if not words:
        raise CellRefused("RELATION_MISSING", "与户主关系没有填，请补上（户主本人填“户主”）。")
    for code, pattern in _KIN_PATTERNS:
        if pattern.fullmatch(words):
            return code
    raise CellRefused(
        "RELATION_UNKNOWN", "看不懂与户主的关系，请写户主、配偶、子、女、父、母、儿媳、孙子等。"
    )


def category(value: str) -> str:
    """RURAL or URBAN, or "" for an empty cell."""
    words = _MARKS.sub("", tight(value))
    if not words:
        return ""
    if _RURAL.fullmatch(words):
        return "RURAL"
    if _URBAN.fullmatch(words):
        return "URBAN"
    raise CellRefused("CATEGORY_UNKNOWN", "看不懂户口性质，请写“农业”或“非农业”。")


def programme(value: str) -> str:
    """SUBSISTENCE_ALLOWANCE, or "" for an empty cell; other programmes are reported, not taken."""
    words = _MARKS.sub("", tight(value))
    if not words:
        return ""
    if _ALLOWANCE.fullmatch(words):
        return SUBSISTENCE_ALLOWANCE
    if _OTHER_PROGRAMMES.search(words):
        raise CellRefused(
            "PROGRAMME_NOT_YET", "这一救助类型还不能从表格导入，请另行办理，并从本表中移出。"
        )
    raise CellRefused("PROGRAMME_UNKNOWN", "看不懂救助类型，请写“低保”。")
