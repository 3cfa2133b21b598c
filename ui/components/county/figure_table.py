"""Figures that the rules put in one table, filled in and saved together, whichever rows they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from indicators.model import Measure
from scoring.conditions import fact_number
from scoring.entry.answer import TypedAnswer, answer_from, typed_from
from scoring.entry.figure_table import Figure, FigureTable, figure_table
from scoring.kinds.typed import EntryError, Path
from scoring.yearly import touched_years
from ui.components import labels, verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.county.figure_links import row_link
from ui.components.forms.answer_form import form_name, stored_answer
from ui.components.forms.closing import Button, closing
from ui.components.forms.figures import say_understood
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.submission_forms import Bodies
from ui.components.rows.cross_checks import cross_checks_after_save
from ui.components.rows.row import Row
from workflow.content import body_of

_TABLE = "table"
_UNSAID = "未填"
_ELSEWHERE = "本项有没有保存的内容，请先在本项保存或放弃"


def table_shown(forms: StoredForms, row: Row) -> bool:
    """The table that the row has a part in, where the address asks for it; else the link to it. Whether it is shown."""
    table_id = next((m.in_table.table for m in row.asked()[0] if m.in_table is not None), None)
    if table_id is None:
        return False
    rows = {each.id: each for each in forms.rows.values() if _has_part(forms, each, table_id)}
    table = figure_table(table_id, {row_id: each.asked()[0] for row_id, each in rows.items()}, _years(forms))
    if row.id not in rows or len(table.figures) < 2:  # noqa: PLR2004 - one figure is no table
        return False
    title = f"{labels.word('figure_tables', table_id)}（{'、'.join(rows)}）"
    if st.query_params.get(_TABLE) != table_id:
        if st.button(f"一张表填：{title}", key=f"table-{table_id}", type="tertiary"):
            st.query_params[_TABLE] = table_id
            st.rerun()
        return False
    if st.button(f"回到 {row.id}", key="table-back", type="tertiary"):
        del st.query_params[_TABLE]
        st.rerun()
    st.subheader(title, anchor=False)
    st.caption("只填数字，按一次保存；自评结论、说明和材料仍在各项里。按 Tab 键逐行填。")
    own_fragment(forms, lambda: _Table(forms, table_id, rows, table).show(title))
    return True


def _has_part(forms: StoredForms, row: Row, table_id: str) -> bool:
    """Whether this person fills in a figure of the row that stands in the table."""
    target = form_name(row)
    part = forms.part(target)
    placed = [m.id for m in row.asked()[0] if m.in_table is not None and m.in_table.table == table_id]
    return bool(placed) and forms.why_not(target) is None and (part is None or not part.isdisjoint(placed))


def _years(forms: StoredForms) -> tuple[str, ...]:
    return tuple(str(year) for year in touched_years(forms.submission.round.period))


class _Table:
    """The fields of a table; each belongs to its own row's answer and is named as in the row's form."""

    def __init__(self, forms: StoredForms, table_id: str, rows: Mapping[str, Row], table: FigureTable) -> None:
        self.forms, self.rows, self.table = forms, rows, table
        self.form = Form(forms.pad, (_TABLE, table_id))
        self.stored: dict[str, TypedAnswer] = {
            row_id: typed_from(stored_answer(forms, row), row.asked()[0], _years(forms)) for row_id, row in rows.items()
        }
        names: dict[str, set[str]] = {}
        for figure in table.figures:
            names.setdefault(figure.row_id, set()).add(_name(figure))
        # 一保存，这几项的暂存就都算完了：表外还有暂存的，不在这里填。
        self.busy = {
            row_id
            for row_id, row in rows.items()
            if not forms.pad.at(form_name(row)).fields.keys() <= names.get(row_id, set())
        }
        self.typed: dict[str, dict[str, dict[Path, str]]] = {}

    def show(self, title: str) -> None:
        """Heads, lines, and what stands below every form."""
        with st.container(key="figure-table"):
            heads = st.columns([2, *[1.5] * len(self.table.columns)])
            for place, head in zip(heads, ("", *self.table.columns), strict=True):
                place.html(f'<p class="dc-table-head"><b>{verbatim.markup(head)}</b></p>')
            for line in self.table.lines:
                first, *places = st.columns([2, *[1.5] * len(self.table.columns)])
                first.html(f'<p class="dc-field"><b>{verbatim.markup(self._line(line.name, line.of))}</b></p>')
                for place, cell in zip(places, line.cells, strict=True):
                    with place:
                        for figure in cell:
                            self._figure(figure, line.name)

        def save() -> None:
            self.forms.save(self.form, self._bodies(), f"{title}的数字")

        closing(
            self.form,
            Button("保存本表", "save-table", save, title),
            forms=self.forms,
            drop="drop-table",
            after=self._odds,
        )

    def _line(self, name: str, of: tuple[str, ...]) -> str:
        if name.isdigit():
            return f"{name}年"
        facts = self.forms.submission.facts
        numbers = [fact_number(facts, fact) for fact in of]
        units = {fact.unit for s in self.forms.standards for fact in s.facts.values() if fact.id in of and fact.unit}
        words = labels.word("table_lines", name)
        if not of or len(units) != 1 or any(number is None for number in numbers):
            return words
        return (
            f"{words}：共 {sum(number for number in numbers if number is not None)} {labels.word('units', units.pop())}"
        )

    def _figure(self, figure: Figure, line: str) -> None:
        row, measure, path = self.rows[figure.row_id], figure.measure, figure.field.path
        stored = str(self.stored[row.id].figures.get(measure.id, {}).get(path) or "")
        column = measure.in_table.column if measure.in_table is not None else measure.label
        unit = f"，{labels.word('units', figure.field.unit)}" if figure.field.unit else ""
        label = f"{self._line(line, ())}：{column}（{row.id}{unit}）"
        part = self.forms.part(form_name(row))
        if row.id in self.busy or (part is not None and measure.id not in part):
            why = _ELSEWHERE if row.id in self.busy else "由牵头单位填写"
            words = verbatim.markup(f"{label} {stored or _UNSAID}。{why}")
            st.html(f'<p class="dc-quiet">{words}</p>')
            return
        typed = self.form.text(_name(figure), verbatim.markdown(label), stored, entry=form_name(row))
        say_understood(typed, figure.field.unit)
        self.typed.setdefault(row.id, {}).setdefault(measure.id, {})[path] = typed

    def _bodies(self) -> Bodies:
        """Of the rows in which something was typed; raises `EntryError` with every unreadable figure."""
        bodies = {}
        problems: list[str] = []
        paths: list[Path] = []
        for row_id, typed in self.typed.items():
            row, stored = self.rows[row_id], self.stored[row_id]
            figures = {**stored.figures, **{m: {**stored.figures.get(m, {}), **given} for m, given in typed.items()}}
            if figures == stored.figures:
                continue
            asked: tuple[Measure, ...] = row.asked()[0]
            try:
                answer = answer_from(stored_answer(self.forms, row), asked, replace(stored, figures=figures))
                bodies[form_name(row)] = body_of(answer)
            except EntryError as unreadable:
                problems += [f"{labels.row_name(row.first)} {problem}" for problem in unreadable.problems]
                paths += [(row_id, *path) for path in unreadable.paths]
        if problems:
            raise EntryError(problems, paths)
        return bodies

    def _odds(self) -> None:
        cross_checks_after_save(self.forms.assessment, tuple(self.rows), row_link(self.forms))


def _name(figure: Figure) -> str:
    return "/".join(("m", figure.measure.id, *figure.field.path))
