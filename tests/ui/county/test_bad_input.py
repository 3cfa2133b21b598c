"""What no browser of ours sends, and a store that fails at the press: the page stands, nothing is half-written."""

from __future__ import annotations

from itertools import cycle

import pytest

from storage.care.integrity import inspect_store
from storage.clock import now
from storage.errors import SaveFailed, StoreMissing
from storage.store import Store
from tests.ui.county.pages import COORDINATOR, Page, opened
from tests.ui.seeded import person
from ui import navigation
from ui.form_keys import FormKey
from workflow.drafting.drafts import DraftChange, drafts_of, keep

pytestmark = pytest.mark.day_shown
ROW = "3.3.2"
FIELDS = ("text_area", "text_input", "selectbox", "radio", "checkbox", "multiselect", "date_input")
# One after another into every field of the page, whatever kind it is of; then once more from the middle.
FORGED = (
    True, 7, [], ["没有这一项", ""], None, "没有这一项", "2018-13-45", ["2018-13-45"], ["9999-99-99", "x"],
    "长" * 90_000, "<script>1</script>", "\u202e\u0000",
)  # fmt: skip
MIDDLE = 9
ANSWERS = ("没有保存", "已保存", "没有改动，未另存")


def keys(page: Page) -> list[FormKey]:
    drawn = (FormKey.parse(widget.key or "") for kind in FIELDS for widget in page.app.get(kind))
    return [key for key in drawn if key is not None]


@pytest.mark.parametrize(
    ("where", "save"),
    [(navigation.ASSESS, f"save-{ROW}"), (navigation.FACTS, "save-facts"), (navigation.REGISTER, "save-document")],
    ids=["row", "facts", "register"],
)
def test_forged_values_fill_no_field_they_do_not_fit_and_save_nothing_by_halves(office, where, save):
    who, query = person(office, COORDINATOR), {"row": ROW} if where is navigation.ASSESS else {}
    page = Page(office, COORDINATOR, where, **query)
    fields, before = keys(page), opened(office)
    assert len(fields) > 3
    page.close()
    for first in (0, MIDDLE):
        values = cycle((*FORGED[first:], *FORGED[:first]))
        changes = [DraftChange(key, next(values)) for key in fields]
        assert len(keep(office, who, f"forged{first}", changes, now())) < len(fields)
        page = Page(office, COORDINATOR, where, **query)  # it raises nothing
        page.press(save)
        assert any(answer in page.text for answer in ANSWERS)
        after = opened(office)  # and can be read
        changed = {t for t in after.entries if before.entries.get(t) != after.entries[t]}
        assert len(changed) <= 1 or where is navigation.FACTS, changed
        page.close()
    assert inspect_store(office.store).faults == ()


def test_a_store_that_fails_at_the_press_says_so_keeps_the_text_and_the_next_press_saves(office, monkeypatch):
    page, text = Page(office, COORDINATOR, navigation.ASSESS, row=ROW), "核对过台账"
    page.type("text_area", f"answer|{ROW}|note", text)
    before = opened(office).entries
    for trouble, said in {
        SaveFailed("忙", "busy"): "系统繁忙，没有保存；您填的内容仍留在本页，请稍候再保存一次。",
        SaveFailed("满", "full"): "磁盘已满，没有保存；您填的内容仍留在本页。",
        SaveFailed("只读", "read_only"): "系统目前只能读取，不能写入，没有保存；您填的内容仍留在本页。",
        StoreMissing("不在"): "找不到系统的数据文件，没有保存；您填的内容仍留在本页。",
    }.items():

        def fail(*_: object, error: Exception = trouble, **__: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Store, "write", fail)
            page.press(f"save-{ROW}")
        assert said in page.text
        assert "已保存" not in page.text
        assert page.field("text_area", f"answer|{ROW}|note").value == text
        assert opened(office).entries == before
        assert any(draft.fields.get("note") == text for draft in drafts_in(office))
    page.press(f"save-{ROW}")
    assert "已保存" in page.text
    assert opened(office).content.answers[ROW].note == text
    assert drafts_in(office) == ()


def drafts_in(office):
    return drafts_of(office, person(office, COORDINATOR), f"s{opened(office).record.id}").drafts
