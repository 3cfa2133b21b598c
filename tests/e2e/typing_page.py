"""A form of two fields on each of three rows, a chooser, another page in the menu, and a button that saves.

What a form of the product does of drafts, and nothing else: fields are named by their keys and filled from the draft.
"""

from __future__ import annotations

import streamlit as st

from storage.clock import now
from ui import navigation, typed
from ui.form_keys import FormKey, for_submission
from ui.identity import current_person, current_tab
from ui.office import office

ROWS = ("1.1.1", "1.1.2", "1.1.3")


def form() -> None:
    person, tab = current_person(), current_tab()
    with office().store.read() as tx:
        submission = next(one for one in tx.submissions.all() if one.division_code == person.division_code)
    scope = for_submission(submission.id)
    row = st.segmented_control("指标", ROWS, default=ROWS[0], key="row") or ROWS[0]
    book = typed.book(person, scope)
    draft = book.of("answer", row, tab) or next(iter(book.elsewhere("answer", row, tab)), None)
    values = dict(draft.fields) if draft else {}
    form_key = FormKey(scope, "answer", row, 0, book.generation("answer", row, tab), "")
    with st.container(key="fields"):
        for field, label, widget in (("note", "说明", st.text_area), ("title", "标题", st.text_input)):
            key, value = str(form_key._replace(field=field)), values.get(field, "")
            typed.baseline(person.account_id, tab, key, value)
            widget(f"{label} {row}", value=value, key=key)
    if st.button("保存", key="save"):
        st.session_state.saved = st.session_state[str(form_key._replace(field="note"))]
        typed.give_up(person, tab, scope, [("answer", row)], now())
        st.rerun()
    st.text(f"已保存：{st.session_state.get('saved', '无')}")


def other() -> None:
    st.text("另一页")


@st.fragment
def in_a_fragment() -> None:
    form()


pages = [
    st.Page(form, title="整页", url_path=navigation.WORKBENCH.path, default=True),
    st.Page(in_a_fragment, title="片段", url_path="assess"),
    st.Page(other, title="别处", url_path="form"),
]
st.navigation(pages, position="top").run()
