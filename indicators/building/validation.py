"""Validates a located value against a pydantic schema; every pydantic error becomes a Chinese `Problem`."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from indicators.reading.located import KeyPath, Located
from indicators.reading.problems import Problem

Shape = TypeVar("Shape", bound=BaseModel)

_MESSAGES: Mapping[str, str] = {
    "list_type": "应为列表；请写作 […] 或逐行“- …”",
    "dict_type": "应为一组“键: 值”；请写作 {键: 值} 或另起行缩进写“键: 值”",
    "model_type": "应为一组“键: 值”；请写作 {键: 值} 或另起行缩进写“键: 值”",
    "model_attributes_type": "应为一组“键: 值”；请写作 {键: 值} 或另起行缩进写“键: 值”",
    "bool_type": "应为 true（是）或 false（否）；请改写，不加引号",
    "int_type": "应为整数；请改写，不加引号",
    "string_too_short": "不能为空；请写上内容，没有就删去这一项",
    "too_short": "不能为空；请至少写一项",
}
_PATTERNS: Mapping[str, str] = {
    "^[a-z][a-z0-9_]*$": "标识请用小写英文、数字和下划线，以字母开头，如 aid_scheme",
    "^[a-z0-9]+(-[a-z0-9]+)*$": "编号请用小写英文、数字和连字符，如 national-2018",
    "^([0-9]+(": '编号请写作 "1.1.1"，一票否决写作 V1；用半角数字、点和引号',
    "^[0-9]{4}(": '日期请写作 "2018-01-10"、"2018-01" 或 "2018"',
}
_WIDE_COLON = "："
_CHINESE_QUOTES = "“”‘’＂＇「」"


def validate(shape: type[Shape], located: Located, path: KeyPath = ()) -> Shape | list[Problem]:
    """The value at ``path`` validated as ``shape``, or the list of its problems."""
    value = located.value
    for step in path:
        value = value[step]
    try:
        return shape.model_validate(value)
    except ValidationError as invalid:
        errors = invalid.errors()
        meant = {(*error["loc"][:-1], _meant(shape, error)) for error in errors if error["type"] == "extra_forbidden"}
        # A misspelt key is one mistake: that the right one is missing only follows from it.
        errors = [error for error in errors if error["type"] != "missing" or error["loc"] not in meant]
        return [_problem(shape, located, path, error) for error in errors]


def _meant(shape: type[BaseModel], unknown: ErrorDetails) -> str | None:
    """The key that a misspelt one stands for."""
    inner = tuple(step for step in unknown["loc"] if step != "[key]")
    key, known = str(inner[-1]), _known_keys(shape, inner[:-1])
    name = key.partition(_WIDE_COLON)[0].strip()
    return name if name in known else _closest(key, known)


def _problem(shape: type[BaseModel], located: Located, path: KeyPath, error: ErrorDetails) -> Problem:
    inner: KeyPath = tuple(step for step in error["loc"] if step != "[key]")
    kind: str = error["type"]
    if kind == "missing":
        return located.problem((*path, *inner[:-1]), f"缺少键“{inner[-1]}”；请补上")
    message = _message(kind, error)
    if kind == "extra_forbidden":
        message = _unknown_key(str(inner[-1]), _known_keys(shape, inner[:-1]))
    return located.problem((*path, *inner), message, key=kind == "extra_forbidden")


def _message(kind: str, error: ErrorDetails) -> str:
    value, context = error["input"], error.get("ctx", {})
    if kind == "zh":
        return str(context["text"])
    if kind == "string_type":
        if value is None or isinstance(value, (list, dict)):
            return "应为文字；请写上内容，没有就删去这一项"
        shown = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        return f'应为文字；请加引号写作 "{shown}"'
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
        near = _closest(str(value), allowed.split("、"))
        return f"“{value}”不在规定的取值内；{f'是否应为“{near}”，' if near else ''}可写 {allowed}"
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        hint = next((text for start, text in _PATTERNS.items() if pattern.startswith(start)), f"应符合 {pattern}")
        bare = str(value).strip(_CHINESE_QUOTES)
        if bare != value:
            return f'{value} 用了中文引号；请改用半角引号，写作 "{bare}"'
        return f"“{value}”写法不对；{hint}"
    return _MESSAGES.get(kind, "内容不合规定；请对照其他条目改写")


def _unknown_key(key: str, known: list[str]) -> str:
    if key.strip() in known:
        return f"“{key.strip()}”前后有全角空格等特殊空白；请删去，缩进用半角空格"
    name, wide, value = (part.strip() for part in key.partition(_WIDE_COLON))
    if wide:
        meant = f"{name}: {value}".rstrip()
        return f"“{key}”里用了全角冒号“：”，整段被读成了一个键；请改用半角“:”加空格，写作 {meant}"
    close = _closest(key, known)
    advice = f"是否应为“{close}”" if close else f"可用的键：{'、'.join(known)}"
    return f"未知的键“{key}”；{advice}"


def _closest(key: str, known: list[str]) -> str | None:
    return next(iter(difflib.get_close_matches(key, known, n=1)), None)


def _known_keys(shape: type[BaseModel], inner: KeyPath) -> list[str]:
    """The keys allowed where the unknown one stands: follows the annotations down the path."""
    kind: Any = shape
    for step in inner:
        if isinstance(step, str) and isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[step].annotation
        else:
            kind = typing.get_args(kind)[-1]
        if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
            kind = next(choice for choice in typing.get_args(kind) if choice is not type(None))
    return [field.alias or name for name, field in kind.model_fields.items()]
