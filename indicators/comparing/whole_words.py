"""Where words begin: so that a change of a character or two is marked as the words it changes (推进 → 推动, not 进).

Chinese print has no blanks between words. BudouX guesses them with a small trained model; a guess decides nothing here
but how far a mark reaches, and only where both texts agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate

import budoux

Change = tuple[str, str, str]  # what both texts have before it, what goes, what comes
_HAN = re.compile(r"[\u4e00-\u9fff]*")
_SHORT = 2  # 更长的改动本身就读得明白
_REACH = 2


def snap_to_words(changes: Sequence[Change], rest: str) -> tuple[list[Change], str]:
    """The changes, short ones reaching to whole words; ``rest``: what both have behind the last, given back likewise.

    No change ever reaches another one, and both texts can still be read off.
    """
    first = "".join(same + gone for same, gone, _ in changes) + rest
    second = "".join(same + come for same, _, come in changes) + rest
    starts = (_starts(first), _starts(second))
    between = [*(same for same, _, _ in changes), rest]
    made: list[Change] = []
    at = (0, 0)
    for number, (_, out, into) in enumerate(changes):
        before, gone, come, after = between[number], out, into, between[number + 1]
        at = (at[0] + len(before), at[1] + len(before))
        ends = (at[0] + len(gone), at[1] + len(come))
        if gone and come and max(len(gone), len(come)) <= _SHORT and _HAN.fullmatch(gone + come):
            back = _reach(before[::-1], at, starts, -1, whole=number == 0)
            on = _reach(after, ends, starts, 1, whole=number == len(changes) - 1)
            if back is not None and on is not None:
                head, tail = before[len(before) - back :], after[:on]
                before, gone, come = before[: len(before) - back], head + gone + tail, head + come + tail
                between[number + 1] = after[on:]
                ends = (ends[0] + on, ends[1] + on)
        made.append((before, gone, come))
        at = ends
    return made, between[-1]


def _reach(
    same: str, at: tuple[int, int], starts: tuple[frozenset[int], frozenset[int]], step: int, *, whole: bool
) -> int | None:
    """How many characters of ``same``, away from the change, to where both texts have a word's end; None: too far.

    ``whole``: all of ``same`` may be taken, because no other change stands behind it.
    """
    most = min(_REACH, len(same) if whole else len(same) - 1)
    for far in range(most + 1):
        if not _HAN.fullmatch(same[:far]):
            return None
        if all(place + step * far in word_ends for place, word_ends in zip(at, starts, strict=True)):
            return far
    return None


@lru_cache(maxsize=1024)
def _starts(text: str) -> frozenset[int]:
    """Where a word begins or ends: as guessed, beside every sign that is no Chinese character, and at both ends."""
    guessed = accumulate(map(len, _parser().parse(text))) if text else ()
    beside = (place for sign in re.finditer(r"[^\u4e00-\u9fff]", text) for place in sign.span())
    return frozenset((0, *guessed, *beside))


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()
