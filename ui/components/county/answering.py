"""One row of the self-assessment: read through on the left, filled in on the right where the person may."""

from __future__ import annotations

import streamlit as st

from ui.components import verbatim
from ui.components.case.jumps import jumps_at_row
from ui.components.case.news import news
from ui.components.case.repins import repins_at_row
from ui.components.case.stored_forms import StoredForms
from ui.components.checks.explaining import explanations_at_row
from ui.components.county.figure_links import row_link
from ui.components.county.returned import returned_note
from ui.components.county.row_nav import onward
from ui.components.county.sending_back import sending_back
from ui.components.forms.answer_form import answer_form, form_name, row_shows_save_notice
from ui.components.forms.left_over import left_over
from ui.components.forms.outcome import clock_words
from ui.components.forms.own_fragment import own_fragment
from ui.components.local.picture import shortfalls_at_row
from ui.components.register.stored_files import StoredFiles
from ui.components.rows.cross_checks import at_odds_with_row, cross_checks_after_save
from ui.components.rows.indicator_detail import detail
from ui.components.rows.row import Row
from ui.components.rows.row_page import filling_and_reading
from workflow.content import bodies_from
from workflow.submission.tracing import display_names
from workflow.words.entries import Line, entry_lines


def answering(forms: StoredForms, row: Row) -> None:
    """The row's form, or what was entered and why it cannot be changed; beside it its text, figures and verdicts."""
    filling, reading = filling_and_reading()
    with reading:
        repins_at_row(forms, row)
        at_odds_with_row(forms.assessment, row.id, row_link(forms), told=row_shows_save_notice(forms, row))
        explanations_at_row(forms, row.id)
        jumps_at_row(forms, row)
        shortfalls_at_row(forms, row.id)
        form_of = StoredFiles(forms).form_address
        for part in forms.snapshot.once(("detail", row.id), lambda: detail(row, forms.submission.round, form_of)):
            st.html(part)
    with filling:
        returned_note(forms, row.id)
        refusal = forms.why_not(form_name(row))
        if refusal is None or forms.person.username in forms.snapshot.context.touched_by:
            news(forms, form_name(row))
        if refusal is None:
            after = lambda: cross_checks_after_save(forms.assessment, (row.id,), row_link(forms))  # noqa: E731 - below
            own_fragment(forms, lambda: answer_form(forms, row, after, StoredFiles(forms), onward(forms, row)))
            sending_back(forms, row)
        else:
            _shut(forms, row, refusal)


def _shut(forms: StoredForms, row: Row, refusal: str) -> None:
    """The saved entry, why it cannot be changed, and any text of this session that was not saved in time."""
    st.subheader("填报内容（只读）", anchor=False)
    st.info(verbatim.markdown(refusal))
    form = form_name(row)
    body = bodies_from(forms.submission).get(form)
    st.html(pairs(entry_lines(forms, form, body)) or '<p class="dc-quiet">还没有填报。</p>')
    entry = forms.snapshot.entries.get(form)
    if entry is not None:
        who = display_names(forms.office, [entry.updated_by])[entry.updated_by]
        st.caption(verbatim.markdown(f"最后由{who}于 {clock_words(entry.updated_at)} 保存，第 {entry.version} 版。"))
    left_over(forms.pad, form)
    forms.history(form)


def pairs(lines: tuple[Line, ...]) -> str:
    """Labels and texts as a definition list; empty for none."""
    if not lines:
        return ""
    items = "".join(f"<dt>{verbatim.markup(label)}</dt><dd>{verbatim.markup(text)}</dd>" for label, text in lines)
    return f'<dl class="dc-pairs dc-verbatim">{items}</dl>'
