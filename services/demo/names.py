"""Synthetic Chinese names: a surname and given characters, drawn separately."""

from enum import StrEnum

from services.demo.choice import Choices

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
    "程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
)
# The two lists share no character, so that a name of one list is never a name of the other.
_MALE = (
    "伟强磊军勇涛明超刚平辉健峰波海龙国建志文武斌亮东宏忠良德义民"
    "福贵生金铁山水林森石松柏岩川江河洋云天宇春夏秋冬庆祥瑞安康宁"
)
_FEMALE = (
    "芳娜敏静丽艳娟霞秀英玲桂兰凤洁梅琳素莲真环雪荣爱妹香月莺媛瑶"
    "翠雅芝玉萍红娥彩菊芬燕珍莉琴巧美娇惠珠淑婷雯薇蓉颖倩妍慧晴岚"
)


class Sex(StrEnum):
    """Digit 17 of the resident ID number tells it: odd is male."""

    MALE = "MALE"
    FEMALE = "FEMALE"


_GIVEN = {Sex.MALE: _MALE, Sex.FEMALE: _FEMALE}
NAMES_COUNT = len(SURNAMES) * len(_MALE) * len(_FEMALE)


def name_at(place: int, sex: Sex) -> str:
    """The three-character name at `place`, 0 to `NAMES_COUNT` - 1; another place, another name."""
    given = _GIVEN[sex]
    rest, last = divmod(place, len(given))
    surname, middle = divmod(rest, len(given))
    return SURNAMES[surname] + given[middle] + given[last]


def drawn_name(choices: Choices, sex: Sex, surname: str | None = None) -> str:
    """A name by hash, of two or three characters; with the surname where it is given."""
    given = _GIVEN[sex]
    family = surname or choices.pick(SURNAMES, "surname")
    middle = "" if choices.chance(150, "short") else choices.pick(given, "middle")
    return family + middle + choices.pick(given, "last")
