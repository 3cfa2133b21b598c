"""Reading YAML and JSON with places: plain Python values, and for each of them its line and column.

Used for rules and submissions. Refused, all at once where the text can still be followed: duplicate keys, aliases
and anchors (so no YAML bombs), tags, several documents, unquoted keys that are not text, ambiguous words
(`indicators.reading.scalars`), too deep, too large. The values are built from the parser's events, not its
composer: events still know anchors, tags and quotes, and an alias is seen before it could be expanded.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicators.reading.events import MAX_PROBLEMS, KeyPath, Mark, ValueBuilder
from indicators.reading.folder import why
from indicators.reading.json_errors import is_json_name
from indicators.reading.json_text import Repairs, looks_like_json, repair_json
from indicators.reading.problems import Problem, ProblemsError

__all__ = ["KeyPath", "Located", "Problem", "ProblemsError", "read_located", "read_located_file"]

MAX_BYTES = 4 * 1024 * 1024


# NEL, LS and PS are line ends to YAML 1.1 and would silently split or fold a text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


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

    @property
    def written(self) -> bool:
        """Whether it was read from a text, as people write it; plain data of a store or a program has no places."""
        return bool(self.values)

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
        readable = error.object[: error.start].decode("utf-8", errors="replace")
        line, col = _line_and_column(readable, len(readable))
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
    original = text = text.removeprefix("\ufeff")
    repairs = Repairs()
    json_like = looks_like_json(text)
    if json_like:
        text, repairs = repair_json(text)
    forbidden = [_forbidden(name, text, match) for match in _FORBIDDEN.finditer(text)][:MAX_PROBLEMS]
    if forbidden:
        raise ProblemsError(forbidden)
    builder = ValueBuilder(repairs, original if is_json_name(name, json_like) else None)
    builder.read(text)
    faults = tuple(
        Problem(name, line, col, _where(builder.root, path), message, in_text=True)
        for (line, col), path, message in sorted(builder.faults, key=lambda fault: fault[0])
    )
    if faults and not (tolerant and builder.followed):
        raise ProblemsError(faults)
    return Located(name, builder.root, builder.values, builder.keys, faults)


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
    preceding = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return preceding.count("\n") + 1, len(preceding) - (preceding.rfind("\n") + 1) + 1
