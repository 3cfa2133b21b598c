"""A list of accounts to make, as people have it: CSV (UTF-8 or GBK) or XLSX with Chinese headings, read to cells."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.spreadsheets.opening import MOST_BYTES, BadSpreadsheetError, Sheet, open_spreadsheet
from workflow.errors import Refused

Heading = Literal["username", "display_name", "role", "division", "place", "unit"]
MOST_LINES = 2000
_MOST_COLUMNS = 60
_MOST_BLANK_LINES = 1000
_SEARCHED_FOR_HEADINGS = 5  # 标题行可以在表头之上
COLUMNS: Mapping[Heading, str] = {
    "username": "账号",
    "display_name": "姓名",
    "role": "角色",
    "division": "行政区划代码",
    "place": "行政区划名称",
    "unit": "部门",
}
_ALSO: Mapping[Heading, tuple[str, ...]] = {
    "username": ("用户名", "登录名"),
    "display_name": ("姓名或单位", "姓名或单位名称", "单位名称", "名称"),
    "role": ("身份",),
    "division": ("行政区划", "行政区划代码或名称", "区划代码", "区划"),
    "place": ("区划名称", "地区", "县名"),
    "unit": ("所属部门", "部门名称"),
}
_KNOWN: Mapping[str, Heading] = {name: heading for heading in COLUMNS for name in (COLUMNS[heading], *_ALSO[heading])}


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line as it stands: ``number`` as spreadsheets count it, texts by column, absent where empty."""

    number: int
    texts: Mapping[Heading, str]


@dataclass(frozen=True, slots=True)
class AccountList:
    """The lines that hold something; ``headings``: what the list calls its columns; ``ignored``: columns not used."""

    lines: tuple[ListedLine, ...]
    headings: Mapping[Heading, str]
    ignored: tuple[str, ...]


def read_list(content: bytes) -> AccountList:
    """The list, told from its content, not its name. Raises Refused ``bad_list``: what the file is, and what to do."""
    if not content:
        raise Refused("bad_list", "名单文件是空的（0 字节）。请重新选择。")
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused("bad_list", f"名单文件有 {len(content) / 1e6:.1f} MB，超过 {most} MB。请只留名单，另存后重试。")
    rows = _spreadsheet_rows(content) if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else _text_rows(content)
    return _list(rows)


def _spreadsheet_rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        sheets = [sheet for sheet in open_spreadsheet(content).sheets if sheet.cells and not sheet.hidden]
    except BadSpreadsheetError as bad:
        raise Refused("bad_list", f"名单：{bad.sentence}。") from bad
    if len(sheets) > 1:
        names = "、".join(f"“{sheet.title}”" for sheet in sheets)
        raise Refused("bad_list", f"名单有 {len(sheets)} 张填了内容的工作表（{names}）。请只留一张后重试。")
    return _cells_in_columns(sheets[0]) if sheets else iter(())


def _cells_in_columns(sheet: Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    for row in sheet.rows():
        texts = [""] * min(row[-1].column, _MOST_COLUMNS)
        for cell in row:
            if cell.column <= _MOST_COLUMNS:
                texts[cell.column - 1] = cell.text
        yield row[0].row, texts


def _text_rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",\t;，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    blank, before = 0, 0
    try:
        for texts in reader:
            number, before = before + 1, reader.line_num
            if any(text.strip() for text in texts):
                yield number, texts[:_MOST_COLUMNS]
                continue
            blank += 1
            if blank > _MOST_BLANK_LINES:
                raise Refused("bad_list", f"名单有 {_MOST_BLANK_LINES} 行以上是空行。请删去空行后重试。")
    except csv.Error as bad:
        raise Refused(
            "bad_list", f"名单第 {reader.line_num} 行读不出来。请用 WPS 或 Excel 另存为 CSV 后重试。"
        ) from bad


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise Refused("bad_list", "名单不是 CSV 或 XLSX 文件。请用 WPS 或 Excel 另存为 xlsx 或 CSV 后重试。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("bad_list", "名单的文字编码不是 UTF-8，也不是 GBK。请用 WPS 或 Excel 另存为 xlsx 后重试。")


def _list(rows: Iterable[tuple[int, Sequence[str]]]) -> AccountList:
    columns: dict[int, Heading] = {}
    called: dict[int, str] = {}
    searched, lines = 0, list[ListedLine]()
    for number, texts in rows:
        if not columns:
            called = {at: _plain(text) for at, text in enumerate(texts) if text.strip()}
            columns = _columns(called)
            searched += 1
            if not columns and searched == _SEARCHED_FOR_HEADINGS:
                break
            continue
        held = {heading: texts[at].strip() for at, heading in columns.items() if at < len(texts) and texts[at].strip()}
        if held:
            lines.append(ListedLine(number, held))
        if len(lines) > MOST_LINES:
            raise Refused("bad_list", f"名单超过 {MOST_LINES} 行。请分成几份，逐份建立。")
    if not columns:
        wanted = "、".join(COLUMNS.values())
        raise Refused("bad_list", f"名单开头没有找到表头。第一行须有这些列：{wanted}（“部门”只有分工填报的账号要填）。")
    missing = [COLUMNS[heading] for heading in ("display_name", "role") if heading not in columns.values()]
    if not {"division", "place"} & set(columns.values()):
        missing.append("行政区划代码（或行政区划名称）")
    if missing:
        raise Refused("bad_list", f"名单缺少这几列：{'、'.join(missing)}。请补上表头和内容后重试。")
    if not lines:
        raise Refused("bad_list", "名单只有表头，没有一行账号。请填写后重试。")
    headings = {heading: called[at] for at, heading in columns.items()}
    return AccountList(tuple(lines), headings, tuple(text for at, text in called.items() if at not in columns))


def _columns(called: Mapping[int, str]) -> dict[int, Heading]:
    """Which column holds what; none where the row is not the one of the headings."""
    columns = {at: _KNOWN[text] for at, text in called.items() if text in _KNOWN}
    if "username" not in columns.values():
        return {}
    for heading in set(columns.values()):
        named = [f"“{called[at]}”" for at, known in columns.items() if known == heading]
        if len(named) > 1:
            raise Refused("bad_list", f"名单有几列是同一项：{'、'.join(named)}。请只留一列后重试。")
    return columns


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(folded.split("(")[0].split()).strip("*：:")
