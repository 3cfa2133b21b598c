"""Builds plain values with places from the YAML parser's events; collects faults and goes on to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from indicators.reading.json_errors import explain_json
from indicators.reading.json_text import Repairs
from indicators.reading.scalars import AmbiguousScalarError, Scalar, read_plain
from indicators.reading.yaml_errors import explain

MAX_DEPTH = 30
MAX_NODES = 300_000
MAX_PROBLEMS = 200
KeyPath = tuple[str | int, ...]
Mark = tuple[int, int]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DROPPED = object()


@dataclass(slots=True)
class _Open:
    """A collection still being read. ``key`` is the pending key of a mapping, None while one is awaited."""

    container: dict[str, Any] | list[Any]
    path: KeyPath
    is_key: bool = False
    key: object = None


class ValueBuilder:
    """Builds the value from events without recursion; after a fault it goes on, so that one pass finds them all."""

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
        """Read the whole text; what is wrong stands in ``faults`` afterwards."""
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if not self._take(event):
                    self.followed = False
                    return
        except yaml.YAMLError as error:
            self.followed = False
            json_error = explain_json(self._json_text) if self._json_text is not None else None
            if json_error is not None:
                self.faults.append((json_error[:2], (), json_error[2]))
                return
            line, col, message = explain(error, text)
            self.faults.append((self._repairs.original(line, col), (), message))

    def _take(self, event: yaml.Event) -> bool:
        """Whether to go on reading."""
        if isinstance(event, yaml.NodeEvent):  # most are
            return self._node(event) and self._within_limits(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault(event, (), "一个文件只能有一份内容；请删去多余的“---”或拆成多个文件")
                return False
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
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
        mark = event.start_mark
        if mark is None:  # never of an event that was parsed
            return 1, 1
        return self._repairs.original(mark.line + 1, mark.column + 1)

    def _node(self, event: yaml.NodeEvent) -> bool:
        parent = self._stack[-1] if self._stack else None
        path = self._next_path(parent)
        if event.anchor is not None:  # an alias is known by the anchor it means
            if isinstance(event, yaml.AliasEvent):
                self.followed = False
                self._fault(event, path, f"不支持引用“*{event.anchor}”；请把内容直接写出来，以“*”开头的文字请加引号")
            else:
                self._fault(event, path, f"不支持锚点“&{event.anchor}”；请删去，以“&”开头的文字请加引号")
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(event, path, f"不支持标签“{shown}”；请删去，以“!”开头的文字请加引号")
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
        opens = False
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, yaml.CollectionStartEvent):
            value, opens = _container(event), True
        self.values.setdefault(path, self._mark(event))
        if parent is None:
            self.root = value
        elif isinstance(parent.container, list):
            parent.container.append(value)
        else:
            if isinstance(parent.key, str):
                parent.container.setdefault(parent.key, value)
            parent.key = None
        if opens:
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
