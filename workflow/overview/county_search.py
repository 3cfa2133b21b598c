"""Finding counties by what people type: part of a name, the beginning of a code, pinyin or its initials (jx: 甲县)."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import product

from workflow.divisions import full_name, place, prefecture_of

_ALL_COUNTIES = 3200


def answers_to(code: str, words: str) -> bool:
    """Whether the county of that code is meant by each of the words."""
    return all(_answers(code, word.casefold()) for word in words.split())


def _answers(code: str, word: str) -> bool:
    if code.startswith(word) or word in full_name(code).casefold():
        return True
    return word.isascii() and any(_spells(readings, word) for readings in _read_names(code))


@lru_cache(maxsize=_ALL_COUNTIES)
def _read_names(code: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """How the county's name and its prefecture's are read, sign by sign."""
    return tuple(_readings(found.name) for found in (place(code), prefecture_of(code)) if found is not None)


@lru_cache(maxsize=_ALL_COUNTIES)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    # 每个字的各种读音都认，不必靠词库定音；词库另占四十多兆内存。
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - read when somebody first types letters, after the line above

    # “吕”的韵母，键盘上打 v 也打 u
    return tuple(
        tuple(dict.fromkeys(typed for one in sign for typed in (one, one.replace("v", "u"))))
        for sign in pinyin(name, style=Style.NORMAL, heteronym=True)
    )


def _spells(signs: tuple[tuple[str, ...], ...], word: str) -> bool:
    """Whether the word is the beginnings of the readings of signs that follow each other: jx, jiaxian, jiax."""
    left = {word}  # what is still to be spelt after the sign before, begun at any sign
    for readings in signs:
        left = {word} | {
            rest[length:]
            for rest, reading in product(left, readings)
            for length in range(1, min(len(rest), len(reading)) + 1)
            if rest[:length] == reading[:length]
        }
        if "" in left:
            return True
    return False
