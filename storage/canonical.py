"""JSON text without loss: whole numbers and decimals keep their digits, floats are refused.

`dumps` keeps the order of keys (an exchange-file fragment comes back as it went in); `canonical` sorts them, so that
equal values have equal digests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, TypeAlias

_DECODER = json.JSONDecoder(parse_float=Decimal)  # made once: lists read thousands of texts
# What an exchange-file fragment is made of.
Json: TypeAlias = bool | int | Decimal | str | list[Any] | tuple[Any, ...] | Mapping[str, Any] | None


def dumps(value: Json, *, sort: bool = False) -> str:
    """The JSON text of None, bool, int, Decimal, str, list, tuple or dict with text keys; else TypeError/ValueError."""
    text = _text(value, sort=sort)
    text.encode()  # a lone surrogate is refused here, not by the database driver
    return text


def _text(value: Json, *, sort: bool) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a figure: {value}")
        return format(value, "f")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        keys = sorted(value) if sort else value
        return "{" + ",".join([f"{encode_basestring(key)}:{_text(value[key], sort=sort)}" for key in keys]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([_text(item, sort=sort) for item in value]) + "]"
    raise TypeError(f"cannot be kept without loss: {type(value).__name__}")


def canonical(value: Json) -> str:
    """One text per value: sorted keys, no spaces."""
    return dumps(value, sort=True)


def loads(text: str) -> Json:
    """The value again: int where there is no point, else Decimal."""
    value: Json = _DECODER.decode(text)
    return value


def digest(value: Json) -> str:
    """SHA-256 (hex) of the canonical text."""
    return sha256(canonical(value).encode()).hexdigest()
