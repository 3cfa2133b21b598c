"""Two versions of an entry in words, side by side: what is not the same in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import streamlit as st

from storage.canonical import Json
from ui.components import verbatim
from ui.components.case.entry_words import JudgedContent, entry_lines
from ui.components.forms.submission_forms import Line
from workflow.targets import Target

_LONG = 120  # 字：再长就只列改动的部分
_AROUND = 15


def before_and_after(judged: JudgedContent, target: Target, before: Json, after: Json) -> None:
    """What one version says that the other does not, on the left and on the right; None = it was or is not there."""
    pairs = changed_lines(entry_lines(judged, target, before), entry_lines(judged, target, after))
    left, right = st.columns(2)
    left.html(_side("改动前", [(label, old) for label, old, _ in pairs], exists=before is not None))
    right.html(_side("改动后", [(label, new) for label, _, new in pairs], exists=after is not None))


def changed_lines(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[str, str | None, str | None]]:
    """Label, text before, text after of what is not the same; None = was or is not there. Long texts are cut down to
    the part that changed.
    """
    old, new = _by_label(before), _by_label(after)
    differing: list[tuple[str, str | None, str | None]] = []
    for label in dict.fromkeys([*old, *new]):
        old_text, new_text = old.get(label), new.get(label)
        if old_text == new_text:
            continue
        if old_text is not None and new_text is not None:
            old_text, new_text = _differing(old_text, new_text)
        differing.append((label, old_text, new_text))
    return differing


def _by_label(lines: Sequence[Line]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for label, text in lines:
        texts[label] = f"{texts[label]}\n{text}" if label in texts else text
    return texts


def _differing(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _LONG:
        return old, new
    first = _common_start(old, new)
    behind = _common_start(old[first:][::-1], new[first:][::-1])
    return _cut(old, first, len(old) - behind), _cut(new, first, len(new) - behind)


def _common_start(first: str, second: str) -> int:
    """Length of the common beginning of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _cut(text: str, first: int, last: int) -> str:
    first, last = max(0, first - _AROUND), min(len(text), last + _AROUND)
    return f"{'……' if first else ''}{text[first:last]}{'……' if last < len(text) else ''}"


def _side(title: str, lines: Sequence[tuple[str, str | None]], *, exists: bool) -> str:
    listed = "".join(
        f"<dt>{verbatim.markup(label or '内容')}</dt><dd>{verbatim.markup('（没有）' if text is None else text)}</dd>"
        for label, text in lines
    )
    body = f'<dl class="dc-wanting dc-verbatim">{listed}</dl>' if exists else "<p>（没有）</p>"
    return f'<article class="dc-detail"><h3>{title}</h3>{body}</article>'
