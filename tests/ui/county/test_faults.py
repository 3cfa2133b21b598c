"""A refused save marks the fields its sentences are about, until something else stands in them."""

from __future__ import annotations

import re

import pytest

from tests.ui.county.pages import COORDINATOR, Page, opened
from tests.ui.seeded import Screen, names, submission
from ui import navigation

pytestmark = pytest.mark.day_shown

ROW = "3.3.2"
FIGURE = "out_of_pocket_reimbursement"


def marked(screen: Screen) -> set[str]:
    """What a test calls the marked fields."""
    return {names(key)[1] for keys in re.findall(r'data-keys="([^"]*)"', screen.html) for key in keys.split(" ")}


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({f"answer|{ROW}|note": "联系人 13987654321"}, f"answer|{ROW}|note"),
        ({f"{FIGURE}|numerator": "八十"}, f"answer|{ROW}|m|{FIGURE}|numerator"),
        ({f"{FIGURE}|numerator": "-1"}, f"answer|{ROW}|m|{FIGURE}|numerator"),
    ],
    ids=["identifier", "no number", "negative"],
)
def test_a_refusal_marks_the_field_until_it_is_changed(office, typed, at_fault):
    page = Page(office, COORDINATOR, navigation.ASSESS, s=str(submission(office, "甲县").id), row=ROW)
    for ending, text in typed.items():
        page.type("text_area" if ending.endswith("note") else "text_input", ending, text)
    page.press(f"save-{ROW}")
    assert "没有保存" in page.text
    assert at_fault in marked(page)
    assert len(marked(page)) == 1
    ending = next(iter(typed))
    page.type("text_area" if ending.endswith("note") else "text_input", ending, "12")
    assert at_fault not in marked(page)


def test_a_choice_that_is_no_option_is_told_and_what_stood_stands(office):
    page = Page(office, COORDINATOR, navigation.ASSESS, s=str(submission(office, "甲县").id), row=ROW)
    claim = page.field("radio", f"answer|{ROW}|claim")
    claim.options.append("没有这一项")
    claim.set_value("没有这一项")
    page.run()
    assert "送来的选项不在所列之中，没有采用，仍按" in page.text
    before = opened(office).entries
    page.press(f"save-{ROW}")
    assert opened(office).entries == before


def test_a_document_is_marked_though_it_has_no_number_yet(office):
    page = Page(office, COORDINATOR, navigation.REGISTER)
    page.type("text_input", "evidence-+-pages", "很多")
    page.press("save-document")
    assert marked(page) == {"evidence|+|title", "evidence|+|kind", "evidence|+|pages"}
    page.type("text_input", "evidence-+-title", "名册")
    page.field("selectbox", "evidence-+-kind").select("document")
    page.type("text_input", "evidence-+-pages", "3")
    page.type("text_input", "evidence-+-holder", "王某 13987654321")
    page.press("save-document")
    assert marked(page) == {"evidence|+|holder"}


def test_one_fact_of_many_is_marked(office):
    page = Page(office, COORDINATOR, navigation.FACTS)
    page.type("text_input", "fact|population|value", "很多")
    page.press("save-facts")
    assert marked(page) == {"fact|population|value"}


def test_an_account_s_and_a_round_s_fields_are_marked(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("text_input", "account-+-username", "1")
    screen.fill("text_input", "account-+-display_name", "丙区")
    screen.press("account-save")
    assert "account|+|username" in marked(screen)
    assert "account|+|display_name" not in marked(screen)
    screen = Screen(office, "guanliyuan", "rounds")
    screen.fill("text_input", "round-+-quota", "零")
    screen.press("round-save")
    assert marked(screen) == {"round|+|quota"}
