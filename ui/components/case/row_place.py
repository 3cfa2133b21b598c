"""Which row is open, and which rows the list holds: kept in the address, so that a reload keeps the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from scoring.assessment import PASSED
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.rows.cross_checks import DrawLink
from ui.components.rows.row import Row
from workflow.procedure.doubts import open_doubts
from workflow.procedure.reviewing import RowAcrossLevels
from workflow.reviewing.colleagues import own_sections

_PARAMETER = "row"
_ALL = "全部"


def filtered(opened: OpenedSubmission, changed: frozenset[str], unrequested: frozenset[str]) -> list[str]:
    """The ids of the rows the filter lets through, in printed order; ``changed``: rows the county changed since,
    ``unrequested``: those of them that nobody asked for and this level has not looked at."""
    tests = _tests(opened, changed, unrequested)
    matching = {name: [i for i, compared in opened.compared.items() if test(compared)] for name, test in tests.items()}
    key = opened.place("filter")
    name = str(st.session_state.get(key, _ALL)).partition("（")[0]
    if key in st.session_state and name != st.session_state[key]:  # with a count that another's save has changed since
        st.session_state[key] = name if name in matching else _ALL
    chosen = st.selectbox(
        "显示",
        [_ALL, *matching],
        format_func=lambda name: name if name == _ALL else f"{name}（{len(matching[name])}）",
        key=key,
        persist_state="session",
    )
    return matching.get(str(chosen), list(opened.compared))


def with_open_row(opened: OpenedSubmission, ids: Sequence[str]) -> list[str]:
    """The rows of the filter with the one that is open, which a save, one's own or another's, may have taken out of it.

    Where the next one was asked for and another's save has taken that out, the one after it opens.
    """
    wanted, order = st.query_params.get(_PARAMETER), list(opened.compared)
    if wanted not in order or wanted in ids:
        return list(ids)
    filter_then, row_then = st.session_state.get(opened.place("shown"), (None, None))
    if filter_then != st.session_state[opened.place("filter")]:  # it was chosen just now
        return list(ids)
    if row_then == wanted:
        return sorted([*ids, wanted], key=order.index)
    later = [row_id for row_id in ids if order.index(row_id) > order.index(wanted)]
    for row_id in (later or list(ids[-1:]))[:1]:
        _to(row_id)
    return list(ids)


def chosen_row(opened: OpenedSubmission, ids: Sequence[str]) -> Row | None:
    """The chooser; None where the filter leaves nothing."""
    if not ids:
        st.info("没有符合条件的指标。请改选“显示”。")
        return None
    wanted = st.query_params.get(_PARAMETER)
    at = ids.index(wanted) if wanted in ids else 0
    key = opened.place("row", ids[at], len(ids))
    make = lambda: {row_id: _option(opened, row_id) for row_id in opened.compared}  # noqa: E731 - kept by the snapshot
    st.selectbox(
        "选择指标",
        ids,
        at,
        format_func=opened.snapshot.once(("options", opened.level), make).__getitem__,
        key=key,
        on_change=lambda: _to(_id_of(st.session_state[key])),
    )
    if wanted != ids[at]:
        _to(ids[at])
    st.session_state[opened.place("shown")] = st.session_state[opened.place("filter")], ids[at]
    return opened.rows[ids[at]]


def row_steps(opened: OpenedSubmission, ids: Sequence[str], row_id: str, doubtful: Sequence[str] | None = None) -> None:
    """Below a row: to the one before and after among those the filter lets through, and to the next ``doubtful`` one,
    out of the filter; None: for who only reads."""
    at = ids.index(row_id)
    with st.container(key="row-steps"):
        back, forward, *further = st.columns(2 if doubtful is None else 3, wrap=False)
    before, after = ids[max(0, at - 1)], ids[min(at + 1, len(ids) - 1)]
    back.button("上一项", disabled=at == 0, width="stretch", key=opened.place("back"), on_click=_to, args=(before,))
    forward.button(
        "下一项", disabled=after == row_id, width="stretch", key=opened.place("forward"), on_click=_to, args=(after,)
    )

    for column in further:
        doubtful = doubtful or ()
        order = list(opened.compared)
        later = [each for each in doubtful if order.index(each) > order.index(row_id)]
        column.button(
            f"下一疑点项（{len(doubtful)}）",
            disabled=set(doubtful) <= {row_id},
            width="stretch",
            key="next-doubtful",
            on_click=_to_whole,
            args=(opened, (*later, *doubtful, row_id)[0]),
        )


def _to_whole(opened: OpenedSubmission, row_id: str) -> None:
    """Open a row out of the filter, before the page is run."""
    st.session_state[opened.place("filter")] = _ALL
    _to(row_id)


def open_row(row_id: str) -> None:
    """Open another row, from within a run."""
    _to(row_id)
    st.rerun()


def _to(row_id: str) -> None:
    """Open a row, before the page is run."""
    st.query_params[_PARAMETER] = row_id


def leave_for(opened: OpenedSubmission, row_id: str, *, whole: bool = True) -> None:
    """Open a row from another view; ``whole``: out of the filter, which may not let it through.

    A widget that is drawn takes no value any more: the next run sets it before it draws (`arrived_from_other_view`).
    """
    st.session_state[opened.place("arriving")] = whole
    open_row(row_id)


def arrived_from_other_view(opened: OpenedSubmission) -> bool:
    """Whether the last run left another view for a row; True once, then forgotten."""
    whole = st.session_state.pop(opened.place("arriving"), None)
    if whole:
        st.session_state[opened.place("filter")] = _ALL
    return whole is not None


def row_link(opened: OpenedSubmission, view: str) -> DrawLink:
    """From one figure to another: the row opens in ``view``; a reviewer has no page of the county's facts."""

    def draw_link(row_id: str | None, name: str, key: str) -> None:
        if row_id is not None:
            st.button(name, key=opened.place(key), on_click=_lead, args=(opened, row_id, view))

    return draw_link


def _lead(opened: OpenedSubmission, row_id: str, view: str) -> None:
    st.session_state[opened.place("view")] = view
    _to_whole(opened, row_id)


def _tests(
    opened: OpenedSubmission, changed: frozenset[str], unrequested: frozenset[str]
) -> Mapping[str, Callable[[RowAcrossLevels], bool]]:
    level = opened.review_level
    tests: dict[str, Callable[[RowAcrossLevels], bool]] = {}
    if level is not None:
        tests["未认定"] = lambda compared: level not in compared.findings
        tests["需补正"] = lambda compared: (
            level in compared.findings and compared.findings[level].finding == "needs_correction"
        )
        doubted = {doubt.row_id for doubt in open_doubts(opened.snapshot, level)}
        sections = {compared.row.section for compared in opened.compared.values()}
        own = own_sections(opened.person, opened.snapshot.record, sections)
        if own and own != sections:
            tests["分给我的"] = lambda compared: compared.row.section in own
            tests["分给我、未认定"] = lambda compared: compared.row.section in own and level not in compared.findings
        tests["存疑"] = lambda compared: compared.row.id in doubted
    tests["各级结论不一致"] = lambda compared: compared.differs
    if level == "province" and not opened.direct:
        tests["市、省认定不同"] = levels_differ
    tests["计算结论未达标"] = lambda compared: not set(compared.computed.values()) <= PASSED
    if changed:
        tests["补正后有改动"] = lambda compared: compared.row.id in changed
    if unrequested:
        tests["未要求的改动"] = lambda compared: compared.row.id in unrequested
    return tests


def levels_differ(compared: RowAcrossLevels) -> bool:
    """Whether prefecture and province both have a finding, and different ones."""
    return len(compared.findings) > 1 and len({finding.finding for finding in compared.findings.values()}) > 1


def _option(opened: OpenedSubmission, row_id: str) -> str:
    row, compared = opened.rows[row_id], opened.compared[row_id]
    words = dict.fromkeys(labels.state_word(row.first, state) for state in compared.computed.values())
    own_finding = ""
    if opened.review_level is not None:
        finding = compared.findings.get(opened.review_level)
        own_finding = f"　{finding_word(row, finding.finding) if finding else '未认定'}"
    return verbatim.plain(f"{row.id} {row.topic or row.section}{row.first.label} 计算：{'/'.join(words)}{own_finding}")


def _id_of(chosen: str) -> str:
    """The row of an option. Its words stand for it where another's save has changed them since the browser had them."""
    return chosen.partition(" ")[0]


def finding_word(row: Row, finding: str) -> str:
    """A finding in words: 达标, 需补正; for a veto 不存在, 存在."""
    return labels.word("veto_findings" if row.veto else "findings", finding)
