"""Whether a text says something of its own: what one office owes another for a reason is more than its verdict's words
and empty phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from indicators.model import Vocabulary
from scoring.visible_text import has_visible_text

# 有实质内容的理由：至少这么多汉字，其中至少这么多个不同的（结论本身的词和套话不算），同一段话不用在这么多项以上
LEAST_HAN = 8
LEAST_DIFFERENT = 5
MOST_ALIKE = 5
LEAST_BRIEF = 4  # 同意推荐、材料不全：不同的汉字
NOT_WRITTEN = "没有写"
_VERDICTS = ("findings", "veto_findings", "verdicts", "veto_states")
_EMPTY_PHRASES = "empty_phrases"  # a list of the vocabulary; a folder may lack it
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_NUMBERING = frozenset("〇一二三四五六七八九十百")  # numbering makes no other text of one
_ANSWERS = "是不无已经做到没有未达成符合要求属实见材料"  # what only says yes or no once more


def reason_lacks(reason: str | None, alike: int, vocabulary: Vocabulary) -> str:
    """What keeps a reason from being one of substance, as it follows 理由; empty where nothing does.

    ``alike``: on how many rows the same office gives that same reason, this one among them.
    """
    if reason is None or not has_visible_text(reason):
        return NOT_WRITTEN
    han = _own_words(reason, vocabulary)
    if len(han) < LEAST_HAN:
        return f"过于简单（除“达标”“按要求”一类结论用语和套话外，不足{LEAST_HAN}个汉字）"
    if len(set(han)) < LEAST_DIFFERENT:
        return f"过于简单（除“达标”“按要求”一类结论用语和套话外，不同的汉字不足{LEAST_DIFFERENT}个）"
    return f"与另外{alike - 1}项的相同（标点、空格、数字不计）" if alike > MOST_ALIKE else ""


def brief_lacks(text: str) -> str:
    """What keeps a text that may be brief, beside longer ones, from saying anything; empty where nothing does."""
    if len(set(_HAN.findall(text))) >= LEAST_BRIEF:
        return ""
    return f"过于简单（不同的汉字不足{LEAST_BRIEF}个）"


def only_repeats(reason: str, question: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether a reason has no word that the question and a yes or no do not have already."""
    return set(_own_words(reason, vocabulary)) <= set("".join((*question, _ANSWERS)))


@lru_cache(maxsize=4096)  # a level's reasons are held against one another for each of its rows
def compared(reason: str | None) -> str:
    """What of a reason tells it from another: its Han characters, without numbers."""
    return "".join(one for one in _HAN.findall(normalize("NFKC", reason or "")) if one not in _NUMBERING)


def _own_words(reason: str, vocabulary: Vocabulary) -> list[str]:
    """Its Han characters, without the words of verdicts and empty phrases."""
    lists = vocabulary.lists
    words = {label for name in (*_VERDICTS, _EMPTY_PHRASES) for label in lists.get(name, {}).values()}
    for label in sorted(words, key=len, reverse=True):
        reason = reason.replace(label, "")
    return _HAN.findall(reason)
