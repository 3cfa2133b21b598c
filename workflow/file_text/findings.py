"""What of a file's text names persons: identifiers are refused by place, the rest is told with its cure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.errors import Refused
from workflow.file_text.passages import WHOLE, FileText, Passage
from workflow.personal_hints import hints, is_name, is_village
from workflow.privacy import identifier_across, identifiers, identifiers_in_lines, masked

_LISTED = 6
_FEWEST_NAMES, _FEWEST_ON_A_PAGE, _MOST_COUNTED = 2, 3, 2
_FEWEST_CHARACTERS, _FEWEST_DIGITS, _FEWEST_OF_A_NUMBER = 2, 11, 15
_NAMES_HEAD = re.compile(
    r"(?:儿童|学生|人员|本人|监护人|参会人员|参加人员|参训人员)?(?:姓名|名字|签名|签字|签到)(?:\(.*\)|（.*）)?"
)
_OF_CHILDREN = re.compile("年龄|出生|监护|学校|班级|年级|儿童|学生|身份证|残疾|住址|困境|留守|孤儿|就读")
_COUNTS_HEAD = re.compile("儿童|留守|困境|孤儿|残疾|重病|低保|特困|学生|人数|户数")
_NO_COUNTS_HEAD = re.compile("序号|编号|年度|年份|月|主任|督导|之家|中心|场所|工作人员")
_CHILDREN = "像儿童名册的人名。儿童的姓名不得提供，请隐去姓名再上传，或只给件数、编号、节录"
_ADULTS = "像名册、签到表的人名。成年人的姓名也请隐去（留职务或编号）再上传，或只给件数、编号、节录"
_FEW = "村（社区）一级只有一两个人的数量，容易认出是谁。请合并到乡镇再给"
_CUT_NUMBER = "像身份证号的数字（末几位被表格软件改成了0）。请删去再上传"
_AGAIN = "。请再看一遍：能认出某个儿童或家庭的，请隐去再上传，或只给件数、编号、节录"
CONFIRM = "请自行确认其中没有儿童、家庭的个人信息。"
_CUT_IDENTITY = re.compile(r"[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]000")


@dataclass(frozen=True, slots=True)
class Remarks:
    """On a file that is kept: sentences on what may name somebody, and the parts that were not looked at."""

    warnings: tuple[str, ...]
    unread: tuple[str, ...]


def remarks_on(name: str, text: FileText) -> Remarks:
    """What to tell of a file. Raises Refused ``personal_identifier``: every place that holds one, as far as listed."""
    found: dict[str, dict[str, None]] = {}
    for passage in text.passages:
        for kind in _identifiers(passage):
            found.setdefault(kind, {})[passage.place] = None
    for place in _spelt_out(text.passages):
        found.setdefault("18位公民身份号码", {})[place] = None
    if found:
        cure = "请删去或隐去后重新上传：只给件数、编号或节录。"
        told = (f"文件“{name}”{_at(places)}含有{kind}，没有保存。{cure}" for kind, places in found.items())
        raise Refused("personal_identifier", *told)
    return Remarks(tuple(_warnings(name, text.passages)), tuple(map(masked, text.unread)))


def is_whole(part: str) -> bool:
    """Whether an unread part is the file as a whole."""
    return part.startswith(WHOLE)


def sentences(name: str, remarks: Remarks) -> tuple[str, ...]:
    """What is told of a file when it is kept."""
    if not remarks.unread:
        return remarks.warnings
    rosters = "名册、签到表请先隐去姓名。" if re.search("名册|签到|花名", name) else ""
    unread = f"文件“{name}”没有检查的：{'、'.join(remarks.unread)}。{CONFIRM}{rosters}"
    return (*remarks.warnings, unread)


def _warnings(name: str, passages: Sequence[Passage]) -> Iterator[str]:
    told: dict[str, dict[str, None]] = {}
    for place, words in (*_in_passages(passages), *_in_tables(passages)):
        told.setdefault(words, {})[place] = None
    for words, places in told.items():
        yield f"文件“{name}”{_at(places)}有{words}。"


def _at(places: Iterable[str]) -> str:
    listed = list(places)
    more = f"等{len(listed)}处" if len(listed) > _LISTED else ""
    return f"{'、'.join(masked(place) for place in listed[:_LISTED])}{more}"


def _identifiers(passage: Passage) -> tuple[str, ...]:
    if len(passage.text) < _FEWEST_DIGITS:
        return ()
    kinds = [*identifiers_in_lines(passage.text)]
    kinds += [kind for pair in pairwise(passage.text.splitlines()) if (kind := identifier_across(*pair)) is not None]
    return tuple(dict.fromkeys(kinds))


def _spelt_out(passages: Sequence[Passage]) -> Iterator[str]:
    """Rows of a table where an identity number stands digit by digit, a cell each."""
    for rows in _tables(passages).values():
        for row in rows.values():
            signs = "".join(text.strip() if len(text.strip()) == 1 else "," for _, text in row.values())
            for run in signs.split(","):
                if len(run) > 1 and "18位公民身份号码" in identifiers(run):
                    yield next(iter(row.values()))[0]


def _in_passages(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    known: dict[str, tuple[str, ...]] = {}  # 表格里同样的文字很多
    for place, text, _, table, _, _ in passages:
        for line in filter(_may_name, text.splitlines()):
            if line not in known:
                known[line] = hints(line)
            for words in known[line]:
                yield place, f"{words}{_AGAIN}"
        if table and _CUT_IDENTITY.fullmatch(text.strip()):
            yield place, _CUT_NUMBER
        if not table and _lists_names(text):
            yield place, _kind_of_list(text)


def _may_name(line: str) -> bool:
    """Short figures, most of a table, cannot."""
    return len(line) >= _FEWEST_OF_A_NUMBER or (len(line) > _FEWEST_CHARACTERS and not line.isascii())


def _lists_names(text: str) -> bool:
    """A page with names under a heading, as the text of a PDF gives it."""
    if not re.search("姓名|签名|签到|签字", re.sub(r"\s", "", text)):
        return False
    return len({word for word in text.split() if is_name(word)}) >= _FEWEST_ON_A_PAGE


def _kind_of_list(words: str) -> str:
    return _CHILDREN if _OF_CHILDREN.search(words) else _ADULTS


Row = Mapping[int, tuple[str, str]]  # column → place and text


def _tables(passages: Sequence[Passage]) -> dict[str, dict[int, dict[int, tuple[str, str]]]]:
    tables: dict[str, dict[int, dict[int, tuple[str, str]]]] = {}
    for place, text, _, table, row, column in passages:
        if table:
            cells = tables.setdefault(table, {}).setdefault(row, {})
            before = cells.get(column)
            cells[column] = (place, f"{before[1]}\n{text}" if before else text)
    return tables


def _in_tables(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    for rows in _tables(passages).values():
        heads: dict[int, str] = {}  # 每一列最近的一个文字表头
        under: dict[int, list[str]] = {}  # “姓名”一列下面的人名
        for row in rows.values():
            yield from _few(row, heads)
            whole = "".join(text for _, text in row.values())
            for column, (place, text) in row.items():
                if _NAMES_HEAD.fullmatch(re.sub(r"\s", "", text)):
                    under[column] = [place, whole]
                elif column in under and is_name(text):
                    under[column].append(text)
                if not re.search(r"[0-9]", text) and not is_village(text):
                    heads[column] = text
        for place, whole, *names in under.values():
            if len(names) >= _FEWEST_NAMES:
                yield place, _kind_of_list(whole)


def _few(row: Row, heads: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Counts of one or two in the row of one village."""
    if not any(is_village(text) for _, text in row.values()):
        return
    for column, (place, text) in row.items():
        head = heads.get(column, "")
        is_counted = _COUNTS_HEAD.search(head) and not _NO_COUNTS_HEAD.search(head)
        counted = re.fullmatch(r"\s*([0-9]+)(?:\.0+)?\s*[人名户]?\s*", text)
        if is_counted and counted and 0 < int(counted[1][:9]) <= _MOST_COUNTED:
            yield place, _FEW
