"""Two texts side by side: which words are in one only, in runs a person can read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal

import budoux

Side = Literal["both", "first", "second"]
_Change = tuple[int, int, int, int]  # from where to where in the first text, and in the second
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LONG = 6000  # 两篇合计再长，就按行比较
_MARKS = re.compile(r"[，。、；：？！（）“”《》%％\s]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SMALL = 2  # 两处改动之间只剩一两个字相同时并作一处，否则满篇都是零碎的标记
_SHORT = 2  # 更长的改动本身就读得明白
_REACH = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stands in both texts or in one of them."""

    text: str
    side: Side


def text_diff(first: str, second: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; those of ``both`` and ``first`` give the first text back whole.

    Numbers and Latin words are never divided. Where two changes have but a sign or two between them, one change is made
    of them; a change of a character or two is marked with the words it stands in (推进 → 推动, not 进). Very long texts
    are compared line by line.
    """
    token = _LINE if len(first) + len(second) > _LONG else _TOKEN
    tokens = token.findall(first), token.findall(second)
    left, right = ([0, *accumulate(map(len, text))] for text in tokens)
    changes: list[_Change] = []
    for op, *places in difflib.SequenceMatcher(None, *tokens, autojunk=False).get_opcodes():
        if op != "equal":
            a, b, c, d = places
            change = left[a], left[b], right[c], right[d]
            if changes and _slight(first[changes[-1][1] : change[0]], changes[-1], change):
                before = changes.pop()
                change = before[0], change[1], before[2], change[3]
            changes.append(change)
    pieces: list[tuple[str, Side]] = []
    at = 0
    for a, b, c, d in _whole_words(first, second, changes):
        pieces += [(first[at:a], "both"), (first[a:b], "first"), (second[c:d], "second")]
        at = b
    return tuple(Piece(text, side) for text, side in (*pieces, (first[at:], "both")) if text)


def side_of(pieces: Sequence[Piece], side: Literal["first", "second"]) -> tuple[Piece, ...]:
    """The pieces of one of the texts."""
    return tuple(piece for piece in pieces if piece.side in {"both", side})


def _slight(same: str, *around: _Change) -> bool:
    """Whether what both have between two changes is too little to read; a mark alone still parts two phrases."""
    return not _MARKS.fullmatch(same) and len(same) <= min(_SMALL, *(max(b - a, d - c) for a, b, c, d in around))


def _whole_words(first: str, second: str, changes: Sequence[_Change]) -> list[_Change]:
    """Short changes reach to where both texts have a word's end; never so far that two changes touch.

    Chinese print has no blanks between words. BudouX guesses them with a small trained model; a guess decides nothing
    here but how far a mark reaches, and only where both texts agree on it.
    """
    ends = _word_ends(first), _word_ends(second)
    made: list[_Change] = []
    for (a, b, c, d), following in zip(changes, [*(change[0] - 1 for change in changes[1:]), len(first)], strict=False):
        back = on = None
        if a < b and c < d and max(b - a, d - c) <= _SHORT and _HAN.fullmatch(first[a:b] + second[c:d]):
            free = ends[0].intersection(range(made[-1][1] + 1 if made else 0, following + 1))
            back, on = (
                next((far for far in reach if x + far in free and y + far in ends[1]), None)
                for x, y, reach in ((a, c, range(0, -_REACH - 1, -1)), (b, d, range(_REACH + 1)))
            )
        made.append((a + back, b + on, c + back, d + on) if back is not None and on is not None else (a, b, c, d))
    return made


@lru_cache(maxsize=1024)
def _word_ends(text: str) -> frozenset[int]:
    """Where a word begins or ends: as guessed, beside every sign that is no Chinese character, and at both ends."""
    guessed = accumulate(map(len, _parser().parse(text))) if text else ()
    beside = (place for sign in re.finditer(r"[^\u4e00-\u9fff]", text) for place in sign.span())
    return frozenset((0, *guessed, *beside))


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()
