"""Topic by topic: sections, their topics, their rows, each with its state; one row is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from scoring.assessment import PASSED
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.answer_form import form_name
from ui.components.forms.closing import tell_below
from ui.components.rows.indicator_detail import row_title
from ui.components.rows.row import Row
from workflow.people import Role
from workflow.states import State

_MARKS = {"unanswered": "○", "undeclared": "○"}


def row_nav(forms: StoredForms) -> Row | None:
    """The three strips and the head of the open row; None when a department has no rows."""
    every = {row.id: row for row in forms.rows.values() if _listed(forms, row)}
    if not every:
        wanting = "本次退回补正没有开放分给您部门的指标" if _opened(forms) else "还没有分配给您部门的指标"
        st.info(f"{wanting}。请与县级民政部门联系，或取消“只看分配给本部门的”。")
        return None
    row = every.get(forms.row or "") or next(iter(every.values()))
    _strips(forms, list(every.values()), row)
    forms.row = row.id
    row_title(row, _tags(forms, row))
    return row


def row_steps(forms: StoredForms, row: Row) -> None:
    """Below a row: buttons to the previous, the next, and the next row not yet passed."""
    every = [other for other in forms.rows.values() if _listed(forms, other)]
    position = next((number for number, other in enumerate(every) if other.id == row.id), 0)
    wanting = _wanting(every, position)
    with st.container(key="row-steps"):
        places = st.columns([2, 2, 3], wrap=False)
    steps = {
        "row-back": ("上一项", every[position - 1] if position else None),
        "row-forward": ("下一项", every[position + 1] if position < len(every) - 1 else None),
        "row-onward": ("下一个未完成项", wanting),
    }
    for place, (key, (words, other)) in zip(places, steps.items(), strict=True):
        to = "" if other is None else other.id
        place.button(words, key=key, disabled=not to, width="stretch", on_click=_open, args=(forms, to))


def _wanting(every: Sequence[Row], position: int) -> Row | None:
    """The next row not yet passed, from the first again after the last."""
    return next(
        (other for other in (*every[position + 1 :], *every[:position]) if not set(other.states) <= PASSED), None
    )


def onward(forms: StoredForms, row: Row) -> Callable[[], None] | None:
    """What opens the next row not yet passed, where there is one; the save's notice stands there."""
    every = [other for other in forms.rows.values() if _listed(forms, other)]
    position = next((number for number, other in enumerate(every) if other.id == row.id), 0)
    other = _wanting(every, position)
    if other is None:
        return None
    target = form_name(other)

    def go() -> None:
        tell_below(forms, target)
        forms.row = target.key

    return go


def _listed(forms: StoredForms, row: Row) -> bool:
    if not _may_be_mended(forms, row):
        return False
    if forms.person.role is not Role.COUNTY_DEPARTMENT:
        return True
    own = st.session_state.setdefault("own-rows", True)
    return not own or row.id in forms.snapshot.context.assigned


def _may_be_mended(forms: StoredForms, row: Row) -> bool:
    """Whether a row is shown while the county corrects: what the return opened, and the row that was asked for."""
    opened = _opened(forms)
    return not opened or row.id == forms.row or row.id in opened or not st.session_state.get("opened-rows", True)


def _opened(forms: StoredForms) -> frozenset[str]:
    """The rows that an open return opened; none outside of a return."""
    targets = forms.snapshot.context.open_targets if forms.snapshot.state is State.RETURNED else None
    return frozenset(target.key for target in targets or () if target.is_answer)


def own_rows_only(forms: StoredForms) -> None:
    """A department's switch between its own rows and all of them; while the county corrects, between what may be
    changed and everything."""
    if opened := _opened(forms):
        st.checkbox(f"只看补正期间可以改的（{len(opened)} 项）", value=True, key="opened-rows")
    if forms.person.role is Role.COUNTY_DEPARTMENT:
        st.checkbox("只看分配给本部门的", value=True, key="own-rows")


def _strips(forms: StoredForms, every: Sequence[Row], row: Row) -> None:
    sections = _grouped(every, lambda each: each.section)
    _strip(forms, "项目", _leading(sections), row.section, "section")
    topics = _grouped(sections[row.section], lambda each: each.topic)
    if len(topics) > 1:
        _strip(forms, "内容", _leading(topics), row.topic, row.section)
    ids = {each.id: (_row_words(each), each.id) for each in topics[row.topic]}
    _strip(forms, "指标", ids, row.id, f"{row.section}-{row.topic}")


def _leading(groups: Mapping[str, Sequence[Row]]) -> dict[str, tuple[str, str]]:
    """Each group's words, and the row it opens: the first that is not passed, else the first."""
    wanting = {
        name: next((row.id for row in group if not set(row.states) <= PASSED), group[0].id)
        for name, group in groups.items()
    }
    return {name: (_count(name, group), wanting[name]) for name, group in groups.items()}


def _strip(forms: StoredForms, label: str, options: Mapping[str, tuple[str, str]], at: str, key: str) -> None:
    """One line of choices, each with its words and the row it opens; the key holds what is chosen, so that a link
    from elsewhere moves it."""
    key = f"strip-{label}-{key}-{at}"
    st.segmented_control(
        label,
        list(options),
        default=at,
        format_func=lambda option: options[option][0],
        key=key,
        required=True,
        on_change=lambda: _open(forms, options.get(str(st.session_state[key]), ("", ""))[1]),
    )


def _open(forms: StoredForms, row_id: str) -> None:
    """Open a row, before the page is run: what is typed in the one that was open has been heard by the gate."""
    if row_id:
        forms.row = row_id


def _grouped(every: Sequence[Row], title_of: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in every:
        groups.setdefault(title_of(row), []).append(row)
    return groups


def _count(name: str, group: Sequence[Row]) -> str:
    fine = sum(set(row.states) <= PASSED for row in group)
    mark = "✓" if fine == len(group) else f"{fine}/{len(group)}"
    return verbatim.markdown(f"{name or '一票否决'} {mark}")


def _row_words(row: Row) -> str:
    words = " / ".join(dict.fromkeys(labels.result_words(judged.row, judged.result) for judged in row.judged))
    fine = set(row.states) <= PASSED
    mark = "✓" if fine else _MARKS.get(row.states[0], "✗")
    return verbatim.markdown(f"{row.id} {mark} {words}")


def _tags(forms: StoredForms, row: Row) -> str:
    units = forms.assigned.get(row.id, ())
    return "".join(labels.tag(f"{'协办' if at else '牵头'}：{unit}") for at, unit in enumerate(units))
