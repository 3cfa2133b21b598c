"""A save that came second: for each field both people changed, the two texts side by side and a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from indicators.comparing.text_diff import side_of, text_diff
from storage.canonical import Json
from ui.components import verbatim
from ui.components.forms.outcome import Standoff
from ui.components.forms.submission_forms import SubmissionForms
from ui.office import office
from workflow.errors import OWN_WINDOW, Clash
from workflow.submission.merging import taken_from
from workflow.submission.tracing import display_names
from workflow.targets import Path, Target
from workflow.words.entries import Line

Choice = Literal["chosen", "theirs"]
_MINE = "用我的"
_FEW = 2  # named on a button
_NOTHING = "（没有内容）"


def conflict(place: str, standoff: Standoff, forms: SubmissionForms) -> tuple[Choice | None, dict[Target, Json]]:
    """Which button was pressed, and what the clashing entries would be as chosen field by field."""
    clashes = standoff.conflict.clashes
    st.html(
        f'<p class="dc-slips" role="alert">没有保存：您打开本页以后，{standoff.conflict.first}已先保存，'
        "下列内容两边都改了。请逐处选用谁的，再按“按所选保存”；您另外的改动不冲突，没有列出，一并保存。</p>"
    )
    chosen = chosen_by_field(place, clashes, forms)
    save, take = st.columns(2)
    if save.button("按所选保存", type="primary", key=f"{place}-chosen", width="stretch"):
        return "chosen", chosen
    of = "、".join(forms.name(clash.target) for clash in clashes) if len(clashes) <= _FEW else "上列各项"
    if take.button(verbatim.markdown(f"放弃我在{of}的全部修改"), key=f"{place}-theirs", width="stretch"):
        return "theirs", chosen
    return None, chosen


def chosen_by_field(
    place: str,
    clashes: Sequence[Clash],
    forms: SubmissionForms,
    *,
    yours: str = "您填写的",
    standing_first: bool = False,
) -> dict[Target, Json]:
    """The two texts of each field both changed, and what the entries would be as chosen.

    ``yours``: what the text that came second is called; ``standing_first``: the other is chosen until the person says
    otherwise.
    """
    names = display_names(office(), {clash.updated_by for clash in clashes if clash.updated_by})
    names |= {forms.pad.person.username: "您" if standing_first else OWN_WINDOW}
    chosen: dict[Target, Json] = {}
    for clash in clashes:
        who = names.get(clash.updated_by, "已删除")
        theirs = "用另一窗口的" if who == OWN_WINDOW else "用他人的"
        options = ("保留现有的", "用表中的") if standing_first else (_MINE, theirs)
        asked = "选用哪个" if standing_first else "用谁的"
        mine = []
        for path in clash.fields:
            key = f"{place}|take|{clash.target}|{'/'.join(path)}"
            with st.container(border=True):
                name = _side_by_side(forms, clash, path, (yours, f"已保存的（{who}）"))
                taken = st.radio(verbatim.markdown(f"{name}：{asked}"), options, key=key, horizontal=True)
            mine += [path] if (taken == options[0]) is not standing_first else []
        chosen[clash.target] = taken_from(clash.target, clash.merged, clash.yours, mine)
    return chosen


def _side_by_side(forms: SubmissionForms, clash: Clash, path: Path, heads: tuple[str, str]) -> str:
    """One field: its two texts, the differing words marked; what it is called."""
    both = [_lines(forms, clash.target, body, path) for body in (clash.yours, clash.current)]
    labels = list(dict.fromkeys(label for lines in both for label, _ in lines))
    mine, theirs = (_text(lines, named=len(labels) > 1) for lines in both)
    pieces = text_diff(mine, theirs)
    name = " ".join(part for part in (forms.name(clash.target), "和".join(labels) if path else "") if part)
    st.html(f'<p class="dc-field"><b>{verbatim.markup(name)}</b></p>')
    left, right = st.columns(2)
    left.html(_side(heads[0], verbatim.marked(side_of(pieces, "first"))))
    right.html(_side(heads[1], verbatim.marked(side_of(pieces, "second"))))
    return name


def _lines(forms: SubmissionForms, target: Target, body: Json, path: Path) -> tuple[Line, ...]:
    return forms.lines(target, taken_from(target, None, body, [path]))


def _text(lines: tuple[Line, ...], *, named: bool) -> str:
    return "\n".join(f"{label}：{text}" if named and label else text for label, text in lines) or _NOTHING


def _side(title: str, words: str) -> str:
    return (
        f'<article class="dc-detail"><h3>{verbatim.markup(title)}</h3>'
        f'<blockquote class="dc-statement dc-verbatim">{words}</blockquote></article>'
    )
