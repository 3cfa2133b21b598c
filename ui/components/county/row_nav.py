"""Topic by topic: sections, their topics, their rows, each with how it stands; one row is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.assessment import PASSED
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.rows.indicator_detail import row_title
from ui.components.rows.row import Row, rows
from workflow.people import Role

_MARKS = {"unanswered": "○", "undeclared": "○"}


def row_nav(desk: StoredForms) -> Row | None:
    """The three strips and the head of the open row; None when a department has no rows."""
    every = {row.id: row for row in rows(desk) if _listed(desk, row)}
    if not every:
        st.info("还没有分配给您部门的指标。请与县级民政部门联系，或取消“只看分配给本部门的”。")
        return None
    row = every.get(desk.row or "") or next(iter(every.values()))
    row = _strips(desk, list(every.values()), row)
    desk.row = row.id
    row_title(row, _tags(desk, row))
    return row


def row_steps(desk: StoredForms, row: Row) -> None:
    """At the end of a row: to the one before, the next, and the next that still wants something."""
    every = [one for one in rows(desk) if _listed(desk, one)]
    at = next((place for place, one in enumerate(every) if one.id == row.id), 0)
    wanting = next((one for one in (*every[at + 1 :], *every[:at]) if not set(one.states) <= PASSED), None)
    back, forward, onward, _ = st.columns([2, 2, 3, 5])
    if back.button("上一项", key="row-back", disabled=at == 0, width="stretch"):
        _go(desk, [every[at - 1]])
    if forward.button("下一项", key="row-forward", disabled=at == len(every) - 1, width="stretch"):
        _go(desk, [every[at + 1]])
    if onward.button("下一个未完成项", key="row-onward", disabled=wanting is None, width="stretch") and wanting:
        _go(desk, [wanting])


def _listed(desk: StoredForms, row: Row) -> bool:
    if desk.person.role is not Role.COUNTY_DEPARTMENT:
        return True
    own = st.session_state.setdefault("own-rows", True)
    return not own or row.id in desk.snapshot.context.assigned


def own_rows_only(desk: StoredForms) -> None:
    """A department's switch between its own rows and all of them."""
    if desk.person.role is Role.COUNTY_DEPARTMENT:
        st.checkbox("只看分配给本部门的", value=True, key="own-rows")


def _strips(desk: StoredForms, every: Sequence[Row], row: Row) -> Row:
    sections = _grouped(every, lambda one: one.section)
    section = _strip("项目", {name: _count(name, held) for name, held in sections.items()}, row.section, "section")
    if section != row.section:
        _go(desk, sections[section])
    topics = _grouped(sections[section], lambda one: one.topic)
    topic = row.topic
    if len(topics) > 1:
        topic = _strip("内容", {name: _count(name, held) for name, held in topics.items()}, row.topic, section)
        if topic != row.topic:
            _go(desk, topics[topic])
    ids = {one.id: _row_words(one) for one in topics[topic]}
    chosen = _strip("指标", ids, row.id, f"{section}-{topic}")
    if chosen != row.id:
        _go(desk, [one for one in topics[topic] if one.id == chosen])
    return row


def _strip(label: str, options: Mapping[str, str], at: str, key: str) -> str:
    """One line of choices; the key holds what is chosen, so that a link from elsewhere moves it."""
    chosen = st.segmented_control(
        label,
        list(options),
        default=at,
        format_func=lambda one: options[one],
        key=f"strip-{label}-{key}-{at}",
        required=True,
    )
    return str(chosen) if chosen in options else at


def _go(desk: StoredForms, held: Sequence[Row]) -> None:
    """To the first of these rows that still wants something, else to the first."""
    wanting = next((one for one in held if not set(one.states) <= PASSED), held[0])
    desk.row = wanting.id
    st.rerun()


def _grouped(every: Sequence[Row], by: object) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for one in every:
        found.setdefault(by(one), []).append(one)  # type: ignore[operator]
    return found


def _count(name: str, held: Sequence[Row]) -> str:
    fine = sum(set(one.states) <= PASSED for one in held)
    mark = "✓" if fine == len(held) else f"{fine}/{len(held)}"
    return verbatim.markdown(f"{name or '一票否决'} {mark}")


def _row_words(row: Row) -> str:
    words = " / ".join(dict.fromkeys(labels.result_words(one.row, one.result) for one in row.judged))
    fine = set(row.states) <= PASSED
    mark = "✓" if fine else _MARKS.get(row.states[0], "✗")
    return verbatim.markdown(f"{row.id} {mark} {words}")


def _tags(desk: StoredForms, row: Row) -> str:
    units = desk.assigned.get(row.id, ())
    return "".join(labels.tag(f"分工：{unit}") for unit in units)
