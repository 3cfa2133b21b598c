"""Text that people wrote is shown as they wrote it, whatever it holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scoring.submission import Division, Form
from tests.ui.made import DOCUMENT, FORM, county, with_answer_to
from ui.components import verbatim

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://outside.example/x.png" onerror="alert(1)">',
    "![图](http://outside.example/x.png)",
    "[链接](http://outside.example)",
    "**粗** _斜_ `码` ~~删~~",
    "$x^2$ 与 $$y$$",
    ":red[红] :smile: :material/home:",
    "# 标题",
    "1. 一",
    "a -> b <- c ~= d",
    "&lt;b&gt;",
    "\\*",
    "| a | b |",
]
_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_escapes_every_active_character(text):
    escaped = verbatim.markdown(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped)
    assert not _ACTIVE.search(bare)
    assert re.sub(r"\\(.)", r"\1", escaped).replace("\u2060", "") == text


def test_nothing_unseen_stands_in_an_indicators_number():
    assert verbatim.markdown("3.4.1") == r"3\.4\.1"


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_leaves_no_tag_and_no_quote(text):
    assert not re.search(r"[<>\"']", verbatim.markup(text))


@pytest.mark.parametrize("code", [0x202E, 0x2066, 0x200B, 0xFEFF, 0x00, 0x1B, 0x85 + 1, 0xE000])
def test_characters_that_steer_without_being_seen_are_spelled_out(code):
    assert f"⟦U+{code:04X}⟧" in verbatim.visible(f"甲{chr(code)}乙")


@pytest.mark.parametrize("text", ["𬭩𬱖㑇", "👨\u200d👩\u200d👧", "甲县", "e\u0301", "①②〔2018〕", "❤\ufe0f\u200d🔥"])
def test_what_can_be_seen_stays_as_it_is(text):
    assert verbatim.visible(text) == text


def test_line_breaks_of_every_kind_become_one_kind():
    assert verbatim.visible("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"
    assert verbatim.plain("a\n\n  b") == "a b"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_escaped_on_every_page(screen, text):
    submission = county(
        shows=text,
        division=Division("990121", text),
        form=Form(text, text, text, text, text, text),
        evidence={"E01": replace(DOCUMENT, title=text, document_number=text, issuer=text, holder=text)},
    )
    submission = with_answer_to(submission, "3.3.2", claim="not_met", note=text)
    screen.load(submission, "a.yaml")
    pages = [
        "screens/trial/judge.py",
        "screens/trial/indicator.py",
        "screens/trial/county.py",
        "screens/trial/evidence.py",
        "screens/trial/form.py",
    ]
    for page in pages:
        screen.workspace.row = "3.3.2"
        screen.go(page)
        assert verbatim.markup(text) in screen.html
        if "<" in text:
            assert text not in screen.html
        for kind in ("markdown", "caption", "error", "warning", "info", "success", "radio", "checkbox"):
            for element in screen.app.get(kind):
                said = [getattr(element, "label", ""), *getattr(element, "options", ())]
                said.append(element.value if kind in {"markdown", "caption", "error", "warning", "info"} else "")
                assert not any(text in str(words) for words in said if _ACTIVE.search(text))


def test_a_hundred_thousand_characters_and_an_unbroken_word_are_taken(screen):
    narrative = "汉" * 100_000 + "x" * 10_000
    screen.load(county(form=replace(FORM, narrative=narrative)))
    screen.go("screens/trial/form.py")
    assert screen.field("text_area", "form-narrative-").value == narrative


def test_hostile_file_names_are_escaped(screen):
    screen.load("format: 2", "<b>x</b>.yaml")
    assert "<b>x</b>" not in screen.html
    assert "&lt;b&gt;x&lt;/b&gt;.yaml" in screen.html


def test_empty_register_offers_nothing_but_says_so(screen):
    screen.load(county(evidence={}, answers={}, vetoes={}))
    screen.go("screens/trial/evidence.py")
    assert "目录中还没有材料" in screen.text
