"""What may name somebody, but may as well not: told to be looked at once more, never refused.

Bank cards (Luhn), 15-digit identity numbers of old, “姓名：”, names beside ages or villages, villages where only one or
two children are counted. Which words are names is guessed from their surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workflow.privacy import INSTEAD, is_credit_code, place_in, plain, texts_of
from workflow.targets import Target

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂苗谷曲翁冉骆蓝游辛靳管柴蒙鲍华喻祁蒲屈饶尤阳穆司卓古吉缪简车项连芦麦褚娄窦戚岑景费卜席卫米柏宗瞿桂佟闵苟边姬和普刀"
)
_NO_GIVEN_NAME = "于名为在的是和与及等有了内上下中达至到满未不各共年个人位户多某余或以其按从对过被将村乡镇县区市组省"
_NO_NAMES = (
    "安全|安置|安排|方面|方式|方便|金额|金融|包括|包含|连续|单独|单位|单亲|高中|关爱|关心|关于|白天|温暖|游戏|管理|项目|解决|尚未|施行|章程|舒适|向上|左右|车辆|"
    "计划|严重|严格|严禁|毛利|段落|简介|简单|全面|文件|龙头|普通|普及|和谐|米面|姬|卫生|郎|石油|江河|古迹|时间|成绩|成年|莫|尤其|车站|农牧|雷电|路途"
)
_GIVEN = f"[^\\W\\d_A-Za-z{_NO_GIVEN_NAME}]"
_NAME = f"(?!{_NO_NAMES})(?:欧阳|上官|司马|诸葛|[{_SURNAMES}]){_GIVEN}{{1,2}}"
# 前面是别的汉字的，多半不是一个人名的开头；“儿童张小明”“大河村张小明”是。
_BEGINS = r"(?:(?<![^\W\d_A-Za-z])|(?<=[童生孩女男母父村区组寨屯]))"
_PLACE = "(?:村|社区|居委会|村民小组|寨|屯)"
_AGE = r"[1-9]?[0-9]\s*(?:周岁|岁)"
_SEX = r"(?:\s*[,、(]?\s*[男女])?"
_NAME_AND_AGE = re.compile(rf"{_BEGINS}{_NAME}{_SEX}\s*[,、(:|]?\s*(?:今年|现年|年龄)?\s*:?\s*{_AGE}")
_NAMES_OF_A_PLACE = re.compile(rf"{_PLACE}\s*[:(|]?\s*{_NAME}(?:\s*[、,\s]\s*{_NAME})+(?![^\W\d_A-Za-z])")
_NAME_IN_A_PLACE = re.compile(rf"{_BEGINS}{_NAME}\s*[(]\s*[^\W\d_A-Za-z]{{1,10}}{_PLACE}")
_FEWEST_NAMES = 2
_NAME_LABEL = re.compile(r"(?:儿童|学生|监护人|父亲|母亲|患者)?姓\s*名\s*:\s*(?![\s_/]*(?:$|某|无|略|\*|×|X{2}))")
_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?:[3-69][0-9]{15,18}|[3-69][0-9]{3}(?:[ \-][0-9]{4}){3}(?:[ \-][0-9]{1,3})?)(?![0-9A-Za-z])"
)
_OLD_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z.])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}[ \-]?[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])[ \-]?[0-9]{3}(?![0-9A-Za-z]|\.[0-9])"
)
# 说得出名字的村（社区），而不是每个村、各村、行政村。
_A_VILLAGE = re.compile(
    r"(?<![每各该全个几多])(?:[^\W\d_A-Za-z每各该全个几多]{1,8})(?:村委会|居委会|村民小组|村|社区|寨|屯)$"
)
_NO_VILLAGE = re.compile(
    r"(?:行政|建制|自然|贫困|全县|全市|全乡|全镇|试点|示范|所属|所在|本|某|乡|县|各级|农|进|驻|到|在|是|的|有|和|及|或|以|为|从)$"
)
_FEW = re.compile(
    r"([^\W\d_A-Za-z]{1,10}?(?:村委会|居委会|村民小组|村|社区|寨|屯))([^\d,。;、一二两]{0,12})"
    r"(?<![\d.第])(?:[12]|[一二两])\s*(?:名|人|个|户|例)(?!以上|以下|以内|月|村|乡|镇)([^\d,。;]{0,8})"
)
_OF_CHILDREN = re.compile("留守|困境|儿童|孤儿|孩|残疾|重病|艾滋|辍学|失学|特困|低保")
_OF_STAFF = re.compile("主任|督导|专干|工作|社工|志愿|教师|医生|之家|中心|活动|场所|站|配备|至少|不少于")
_MOST_COUNTED = 2


def hints(text: str) -> tuple[str, ...]:
    """What in a text should be looked at once more, in words; never the text itself."""
    shown = plain(text)
    found = (
        (bool(_NAME_LABEL.search(shown)), "“姓名：”后面的人名"),
        (_has_card(shown), "像银行卡号的数字"),
        (_OLD_IDENTITY.search(shown) is not None, "像15位旧身份证号的数字"),
        (_NAME_AND_AGE.search(shown) is not None, "像是写在一起的人名和年龄"),
        (_names_by_place(shown), "像是写在一起的村（社区）和人名"),
        (_few_in_a_village(shown), "某个村（社区）只有一两个人的数量，容易认出是谁"),
    )
    return tuple(words for there, words in found if there)


def entry_hints(target: Target, body: object, label: str | None = None) -> tuple[str, ...]:
    """The sentences on an entry: where, what, and what to give instead. ``label``: what people call the entry."""
    what = label or target.label
    told: dict[str, dict[str, None]] = {}
    for path, text in texts_of(body):
        if path.rpartition(".")[2] != "sha256":
            for words in hints(text):
                told.setdefault(place_in(target, what, path), {})[words] = None
    if _few_of_a_member(body):
        told.setdefault(what, {})["某个村（社区）只有一两个人的数量，容易认出是谁"] = None
    return tuple(sentence(place, "；".join(found)) for place, found in told.items())


def sentence(place: str, found: str) -> str:
    """What a person reads: where, what, and what to do about it."""
    return f"{place}里有{found}。请再看一遍：能认出某个儿童或家庭的，{INSTEAD}"


def is_name(text: str) -> bool:
    """Whether a whole text, as in a cell, looks like a person's name."""
    return re.fullmatch(_NAME, plain(text).strip()) is not None


def is_village(text: str) -> bool:
    """Whether a whole text, as in a cell, names one village or community."""
    return _A_VILLAGE.fullmatch(text.strip()) is not None


def _has_card(shown: str) -> bool:
    numbers = (re.sub("[^0-9]", "", match.group()) for match in _CARD.finditer(shown))
    return any(_luhn(number) and not is_credit_code(number) for number in numbers)


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number)))
    return sum(digit if digit < 10 else digit - 9 for digit in doubled) % 10 == 0  # noqa: PLR2004 - the rule's own ten and nine


def _names_by_place(shown: str) -> bool:
    return (
        _NAMES_OF_A_PLACE.search(shown) is not None or sum(1 for _ in _NAME_IN_A_PLACE.finditer(shown)) >= _FEWEST_NAMES
    )


def _few_in_a_village(shown: str) -> bool:
    for match in _FEW.finditer(shown):
        village, between, after = match.groups()
        around = between + after
        if _is_named(village) and _OF_CHILDREN.search(around) and not _OF_STAFF.search(around):
            return True
    return False


def _is_named(village: str) -> bool:
    return is_village(village) and not _NO_VILLAGE.search(re.sub(f"{_PLACE}$", "", village))


def _few_of_a_member(body: object) -> bool:
    """What a document promises of each member, given one by one: 大河村 2."""
    return any(
        is_village(str(name)) and isinstance(value, int) and 0 < value <= _MOST_COUNTED
        for counts in _mappings(body)
        for name, value in counts.items()
    )


def _mappings(body: object) -> Iterator[Mapping[object, object]]:
    if isinstance(body, Mapping):
        yield body
        for value in body.values():
            yield from _mappings(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _mappings(value)
