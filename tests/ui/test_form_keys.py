"""A form's field is named alike by the page, the widget's id and the draft, whatever its parts hold."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from ui.form_keys import ADMIN, TRIAL, FormKey, for_submission, submission_of

KEYS = (
    FormKey("s12", "answer", "3.3.2", 4, 0, "m/self-paid-share/numerator"),
    FormKey("s12", "finding.prefecture", "V1", 0, 3, "j/计分/reason"),
    FormKey("s1", "evidence", "+", 0, 12, "title"),
    FormKey("s1", "evidence", "E_01-v2g3-x", 7, 1, "f-a-b-c-v1g1-d"),
    FormKey(TRIAL, "fact", "population", 0, 0, "value"),
    FormKey(ADMIN, "account", "𬭩 (1)*?", 0, 0, ""),
)


@pytest.mark.parametrize("key", KEYS)
def test_the_text_form_reads_back_and_is_a_css_class_as_it_stands(key: FormKey) -> None:
    text = str(key)
    assert FormKey.parse(text) == key
    assert re.fullmatch("[A-Za-z0-9_-]+", text)
    # what the browser does with a key on its way to `st-key-…`
    assert re.sub("[^a-zA-Z0-9_-]", "-", text.strip()) == text


@pytest.mark.parametrize("key", KEYS)
def test_a_widgets_id_names_the_field(key: FormKey) -> None:
    script = f"import streamlit as st\nst.text_input('说明', key={str(key)!r})"
    page = AppTest.from_string(script).run()
    assert FormKey.of_widget(page.text_input[0].id) == key


def test_different_fields_never_share_a_key() -> None:
    parts = ("a", "b_", "_", "2d", "_2d_", "-", "b-c", "v1g1", "a.b", "a/b", "")
    keys = {FormKey("s1", kind, key, 0, 0, field) for kind in parts for key in parts for field in parts}
    assert len({str(key) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "f-s1-answer-x",
        "r-s1-answer-x-v0g0-note",
        "f-s1-answer-x-v0g0-note ",
        "f-s1-answer-x-v0g0-a-b",
        "f-s1-answer-x-v01g0-note",  # written otherwise than ours: 01, an ordinary letter quoted, capitals
        "f-s1-answer-x-v0g0-_61_",
        "f-s1-answer-_2E_-v0g0-note",
        "f-s1-answer-_110000_-v0g0-note",  # no character
        "f-s1-answer-_ffffffffffffffff_-v0g0-note",
        "f-s1-answer-_0_-v0g0-note",  # characters no database takes
        "f-s1-answer-_d800_-v0g0-note",
        "f-s1-answer-x-v٣g0-note",
        "f-s1-answer-x-v9999999999g0-note",
        f"f-s1-answer-{'x' * 2000}-v0g0-note",
    ],
)
def test_what_is_not_exactly_a_key_is_none(text: str) -> None:
    assert FormKey.parse(text) is None
    assert FormKey.of_widget(f"$$ID-0123456789abcdef0123456789abcdef-{text}") is None


@pytest.mark.parametrize(
    "widget_id", ["note-r1", "$$ID-0123-note-r1", "f-s1-answer-x-v0g0-note", "$$ID-f-s1-a-b-v0g0-c"]
)
def test_other_widgets_have_no_key(widget_id: str) -> None:
    assert FormKey.of_widget(widget_id) is None


def test_a_scope_names_its_submission() -> None:
    assert submission_of(for_submission(12)) == 12
    for other in (TRIAL, ADMIN, "", "s", "12", "s01", "s-1", "s1x", "s٣", "s" + "9" * 30):
        assert submission_of(other) is None
