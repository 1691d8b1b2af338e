"""The columns of the sheet, and the words that offices use for them.

A title is recognised by the whole of its words, never by a part: 家庭人均月收入 is not
家庭月收入, and 户主身份证号码 is not the person's own.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.intake.spreadsheet.units import counts_by


class Column(StrEnum):
    """What a column may be; the value is the title that the sheet's template gives it."""

    SERIAL = "序号"
    HOUSEHOLD_NUMBER = "户编号"
    VILLAGE = "村(社区)"
    HEAD = "户主姓名"
    NAME = "姓名"
    RELATION = "与户主关系"
    RESIDENT_ID = "身份证号码"
    CATEGORY = "户口性质"
    MONTH_INCOME = "家庭月收入(元)"
    YEAR_INCOME = "家庭年收入(元)"
    BANK = "开户银行"
    ACCOUNT = "银行账号"
    PHONE = "联系电话"
    PROGRAMME = "救助类型"
    APPLIED_ON = "申请日期"
    REMARK = "备注"


REQUIRED: Final = (Column.NAME, Column.RELATION, Column.RESIDENT_ID)
# Two of these in one sheet can't be told apart safely; of the others the first is read.
NEVER_TWICE: Final = frozenset(
    {
        *REQUIRED,
        Column.HEAD,
        Column.HOUSEHOLD_NUMBER,
        Column.CATEGORY,
        Column.MONTH_INCOME,
        Column.YEAR_INCOME,
        Column.ACCOUNT,
        Column.PROGRAMME,
        Column.APPLIED_ON,
    }
)
# What an income is counted by.
PERIODS: Final[Mapping[Column, str]] = {Column.MONTH_INCOME: "月", Column.YEAR_INCOME: "年"}

_INCOME = "(?:纯|净|可支配)?收入(?:总额|合计|金额|情况)?"
_OWNER = "(?:家庭|全家|全户|户|家庭总|总)?(?:总)?"
_WORDS: Final[Mapping[Column, str]] = {
    Column.SERIAL: "序号|序|编号|顺序号|行号|NO|no|No",
    Column.HOUSEHOLD_NUMBER: "户号|户编号|户序号|家庭编号|家庭序号|家庭户号|户编码|户序|户次",
    Column.VILLAGE: (
        "(?:所在|所属|居住|户籍|户籍所在)?(?:地)?(?:行政|自然)?"
        "(?:村|社区|村社区|社区村|村居|村居委|村委|居委|村居社区|村庄|村民委员|居民委员|村居民委员|村街)"
        "(?:会)?(?:名称|名|别)?|村居委会|村委会居委会|村名社区名|村民委员会居民委员会"
    ),
    Column.HEAD: (
        "(?:家庭)?户主(?:的)?(?:姓名|名字|名称)?|家长姓名|申请人(?:姓名|名字)?"
        "|户主(?:或)?申请人(?:姓名)?|申请人(?:或)?户主(?:姓名)?|户主名"
    ),
    Column.NAME: (
        "(?:共同生活)?(?:的)?(?:家庭)?(?:成员|人员|人口|家庭成员|保障对象|救助对象)?(?:的)?(?:姓名|名字)"
        "|(?:共同生活)?(?:的)?家庭成员|成员"
    ),
    Column.RELATION: (
        "(?:成员)?(?:与|和|同|跟|是)?(?:户主|申请人|户主申请人|户主或申请人|申请人户主|家庭|家庭成员|成员)?"
        "(?:之间)?(?:的)?关系|称谓|家庭称谓"
    ),
    Column.RESIDENT_ID: (
        "(?:家庭)?(?:成员|人员|本人|家庭成员)?(?:的)?(?:公民|居民|第二代|二代)?"
        "(?:身份证|身份证件|身份|身份证明|证件|公民身份|居民身份证)(?:的)?(?:号码|号|编号)"
        "|(?:居民|成员|本人)?身份证|身份证号或证件号"
    ),
    Column.CATEGORY: (
        "(?:户口|户籍|户别|家庭户口)(?:所在地)?(?:性质|类型|类别|属性)|户别|户口|户籍"
        "|城乡(?:类别|类型|属性|分类|性质)|农业非农业|农业或非农业|农村城镇|城镇农村|是否农业户口"
    ),
    Column.MONTH_INCOME: (
        f"{_OWNER}(?:月|每月|月均|月平均|月度){_OWNER}{_INCOME}|{_OWNER}{_INCOME}(?:每)?月"
    ),
    Column.YEAR_INCOME: (
        f"{_OWNER}(?:年|全年|每年|年度|上年|上年度|年均){_OWNER}{_INCOME}|{_OWNER}{_INCOME}(?:每)?年"
    ),
    Column.BANK: (
        "(?:开户|发放|代发|收款|领款)?(?:银行|金融机构)(?:名称|全称)?|开户(?:网点|机构|行)(?:名称|全称)?"
        "|开户行网点|开户银行网点|开户行及网点|开户银行及网点"
    ),
    Column.ACCOUNT: (
        "(?:户主|本人|开户|银行|惠农|惠民|财政|补贴|社会保障|社保|一卡通|发放|领款|收款|存折|卡|代发"
        "|金融|资金|打卡|个人|储蓄|结算)*(?:账号|帐号|账户|帐户|卡号|卡账号|卡帐号|存折号)(?:码)?"
    ),
    Column.PHONE: (
        "(?:户主|本人|家庭|申请人)?(?:联系)?(?:人)?(?:手机|电话|移动电话|联系电话|手机电话|电话手机)(?:号码|号)?"
        "|(?:户主|本人)?联系方式"
    ),
    Column.PROGRAMME: (
        "(?:申请|享受|拟)?(?:社会)?(?:救助|保障|低保)(?:类型|类别|种类|项目)|申请(?:类型|类别|项目|事项)"
    ),
    Column.APPLIED_ON: "(?:提出|递交|提交)?(?:申请|申报)(?:的)?(?:日期|时间|年月日)",
    Column.REMARK: "备注|备注说明|说明|备考|附注|其他说明",
}
_PATTERNS: Final = tuple((column, re.compile(words)) for column, words in _WORDS.items())
# One person's income or another person's number: columns that must not be taken for ours.
_OTHERS = re.compile(
    "人均|(?:个人|本人|成员).*收入|监护|代理|代领|受托|委托"
    "|(?:户主|申请人|户代表|配偶).*(?:身份|证件)|户名"
)
_BRACKETS = re.compile(r"[(\[<{【〔「《]([^)\]>}】〕」》]*)[)\]>}】〕」》]")
_UNIT = re.compile("(?:人民币)?(?:单位)?[:：]?[百千万]?元")
_NOT_WORDS = re.compile(r"[\W_]+")
TITLE_MAX: Final = 60  # a sentence is no title


def _flat(text: str) -> str:
    """Words only: no spaces, marks, brackets or zero-width signs."""
    return _NOT_WORDS.sub("", text)


def recognise(title: str) -> Column | None:
    """The column that `title` names, with or without its brackets; None when it names none."""
    if len(title) > TITLE_MAX:
        return None
    plain = unicodedata.normalize("NFKC", title)
    tight = "".join(plain.split())
    whole = _flat(_BRACKETS.sub(lambda found: _UNIT.sub("", found[0]), tight))
    if _OTHERS.search(whole):
        return None
    for words in dict.fromkeys((whole, whole.removesuffix("元"), _flat(_BRACKETS.sub("", tight)))):
        for column, pattern in _PATTERNS:
            if pattern.fullmatch(words):
                return column if counts_by(title, PERIODS.get(column, "")) else None
    return None
