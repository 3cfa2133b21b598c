"""Reading YAML and JSON with places: plain Python values, and for each of them its line and column.

One road for rules and submissions. Refused, all at once where the text can still be followed: duplicate keys, aliases
and anchors (so no YAML bombs), tags, several documents, unquoted keys that are not text, ambiguous words
(`indicators.scalars`), too deep, too large. The values are built from the parser's events, not its composer: events
still know anchors, tags and quotes, and an alias is seen before it could be expanded.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from indicators.folder import why
from indicators.json_errors import explain_json, is_json_name
from indicators.json_text import Repairs, looks_like_json, repair_json
from indicators.problems import Problem, ProblemsError
from indicators.scalars import AmbiguousScalarError, Scalar, read_plain
from indicators.yaml_errors import explain

__all__ = ["KeyPath", "Located", "Problem", "ProblemsError", "read_located", "read_located_file"]

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 30
MAX_NODES = 300_000
MAX_PROBLEMS = 200

KeyPath = tuple[str | int, ...]
Mark = tuple[int, int]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# NEL, LS and PS are line ends to YAML 1.1 and would silently split or fold a text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_DROPPED = object()


@dataclass(frozen=True, slots=True)
class Located:
    """``value``: dict/list/str/int/Decimal/bool/None; ``position`` tells where each of its parts stands.

    ``faults``: what is wrong with the text although it could be followed; only a tolerant reading leaves any.
    """

    name: str
    value: Any
    values: dict[KeyPath, Mark] = field(repr=False)
    keys: dict[KeyPath, Mark] = field(repr=False)
    faults: tuple[Problem, ...] = ()

    def position(self, path: KeyPath, *, key: bool = False) -> Mark:
        """``(line, col)`` from 1 of the value at ``path`` (with ``key``: of its key); else of the nearest ancestor."""
        if key and path in self.keys:
            return self.keys[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self.values:
                return self.values[path[:length]]
        return (1, 1)

    def where(self, path: KeyPath) -> str:
        """The path for a person: list entries by their ``id`` if any, rows first (``3.3.2 measures.a``)."""
        return _where(self.value, path)

    def problem(self, path: KeyPath, message: str, *, key: bool = False) -> Problem:
        """A problem at the place of ``path``."""
        line, col = self.position(path, key=key)
        return Problem(self.name, line, col, self.where(path), message)


def read_located_file(path: Path, name: str | None = None, *, tolerant: bool = False) -> Located:
    """Read a UTF-8 file (a leading BOM is dropped). Raises `ProblemsError`, also for a file that cannot be opened."""
    shown = name if name is not None else str(path)
    try:
        # 管道、设备不是文件：读它会一直等下去。打开时不等，打开后再看是什么。
        with open(path, "rb", opener=_without_waiting) as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise ProblemsError([Problem(shown, 1, 1, "", "不是普通文件（是管道或设备），不读；请换成 YAML 文件")])
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ProblemsError([Problem(shown, 1, 1, "", "文件不存在；请检查路径")]) from None
    except OSError as error:
        raise ProblemsError([Problem(shown, 1, 1, "", f"文件无法打开（{why(error)}）；请检查路径和权限")]) from None
    return read_located_bytes(raw, shown, tolerant=tolerant)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_located_bytes(raw: bytes, name: str, *, tolerant: bool = False) -> Located:
    """Read a file's bytes, e.g. an upload, as `read_located_file` does; ``name`` heads the messages."""
    if len(raw) > MAX_BYTES:
        raise ProblemsError([_too_large(name)])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError([Problem(name, 1, 1, "", "文件是 UTF-16 编码；请另存为 UTF-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", errors="replace")
        line, col = _line_and_column(before, len(before))
        message = "不是 UTF-8 编码（可能存成了 GBK/ANSI）；请另存为 UTF-8"
        raise ProblemsError([Problem(name, line, col, "", message)]) from None
    return read_located(text, name, tolerant=tolerant)


def read_located(text: str, name: str, *, tolerant: bool = False) -> Located:
    """Read one YAML or JSON document. Raises `ProblemsError` with every problem found, in order of place.

    ``tolerant``: where the text could be followed all the same (a key that wants quotes), its problems stand in
    ``Located.faults``, for a caller who looks at the content too and raises all of them together.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", errors="replace")) > MAX_BYTES:
        raise ProblemsError([_too_large(name)])
    given = text = text.removeprefix("\ufeff")
    repairs = Repairs()
    json_like = looks_like_json(text)
    if json_like:
        text, repairs = repair_json(text)
    forbidden = [_forbidden(name, text, match) for match in _FORBIDDEN.finditer(text)][:MAX_PROBLEMS]
    if forbidden:
        raise ProblemsError(forbidden)
    builder = _Builder(repairs, given if is_json_name(name, json_like) else None)
    builder.read(text)
    faults = tuple(
        Problem(name, line, col, _where(builder.root, path), message, in_text=True)
        for (line, col), path, message in sorted(builder.faults, key=lambda fault: fault[0])
    )
    if faults and not (tolerant and builder.followed):
        raise ProblemsError(faults)
    return Located(name, builder.root, builder.values, builder.keys, faults)


@dataclass(slots=True)
class _Open:
    """A collection still being read. ``key`` is the pending key of a mapping, None while one is awaited."""

    container: dict[str, Any] | list[Any]
    path: KeyPath
    is_key: bool = False
    key: object = None


class _Builder:
    """Builds the value from events; never recurses, and never throws the events after a fault away."""

    def __init__(self, repairs: Repairs, json_text: str | None) -> None:
        self.root: Any = None
        self.values: dict[KeyPath, Mark] = {}
        self.keys: dict[KeyPath, Mark] = {}
        self.faults: list[tuple[Mark, KeyPath, str]] = []
        self.followed = True  # whether every part was read: nothing may be said of what was not
        self._repairs = repairs
        self._json_text = json_text
        self._stack: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def read(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if not self._take(event):
                    self.followed = False
                    return
        except yaml.YAMLError as error:
            self.followed = False
            found = explain_json(self._json_text) if self._json_text is not None else None
            if found is not None:
                self.faults.append((found[:2], (), found[2]))
                return
            line, col, message = explain(error, text)
            self.faults.append((self._repairs.original(line, col), (), message))

    def _take(self, event: yaml.Event) -> bool:
        """Whether to go on reading."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault(event, (), "一个文件只能有一份内容；请删去多余的“---”或拆成多个文件")
                return False
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            return self._node(event) and self._within_limits(event)
        return True

    def _within_limits(self, event: yaml.Event) -> bool:
        self._nodes += 1
        if len(self._stack) > MAX_DEPTH:
            self._fault(event, (), f"嵌套超过{MAX_DEPTH}层；请检查括号和缩进")
        elif self._nodes > MAX_NODES:
            self._fault(event, (), "内容过多；请拆分文件")
        elif len(self.faults) >= MAX_PROBLEMS:
            self._fault(event, (), "问题太多，其后的未再列出；请先改正以上各条")
        else:
            return True
        return False

    def _fault(self, event: yaml.Event, path: KeyPath, message: str) -> None:
        self.faults.append((self._mark(event), path, message))

    def _mark(self, event: yaml.Event) -> Mark:
        return self._repairs.original(event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: yaml.NodeEvent) -> bool:
        parent = self._stack[-1] if self._stack else None
        path = self._next_path(parent)
        if isinstance(event, yaml.AliasEvent):
            self.followed = False
            self._fault(event, path, f"不支持引用“*{event.anchor}”；请把内容直接写出来，以“*”开头的文字请加引号")
        elif event.anchor is not None:
            self._fault(event, path, f"不支持锚点“&{event.anchor}”；请删去，以“&”开头的文字请加引号")
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(event, path, f"不支持标签“{tag}”；请删去，以“!”开头的文字请加引号")
        if parent is not None and isinstance(parent.container, dict) and parent.key is None:
            self._take_key(parent, event)
        else:
            self._take_value(parent, path, event)
        return True

    @staticmethod
    def _next_path(parent: _Open | None) -> KeyPath:
        if parent is None:
            return ()
        if isinstance(parent.container, list):
            return (*parent.path, len(parent.container))
        return (*parent.path, parent.key) if isinstance(parent.key, str) else parent.path

    def _take_key(self, parent: _Open, event: yaml.NodeEvent) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            parent.key = _DROPPED
            self.followed = False
            if isinstance(event, yaml.CollectionStartEvent):
                self._fault(event, parent.path, "此处的括号成了键；键请写文字，含括号的文字请加引号")
                self._stack.append(_Open(_container(event), parent.path, is_key=True))
            return
        parent.key = key = self._key_text(event, parent.path)
        path = (*parent.path, key)
        if key in parent.container:
            first = self.keys[path][0]
            self._fault(event, path, f"键“{key}”重复（第{first}行已有）；请合并或删去其一")
        self.keys.setdefault(path, self._mark(event))

    def _key_text(self, event: yaml.ScalarEvent, path: KeyPath) -> str:
        text: str = event.value
        if event.style:  # "" or None: unquoted
            self._check_text(event, (*path, text))
            return text
        try:
            meaning = read_plain(text)
        except AmbiguousScalarError as error:
            self._fault(event, (*path, text), f"键须为文字：{error}")
            return text
        if not isinstance(meaning, str):
            shown = f'键须为文字，“{text}”须加引号；请写作 "{text}"' if text else "缺少键；请在冒号前写上键"
            self._fault(event, (*path, text), shown)
        return text

    def _take_value(self, parent: _Open | None, path: KeyPath, event: yaml.NodeEvent) -> None:
        value: Any = None
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, yaml.CollectionStartEvent):
            value = _container(event)
        self.values.setdefault(path, self._mark(event))
        if parent is None:
            self.root = value
        elif isinstance(parent.container, list):
            parent.container.append(value)
        else:
            if isinstance(parent.key, str):
                parent.container.setdefault(parent.key, value)
            parent.key = None
        if isinstance(event, yaml.CollectionStartEvent):
            self._stack.append(_Open(value, path))

    def _scalar(self, event: yaml.ScalarEvent, path: KeyPath) -> Scalar:
        if event.style:  # "" or None: unquoted
            self._check_text(event, path)
            return event.value
        try:
            return read_plain(event.value)
        except AmbiguousScalarError as error:
            self._fault(event, path, str(error))
            return event.value

    def _check_text(self, event: yaml.ScalarEvent, path: KeyPath) -> None:
        # Other control characters may come escaped (pasted from word processors); a NUL is no text anywhere.
        if "\x00" in event.value:
            self._fault(event, path, "文字里有空字符（\\0）；请删去")

    def _close(self) -> None:
        self._stack.pop()


def _container(event: yaml.CollectionStartEvent) -> dict[str, Any] | list[Any]:
    return {} if isinstance(event, yaml.MappingStartEvent) else []


_LISTED = frozenset({"indicators", "vetoes", "clauses"})


def _where(value: object, path: KeyPath) -> str:
    names: list[str] = []
    for step in path:
        inner = _step(value, step)
        named = inner.get("id") if isinstance(step, int) and isinstance(inner, dict) else None
        names.append(named if isinstance(named, str) else str(step + 1) if isinstance(step, int) else step)
        value = inner
    # Rows of the rules are a list and named by their ids; a submission's vetoes are a mapping and keep their path.
    if len(path) > 1 and path[0] in _LISTED and isinstance(path[1], int) and not names[1].isdecimal():
        return " ".join([names[1], ".".join(names[2:])]).strip()
    return ".".join(names)


def _step(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def _too_large(name: str) -> Problem:
    return Problem(name, 1, 1, "", f"文件超过 {MAX_BYTES // 1024 // 1024} MB；请删去多余内容")


def _forbidden(name: str, text: str, match: re.Match[str]) -> Problem:
    line, col = _line_and_column(text, match.start())
    code = f"U+{ord(match.group()):04X}"
    return Problem(name, line, col, "", f"有不可见的控制字符（{code}）；请删去，确需保留的写在双引号里用“\\u”代码表示")


def _line_and_column(text: str, offset: int) -> Mark:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
