"""推荐意见: the form of one level's opinion, drafted from results or findings and edited by a person."""

from __future__ import annotations

import streamlit as st

from scoring.kinds.typed import EntryError
from scoring.submission import Opinion, OpinionLevel
from storage.canonical import Json
from storage.clock import local_date, now
from templates.application_form.layout import application_form
from templates.application_form.plan import opinion_capacity, opinion_lines
from templates.text.setting import Setter
from templates.text.typefaces import typefaces
from ui.components import labels, verbatim
from ui.components.case.news import news
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.outcome import forget, place_of
from ui.components.forms.own_fragment import own_fragment
from workflow.content import body_of
from workflow.procedure.opinions import draft_opinion, opinion_author
from workflow.targets import Target


def opinion_form(forms: StoredForms, level: OpinionLevel, drafting: str) -> None:
    """The form, for who may write it. ``drafting``: the button that proposes a text, in words."""
    news(forms, Target.opinion(level))
    own_fragment(forms, lambda: _draw(forms, level, drafting))


def _draw(forms: StoredForms, level: OpinionLevel, drafting: str) -> None:
    target, name = Target.opinion(level), labels.word("opinions", level)
    st.subheader(f"{name}推荐意见", anchor=False)
    stored = forms.base(target).opinions.get(level, Opinion())
    form = Form(forms.pad, target)
    proposing, words = st.columns([1, 3], vertical_alignment="center")
    if proposing.button(drafting, key="draft-opinion", width="stretch"):
        form.put("text", draft_opinion(forms.office, forms.snapshot, level))
        forget(place_of(form))  # that there was no text
    words.caption("草稿由系统按已保存的内容生成，替换下面的文字；保存前可任意修改。")
    text = form.text("text", "意见", stored.text or "", tall=200)
    _room(text)
    who, when = st.columns([3, 1])
    with who:
        by = form.text("by", "出具单位", stored.by or opinion_author(forms.snapshot, level))
    with when:
        day = form.day("date", "日期", stored.date or local_date(now()))

    def body() -> Json:
        if text.strip():
            return body_of(Opinion(text.strip(), day, by.strip() or None))
        if stored == Opinion():
            raise EntryError(["意见：不能为空，请填写推荐意见。"], [("text",)])
        return None

    what = f"{name}推荐意见"
    button = Button("保存意见", "save-opinion", lambda: forms.save(form, {target: body()}, what), what)
    closing(form, button, forms=forms, drop="drop-opinion")


def _room(text: str) -> None:
    """How much of its box of the 申报表 the text takes."""
    layout = application_form()
    takes, has = opinion_lines(text, layout, Setter(typefaces())), opinion_capacity(layout)
    over = f"，超出 {takes - has} 行：结论（最后一句）印在栏内公章之上，放不下的理由印在附页" if takes > has else ""
    st.caption(f"申报表意见栏可印 {has} 行，现有 {takes} 行{over}。")


def opinion_given(name: str, opinion: Opinion) -> None:
    """An opinion as it prints."""
    signed = "　".join(part for part in (opinion.by or "", opinion.date.isoformat() if opinion.date else "") if part)
    st.html(
        f'<article class="dc-detail"><h3>{verbatim.markup(name)}推荐意见</h3>'
        f'<blockquote class="dc-statement dc-verbatim">{verbatim.markup(opinion.text or "")}</blockquote>'
        f'<p class="dc-signed">{verbatim.markup(signed)}</p></article>'
    )
