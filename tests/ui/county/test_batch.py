"""Many files at once: read, proposed, looked at, saved together."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.ui.county.pages import COORDINATOR, Page, opened
from tests.ui.county.test_register import PDF
from tests.workflow.file_text.made_files import docx, paragraph
from ui import navigation
from ui.components.register import batch
from ui.components.register.batch import digest_of, key_of

pytestmark = pytest.mark.day

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTICE = docx(paragraph("甲政发〔2026〕77号") + paragraph("2026年3月"))


@pytest.fixture
def page(office) -> Page:
    return Page(office, COORDINATOR, navigation.REGISTER)


def read(page: Page, *files: tuple[str, bytes]) -> None:
    uploader = next(one for one in page.app.get("file_uploader") if one.accept_multiple_files)
    uploader.set_value([(name, data, WORD if name.endswith("docx") else "application/pdf") for name, data in files])
    page.run()
    page.press("batch|read")


def test_files_are_kept_proposed_and_saved_in_one_go(office, page):
    before = opened(office).content.evidence
    read(page, ("关于加强工作的通知.docx", NOTICE), ("扫描件001.pdf", PDF), ("同上.pdf", PDF), ("坏.pdf", b"MZ"))
    assert "读取了 2 个文件，没有读取 2 个" in page.text
    assert "“同上.pdf”与“扫描件001.pdf”内容相同" in page.text
    assert "“坏.pdf”的内容不是可接受的格式" in page.text
    assert opened(office).content.evidence == before, "nothing is registered by reading"
    page.close()
    page = Page(office, COORDINATOR, navigation.REGISTER)
    assert "已读取、还没有登记的 2 件" in page.text, "they wait in the drafts"
    page.press("save-batch")
    assert "文件“扫描件001.pdf” 题名：不能为空" in page.text
    assert opened(office).content.evidence == before
    scan = f"evidence-{key_of(sha256(PDF).hexdigest())}"
    page.type("text_input", f"{scan}-title", "走访记录")
    page.field("selectbox", f"{scan}-kind").select("other")
    page.type("text_input", f"{scan}-date", "2099-01")
    page.press("save-batch")
    assert "“走访记录”的日期 2099-01 晚于今天" in page.text
    assert opened(office).content.evidence == before
    page.type("text_input", f"{scan}-date", "")
    page.press("save-batch")
    new = {number: item for number, item in opened(office).content.evidence.items() if number not in before}
    notice, record = (item for _, item in sorted(new.items(), key=lambda one: one[1].title))
    assert (notice.title, notice.file) == ("关于加强工作的通知", "关于加强工作的通知.docx")
    assert (notice.kind, notice.document_number, str(notice.date)) == ("document", "甲政发〔2026〕77号", "2026-03")
    assert (record.title, record.file) == ("走访记录", "扫描件001.pdf")
    assert all(f"材料 {number}" in page.text for number in new)
    assert "还没有登记的" not in page.text
    assert {item.sha256 for item in new.values()} <= opened(office).held_files


def test_what_is_registered_already_is_told_and_may_be_left(office, page):
    standing = next(item.document_number for item in opened(office).content.evidence.values() if item.document_number)
    read(page, ("复件.docx", docx(paragraph(standing))))
    assert "相同。重复的请按“不登记这个文件”" in page.text
    page.press("|leave-file")
    assert "还没有登记的" not in page.text


def test_what_waits_is_one_place_on_the_workbench_and_saved_from_there(office, page):
    read(page, ("关于加强工作的通知.docx", NOTICE), ("关于改进工作的通知.docx", docx(paragraph("2026年4月"))))
    page.close()
    bench = Page(office, COORDINATOR, navigation.WORKBENCH)
    assert "<b>1</b> 处填写后没有保存的内容" in bench.html
    bench.press("drafts|save")
    titles = {item.title for item in opened(office).content.evidence.values()}
    assert {"关于加强工作的通知", "关于改进工作的通知"} <= titles
    assert "处填写后没有保存的内容" not in bench.html


def test_too_many_are_not_read(office, page, monkeypatch):
    monkeypatch.setattr(batch, "MOST_AT_ONCE", 1)
    read(page, ("甲.pdf", PDF), ("乙.pdf", PDF))
    assert "一次最多读取1个文件，您选了2个，没有读取" in page.text
    assert "还没有登记的" not in page.text


def test_a_digest_is_written_in_letters_and_back():
    digest = "0123456789abcdef" * 4
    assert digest_of(key_of(digest)) == digest
    assert not any(letter.isdigit() for letter in key_of(digest))
    assert [digest_of(key) for key in ("+", "+1.1.1", "+several", digest)] == [""] * 4
