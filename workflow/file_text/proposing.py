"""What a file's name and first page propose for its entry in the register; a person looks at it before it is saved.

A title is taken from the name alone, never from the text, which may name a child; a name that says nothing
(扫描件001.pdf) proposes none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from workflow.file_text.passages import FileText

_HAN = "\u4e00-\u9fff"
_ORDINAL = re.compile(
    r"^(?:第?[0-9一二三四五六七八九十]{1,4}[号份、.．)）\s_-]+|[（(][0-9一二三四五六七八九十]{1,3}[)）]\s*)+"
)
_COPY = re.compile(r"(?:[\s_-]*(?:[（(][0-9]{1,2}[)）]|副本|复印件|扫描件|盖章版?|终稿|定稿|最终版?))+$")
_SAYS_NOTHING = re.compile(
    "扫描件?|图片|照片|相片|截图|微信|新建|文档|文件|附件|材料|未命名|资料|工作表|演示文稿|副本|复印件|全文|第|页|份|号|年|月|日"
)
_FEWEST_HAN = 2
_NUMBER = re.compile(rf"([{_HAN}]{{1,12}})〔((?:19|20)[0-9]{{2}})〕第?([0-9]{{1,4}})号(?:签发人.*)?")
_BRACKETS = str.maketrans(dict.fromkeys("[（(【〈", "〔") | dict.fromkeys("]）)】〉", "〕"))
_DAY = re.compile(r"((?:19|20)[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日)?(?:印发)?")
_CHINESE_DAY = re.compile(
    "([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_FIGURES = {figure: number for number, figure in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
# 题名里的字：材料种类（词汇表的编号）。
_KINDS: Mapping[str, str] = {
    "纪要": "minutes", "名册": "register", "台账": "register", "清单": "register", "登记": "register",
    "截图": "screenshot", "检索记录": "screenshot", "系统": "screenshot", "照片": "photo",
    "合同": "contract", "协议": "contract", "批复": "certificate", "证书": "certificate",
    "统计": "statistics", "报表": "statistics", "汇总": "statistics", "对照表": "statistics", "情况表": "statistics",
    "说明": "statement", "证明": "statement", "总结": "statement", "通报": "statement",
    "通知": "document", "意见": "document", "办法": "document", "方案": "document", "制度": "document",
    "规程": "document", "规定": "document", "细则": "document", "目录": "document", "文件": "document",
    "记录": "document", "计划": "document",
}  # fmt: skip
_IN_BRACKETS = re.compile("[（(《“][^）)》”]*[）)》”]")
_PICTURES = ("jpg", "jpeg", "png")


class Proposal(NamedTuple):
    """As the register's form would hold it, empty where nothing is proposed."""

    title: str = ""
    kind: str = ""
    document_number: str = ""
    date: str = ""


def proposal(name: str, text: FileText) -> Proposal:
    """From the name of the file and what stands on its first page."""
    title = title_in(name)
    pages = (passage.text for passage in text.passages if passage.first and not passage.table)
    lines = [line for page in pages for line in _lines(page)]
    number = number_in(lines)
    picture = name.rpartition(".")[2].lower() in _PICTURES
    otherwise = "document" if number else "photo" if picture and title else ""
    return Proposal(title, kind_in(title) or otherwise, number, date_in(lines))


def kind_in(title: str) -> str:
    """The kind of document its title names, the last word of it before a bracket first; empty where it names none."""
    plain = _IN_BRACKETS.sub("", title)
    found = [(plain.rfind(word) + len(word), len(word), kind) for word, kind in _KINDS.items() if word in plain]
    return max(found, default=(0, 0, ""))[2]


def title_in(name: str) -> str:
    """The title a file's name gives; empty where it gives none."""
    stem = unicodedata.normalize("NFC", name).rpartition(".")[0] or name
    title = _COPY.sub("", _ORDINAL.sub("", stem.replace("_", " ").strip())).strip(" -—·、.")
    left = _SAYS_NOTHING.sub("", title)
    return title if len(re.findall(f"[{_HAN}]", left)) >= _FEWEST_HAN else ""


def number_in(lines: Sequence[str]) -> str:
    """The 文号: the first that stands on a line of its own; one within a sentence is another paper's."""
    found = (_NUMBER.fullmatch(line.translate(_BRACKETS)) for line in lines)
    match = next((match for match in found if match), None)
    return "" if match is None else f"{match[1]}〔{match[2]}〕{int(match[3])}号"


def date_in(lines: Sequence[str]) -> str:
    """The day or month it is dated: the last that stands on a line of its own."""
    dated = [written for line in lines if (written := _date(line))]
    return dated[-1] if dated else ""


def _lines(page: str) -> list[str]:
    """Without blanks, full-width figures as plain ones."""
    folded = unicodedata.normalize("NFKC", page).splitlines()
    return [line for text in folded if (line := re.sub(r"\s", "", text))]


def _date(line: str) -> str:
    if match := _DAY.fullmatch(line):
        year, month, day = (int(part) if part else 0 for part in match.groups())
    elif match := _CHINESE_DAY.fullmatch(line):
        year = int("".join(str(_FIGURES[figure]) for figure in match[1]))
        month, day = _spelt(match[2]), _spelt(match[3] or "")
    else:
        return ""
    try:
        there = date(year, month, day or 1)
    except ValueError:
        return ""
    return there.isoformat() if day else f"{there:%Y-%m}"


def _spelt(words: str) -> int:
    """十二 → 12, 二十一 → 21; 0 for nothing."""
    tens, ten, ones = words.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)
