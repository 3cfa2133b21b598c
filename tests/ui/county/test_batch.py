"""Many files at once: read, proposed, looked at, saved together."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
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


def test_what_all_share_is_said_once_and_rows_name_what_was_chosen_for_them(office, page, monkeypatch):
    monkeypatch.setattr(batch, "_SHOWN", 2)
    before = opened(office).content
    page.go(navigation.ASSESS, row="1.1.1")
    page.type("text_area", "answer-1.1.1-note", "还没有保存的说明")
    page.go(navigation.REGISTER)
    files = {"1.pdf": PDF, "2.pdf": PDF + b"2", "3.pdf": PDF + b"3"}
    read(page, *files.items())
    one, two, three = (f"evidence-{key_of(sha256(data).hexdigest())}" for data in files.values())
    page.type("text_input", "several-issuer", "甲县民政局")
    page.type("text_input", f"{one}-title", "机制")
    assert "照“用于”" not in page.html
    page.type("multiselect", f"{one}-uses", ["1.1.1/mechanism_document", "1.1.1/member_duties"])
    assert "<small>文件（照“用于”）</small>" in page.html
    assert not page.has("selectbox", f"{one}-kind"), "one kind only will do: it is not asked"
    page.type("text_input", f"{two}-title", "社会组织名册")
    page.type("multiselect", f"{two}-uses", ["1.1.1/mechanism_document"])
    assert "不选的，照“用于”（文件）" in page.text, "the title says another kind, so a person looks"
    page.type("text_input", f"{two}-issuer", "甲县人民政府")
    page.press("save-batch")
    content = opened(office).content
    new = {item.title: number for number, item in content.evidence.items() if number not in before.evidence}
    assert {(content.evidence[n].kind, content.evidence[n].issuer) for n in new.values()} == {
        ("document", "甲县民政局"),
        ("document", "甲县人民政府"),
    }
    stood = before.answers["1.1.1"].evidence
    assert content.answers["1.1.1"].evidence == {
        **stood,
        "mechanism_document": (*stood["mechanism_document"], new["机制"], new["社会组织名册"]),
        "member_duties": (*stood.get("member_duties", ()), new["机制"]),
    }
    page.type("text_input", f"{three}-title", "比对记录")
    page.press("save-batch")
    last = next(item for item in opened(office).content.evidence.values() if item.title == "比对记录")
    assert last.issuer == "甲县民政局", "handed on to what was listed next"
    page.go(navigation.ASSESS, row="1.1.1")
    assert page.field("text_area", "answer-1.1.1-note").value == "还没有保存的说明"


def test_a_department_chooses_among_its_own_rows(office):
    page = Page(office, DEPARTMENT, navigation.REGISTER)
    read(page, ("1.pdf", PDF))
    assert page.field("text_input", "several-holder").value == "甲县公安局"
    listed = page.field("multiselect", "-uses").options
    assert any(words.startswith("4.2.1 ") for words in listed)
    assert not any(words.startswith("1.1.1 ") for words in listed)
    page.press("|leave-file")
    page.close()
    bench = Page(office, DEPARTMENT, navigation.WORKBENCH)
    assert "处填写后没有保存的内容" not in bench.html, "what was proposed for the batch went with its last file"
