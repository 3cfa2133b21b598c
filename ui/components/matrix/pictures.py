"""Pictures beside the matrix: counties by stage, failures by indicator, one county against those around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from indicators.model import Standard
from scoring.assessment import PASSED, VERDICTS, VETO_STATES
from ui.components import labels, verbatim
from ui.components.bar import Part, bar, told
from ui.components.table import line as table_line
from ui.components.table import table
from workflow.divisions import full_name, has_prefecture
from workflow.overview.matrix import AreaMatrix, MatrixLine, failed, row_states
from workflow.states import State, state_label

# Of each stage the colour of what it is nearest to among the verdicts.
STAGE_TONES = {
    State.DRAFT: "unanswered",
    State.AWAITING_GOVERNMENT: "unanswered",
    State.SUBMITTED: "needs_judgement",
    State.PREFECTURE_RECOMMENDED: "needs_judgement",
    State.RETURNED: "unproven",
    State.PROVINCE_RECOMMENDED: "met",
    State.DECLINED: "not_met",
    State.WITHDRAWN: "not_applicable",
}
NOT_STARTED = "尚未开始"
_MOST = 12


def stages(area: AreaMatrix) -> str:
    """How many counties stand at which stage, in the procedure's order."""
    counts = Counter(
        (state := State(one.record.state), state_label(state, has_prefecture=has_prefecture(one.record.division_code)))
        for one in area.lines
    )
    order = list(State)
    several = sorted(counts.items(), key=lambda one: order.index(one[0][0]))
    lines = [(label, STAGE_TONES[state], count) for (state, label), count in several]
    if area.missing:
        lines.insert(0, (NOT_STARTED, "unanswered", len(area.missing)))
    most = max(count for _, _, count in lines)
    bars = "".join(
        bar(name, [(tone, count, name)], f"{name} {count} 县", f"{count} 县", most - count)
        for name, tone, count in lines
    )
    return f'<figure class="dc-figure dc-matrix-bars"><figcaption>各环节的县数</figcaption>{bars}</figure>'


def failures(area: AreaMatrix, standard: Standard) -> str:
    """The rows that most counties do not pass, by what they lack."""
    counted = [(row_id, counts) for row_id, counts in row_states(area.told, standard) if failed(counts)]
    counted.sort(key=lambda one: -failed(one[1]))
    if not counted:
        return '<p class="dc-quiet">有结论的各县各项都通过。</p>'
    most = failed(counted[0][1])
    bars = "".join(
        bar(
            verbatim.markup(row_id),
            parts := _parts(counts, failing=True),
            verbatim.markup(f"{row_id}：{told(parts)}"),
            f"{failed(counts)}/{counts.total()} 县",
            most - failed(counts),
        )
        for row_id, counts in counted[:_MOST]
    )
    more = f"（前 {_MOST} 项，共 {len(counted)} 项）" if len(counted) > _MOST else ""
    head = f"没有通过的县最多的指标{more}"
    return f'<figure class="dc-figure dc-matrix-bars"><figcaption>{head}</figcaption>{bars}</figure>'


def county_beside_others(area: AreaMatrix, standard: Standard) -> None:
    """A county chosen, against its prefecture and all that the person sees."""
    by_code = {one.record.division_code: one for one in area.told if standard.id in one.outcomes}
    if not by_code:
        return
    code = st.selectbox(
        "一个县与本市、辖区相比", list(by_code), format_func=lambda one: verbatim.plain(full_name(one)),
        key="matrix-county", bind="query-params",
    )  # fmt: skip
    county = by_code[code]
    around = [one for one in by_code.values() if one.record.division_code[:4] == code[:4]]
    groups = [(county.record.division_name, [county]), *([(county.prefecture, around)] if has_prefecture(code) else [])]
    if len(around) < len(by_code):
        groups.append(("辖区", list(by_code.values())))
    st.html(f"{''.join(_group(name, lines, standard) for name, lines in groups)}{_rows(county, groups[1:], standard)}")


def _group(name: str, lines: Sequence[MatrixLine], standard: Standard) -> str:
    """Verdicts of all rows of all of its counties; the bar's width is their share."""
    counts = sum((counts for _, counts in row_states(lines, standard)), Counter[str]())
    parts = _parts(counts)
    passed = (counts.total() - failed(counts)) / len(lines)
    average = f"{passed:.0f}" if len(lines) == 1 else f"平均 {passed:.1f}"
    shown = verbatim.markup(name if len(lines) == 1 else f"{name}（{len(lines)} 县）")
    words = verbatim.markup(f"{name}：{told(parts)}")
    return f'<div class="dc-matrix-bars">{bar(shown, parts, words, f"通过 {average}/{len(standard.rows())}")}</div>'


def _rows(county: MatrixLine, groups: Iterable[tuple[str, Sequence[MatrixLine]]], standard: Standard) -> str:
    """The rows the county does not pass, and how many do not around it."""
    outcomes = county.outcomes[standard.id]
    around = [(name, dict(row_states(lines, standard))) for name, lines in groups]
    lines = [
        table_line(
            (
                row.id,
                labels.outcome_words(row, outcomes.states[at], outcomes.blocking[at]),
                *(f"{failed(counts[row.id])}/{counts[row.id].total()}" for _, counts in around),
                row.statement,
            )
        )
        for at, row in enumerate(standard.rows())
        if outcomes.states[at] not in PASSED
    ]
    if not lines:
        return '<p class="dc-quiet">该县各项都通过。</p>'
    heads = ("编号", "该县", *(verbatim.markup(f"{name}没有通过的县") for name, _ in around), "指标")
    return table(heads, lines, "dc-verbatim dc-numbered")


def _parts(counts: Counter[str], *, failing: bool = False) -> list[Part]:
    words: dict[str, str] = {name: labels.word("veto_states", name) for name in VETO_STATES}
    words.update((name, labels.word("verdicts", name)) for name in VERDICTS)
    return [
        (name, counts[name], verbatim.markup(word))
        for name, word in sorted(words.items(), key=lambda one: one[0] not in PASSED)
        if counts[name] and not (failing and name in PASSED)
    ]
