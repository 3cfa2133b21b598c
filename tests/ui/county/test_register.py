"""材料登记 as people use it: looked through, registered, mended, taken out."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scoring.days import first_day
from scoring.entry.uses import uses
from scoring.submission import EvidenceItem
from storage.clock import now
from tests.ui.county.pages import COORDINATOR, DEPARTMENT, Page, opened
from tests.ui.seeded import person, submission
from ui import navigation
from workflow.drafting.drafts import scopes_of

pytestmark = pytest.mark.day

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


def line_of(page: Page, item_id: str) -> str:
    """The document's line of the register."""
    return page.html.split(f"<tr><td>{item_id}</td>")[1].split("</tr>")[0]


def choose(page: Page, item_id: str) -> None:
    """Open the form of a document that is registered."""
    (chosen,) = (box for box in page.app.selectbox if re.fullmatch("document-[0-9]+", box.key))
    chosen.select(item_id)
    page.run()


def listed(page: Page) -> list[str]:
    """The documents in the table, as they stand there."""
    return re.findall(r"<tr><td>(E[0-9]+)</td>", page.html)


class TestRegister:
    @pytest.fixture
    def page(self, office) -> Page:
        return Page(office, COORDINATOR, navigation.REGISTER)

    def test_a_new_document_gets_the_next_number_and_the_form_is_empty_again(self, office, page):
        count = len(opened(office).content.evidence)
        page.type("text_input", "evidence-+-title", "会议纪要")
        page.field("selectbox", "evidence-+-kind").select("minutes")
        page.type("text_input", "evidence-+-date", "2026年6月1日")
        page.press("save-document")
        made = opened(office).content.evidence[f"E{count + 1:02d}"]
        assert made == EvidenceItem(title="会议纪要", kind="minutes", date=date(2026, 6, 1))
        assert f"已保存：材料 E{count + 1:02d}（未附文件）" in page.text
        assert page.field("text_input", "evidence-+-title").value == ""
        assert page.field("selectbox", "evidence-+-kind").value == ""

    def test_a_reason_about_a_papers_date_leads_to_its_form_in_sight(self, office, page):
        choose(page, "E07")
        page.type("text_input", "evidence-E07-date", "2019-01")
        page.press("save-document")
        title = opened(office).content.evidence["E07"].title
        row = Page(office, COORDINATOR, navigation.ASSESS, row="2.1.1")
        (address,) = set(re.findall(rf'href="([^"]+)" target="_blank">“{title}”</a>日期为', row.html))
        assert address.endswith("document=E07")
        there = Page(office, COORDINATOR, navigation.REGISTER, document="E07")
        assert 'data-place="document E07"' in there.html
        assert "E07" in [box.value for box in there.app.selectbox]

    def test_the_kind_its_title_names_is_said_below_the_list_which_stays_as_it_was(self, page):
        listed = page.field("selectbox", "evidence-+-kind").options
        page.type("text_input", "evidence-+-title", "留守儿童人数统计表")
        page.type("text_input", "evidence-+-date", "2026-05")
        assert page.field("selectbox", "evidence-+-kind").options == listed
        assert "不选的，照题名（统计表）" in page.text
        assert "当月有一天在应有的日期以内即可" in page.text
        assert "不在所列之中" not in page.text

    def test_a_file_is_kept_by_content_and_linked_through_the_route(self, office, page):
        choose(page, "E01")
        page.app.get("file_uploader")[0].upload("文件.pdf", PDF, "application/pdf")
        page.run()
        page.press("save-document")
        assert "已保存：材料 E01（" in page.text
        assert "未附文件" not in page.text
        item = opened(office).content.evidence["E01"]
        assert item.file == "文件.pdf"
        with office.store.files.open(item.sha256) as stream:
            assert stream.read() == PDF
        assert f"/files/{opened(office).record.id}/{item.sha256}?entry=E01" in page.html

    def test_a_document_that_was_saved_is_not_called_unsaved(self, office, page):
        choose(page, "E01")
        page.fill("text_input", "evidence-E01-pages", "12")
        page.press("save-document")
        page.run()
        assert opened(office).content.evidence["E01"].pages == 12
        assert scopes_of(office, person(office, COORDINATOR)) == ()

    def test_the_same_bytes_are_fetched_under_each_entry_s_own_name(self, page):
        for number in ("E01", "E02"):
            choose(page, number)
            page.app.get("file_uploader")[0].upload(f"{number}.pdf", PDF, "application/pdf")
            page.run()
            page.press("save-document")
        assert re.findall(r"entry=(E\d+)", line_of(page, "E01") + line_of(page, "E02")) == ["E01", "E02"]

    def test_an_entry_whose_file_was_never_uploaded_says_so_and_has_no_link(self, office):
        with office.store.write("scene", now()) as tx:
            number = submission(office, "甲县").id
            entry = tx.entries.get(number, "evidence", "E01")
            body = dict(entry.body) | {"file": "旧文件.pdf", "sha256": "0" * 64}
            tx.entries.put(number, "evidence", "E01", body, entry.version)
        page = Page(office, COORDINATOR, navigation.REGISTER)
        choose(page, "E01")
        assert "文件未上传：旧文件.pdf" in page.text
        assert line_of(page, "E01").endswith("<td></td><td>文件未上传</td>")
        assert "0" * 64 not in page.html

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [("程序.pdf", b"MZ\x90\x00" * 9, "不予接受"), ("空.pdf", b"", "0字节"), ("../../x.pdf", b"PK", "不予接受")],
    )
    def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_written(self, office, page, name, data, said):
        before = opened(office).content.evidence
        page.type("text_input", "evidence-+-title", "会议纪要")
        page.field("selectbox", "evidence-+-kind").select("minutes")
        page.app.get("file_uploader")[0].upload(name, data, "application/pdf")
        page.run()
        page.press("save-document")
        assert said in page.text
        assert opened(office).content.evidence == before
        assert page.field("text_input", "evidence-+-title").value == "会议纪要"

    def test_a_document_in_use_cannot_be_taken_out(self, office, page):
        choose(page, "E01")
        page.press("remove-document")
        assert "E01" in opened(office).content.evidence
        assert "没有保存" in page.text
        assert "1.1.1" in page.html

    def test_what_is_registered_and_taken_out_is_told_each_time(self, office, page):
        page.type("text_input", "evidence-+-title", "会议纪要")
        page.field("selectbox", "evidence-+-kind").select("minutes")
        page.press("save-document")
        number = next(key for key, item in opened(office).content.evidence.items() if item.title == "会议纪要")
        assert f"已保存：材料 {number}" in page.text
        choose(page, number)
        page.press("remove-document")
        assert number not in opened(office).content.evidence
        assert f"已保存：删除材料 {number}" in page.text

    def test_a_department_may_add_but_not_change_others(self, office):
        page = Page(office, DEPARTMENT, navigation.REGISTER)
        assert page.has("button", "save-document")
        choose(page, "E01")
        assert not page.has("button", "save-document")

    def test_the_table_says_what_each_is_used_for_and_is_searched_filtered_and_sorted(self, office, page):
        content = opened(office).content
        assert listed(page) == list(content.evidence)
        assert re.search("指标 1[.]1[.]1（[^）]+）", line_of(page, "E01"))
        page.type("text_input", "register-search", "1.1.1")
        assert 0 < len(listed(page)) < len(content.evidence)
        page.type("text_input", "register-search", "没有这样的")
        assert "没有符合条件的材料" in page.text
        page.type("text_input", "register-search", "")
        page.field("selectbox", "register-order").select("日期（新的在前）")
        page.run()
        days = [first_day(content.evidence[number].date) for number in listed(page)]
        assert days == sorted(days, reverse=True)
        page.field("selectbox", "register-filter").select("没有用于任何指标的")
        page.run()
        assert set(listed(page)) == content.evidence.keys() - uses(content, opened(office).standards).keys()
