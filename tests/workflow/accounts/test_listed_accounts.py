"""Accounts from a list: every line answered, nothing half made, passwords nowhere but on their slips."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from scoring.spreadsheets.tables import Table, table_xlsx
from tests.workflow.office_room import ADMINISTRATOR, COORDINATOR, NOW, PREFECTURE, PROVINCE, head
from workflow.accounts.accounts import accounts
from workflow.accounts.listed_accounts import make_listed, preview_list
from workflow.accounts.passwords import matches
from workflow.accounts.sign_in import sign_in
from workflow.accounts.slips import printed_slips
from workflow.errors import Refused
from workflow.people import Role

HEADINGS = ("账号", "姓名", "角色", "行政区划", "部门")
GOOD_LINES = (
    ("jia_mz", "甲县民政局", "县级民政部门（牵头填报）", "990121", ""),
    ("yi_mz", "乙县民政局", "县民政局", "演示州乙县", ""),
    ("jia_zf", "甲县人民政府", "县级人民政府", "甲县", ""),
)


def listed(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    return "\r\n".join(",".join(line) for line in (headings, *lines)).encode()


@pytest.mark.parametrize(
    "content",
    [
        listed(*GOOD_LINES),
        listed(*GOOD_LINES).decode().encode("gb18030"),
        b"\xef\xbb\xbf" + listed(*GOOD_LINES),
        listed(*GOOD_LINES).replace(b",", b"\t"),
        listed(("某省账号名单",), headings=()) + b"\r\n\r\n" + listed(*GOOD_LINES),
        table_xlsx(Table("名单", HEADINGS, GOOD_LINES)),
        listed(*((*line, "备注") for line in GOOD_LINES), headings=(*HEADINGS, "说明")),
    ],
    ids=["utf-8", "gbk", "byte order mark", "tabs", "title above", "xlsx", "another column"],
)
def test_a_good_list_is_read_however_it_was_saved(office, content: bytes) -> None:
    before = head(office)
    preview = preview_list(office, PREFECTURE, content)
    assert not preview.faults
    assert [new.division_code for new in preview.new] == ["990121", "990122", "990121"]
    assert [new.role for new in preview.new][1] is Role.COUNTY_COORDINATOR
    assert head(office) == before


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        (("", "名", "县政府", "甲县", ""), ("missing", "账号"), "没有填写"),
        (("ab", "", "县政府", "甲县", ""), ("missing", "姓名"), "没有填写"),
        (("ab", "名", "局长", "甲县", ""), ("unknown_role", "角色"), "请填写：县级民政部门"),
        (("ab", "名", "县政府", "", ""), ("missing", "行政区划名称"), "代码或名称"),
        (("ab", "名", "县政府", "99999", ""), ("unknown_division", "行政区划"), "没有代码为“99999”"),
        (("ab", "名", "县政府", "己县", ""), ("unknown_division", "行政区划"), "辖区内没有叫“己县”"),
        (("ab", "名", "县政府", "990221", ""), ("bad_field", "行政区划"), "不在您的辖区内"),
        (("ab", "名", "县级部门", "甲县", "县公安局"), ("bad_field", "角色"), "不能管理“县级部门"),
        (("1b", "名", "县政府", "甲县", ""), ("bad_field", "账号"), "须以字母开头"),
        (("ab", "11010519491231002X", "县政府", "甲县", ""), ("bad_field", "姓名"), "公民身份号码"),
        (("ab", "=1+1", "县政府", "甲县", ""), ("formula", "姓名"), "像是公式"),
        (("JIA_MZ", "名", "县政府", "甲县", ""), ("twice", "账号"), "与第 2 行的账号相同"),
        (("ab", "甲县民政局", "县民政局", "甲县", ""), ("twice", "姓名"), "与第 2 行是同一人"),
        (("zhang", "名", "县政府", "甲县", ""), ("exists", "账号"), "已有账号“zhang”（张三"),
        (("ab", "张三", "县民政局", "甲县", ""), ("exists", "姓名"), "已有同样的账号“zhang”"),
    ],
)
def test_a_faulty_line_says_where_and_what_to_do(office, zhang, line, place: tuple[str, str], words: str) -> None:
    preview = preview_list(office, PREFECTURE, listed(*GOOD_LINES, line))
    assert [(fault.code, fault.line, fault.column) for fault in preview.faults] == [(place[0], 5, place[1])]
    assert words in str(preview.faults[0])
    assert len(preview.new) == len(GOOD_LINES)


def test_a_name_that_several_counties_bear_wants_a_code(office) -> None:
    preview = preview_list(office, None, listed(("ab", "名", "县政府", "鼓楼区", "")))
    assert preview.faults[0].code == "ambiguous_division"
    assert "（320106）" in preview.faults[0].sentence


def test_code_and_name_that_disagree_are_told(office) -> None:
    headings = ("账号", "姓名", "角色", "行政区划代码", "行政区划名称")
    content = listed(
        ("ab", "名", "县政府", "990121", "乙县"), ("cd", "别名", "县政府", "990121", "甲县"), headings=headings
    )
    assert [fault.line for fault in preview_list(office, PREFECTURE, content).faults] == [2]


def _zip(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 字节"),
        (b"x" * 50_000_000, "超过"),
        (_zip("word/document.xml", b"<w/>"), "不是 xlsx"),
        (_zip("xl/vbaProject.bin", b"x"), "宏"),
        (_zip("xl/workbook.xml", b" " * 70_000_000), "压缩炸弹"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "旧版"),
        (b"%PDF-1.4\0", "不是 CSV 或 XLSX"),
        (b"\xff\xfe\xfd\x81", "编码"),
        ("姓名,角色\n甲,乙".encode(), "没有找到表头"),
        ("账号,角色\nab,县政府".encode(), "缺少这几列：姓名、行政区划代码"),
        ("账号,用户名,姓名,角色,区划".encode(), "几列是同一项"),
        (listed(), "只有表头"),
        (listed() + b"\n" * 1200 + listed(*GOOD_LINES), "空行"),
        (listed(*(GOOD_LINES * 700)), "超过 2000 行"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_list_is_refused_in_words(office, content: bytes, words: str) -> None:
    before = head(office)
    with pytest.raises(Refused, match=words) as caught:
        preview_list(office, ADMINISTRATOR, content)
    assert caught.value.code == "bad_list"
    assert head(office) == before


def test_all_are_made_at_once_and_each_first_password_stands_on_its_slip_alone(office) -> None:
    preview = preview_list(office, PREFECTURE, listed(*GOOD_LINES))
    told: list[int] = []
    made = make_listed(office, PREFECTURE, preview.new, NOW, told=told.append)
    assert told == [1, 2, 3]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed_slips(PREFECTURE, made).pdf)).pages]
    for one, page in zip(made, pages, strict=True):
        assert one.account.username in page
        assert one.password in page
        assert one.password not in repr(made)
        assert matches(one.password, one.account.password_hash)
        assert sign_in(office, one.account.username, one.password, "10.0.0.9", NOW).must_change_password
    with office.store.read() as tx:
        links = [entry for entry in tx.audit.entries() if entry.action == "account.add"]
        assert {entry.actor for entry in links} == {PREFECTURE.username}
        assert not any(one.password in str(entry.detail) for one in made for entry in links)
    again = preview_list(office, PREFECTURE, listed(*GOOD_LINES))
    assert {fault.code for fault in again.faults} == {"exists"}
    assert not again.new


def test_where_one_name_was_taken_meanwhile_none_is_made(office) -> None:
    preview = preview_list(office, PREFECTURE, listed(*GOOD_LINES))
    make_listed(office, PREFECTURE, preview.new[:1], NOW)
    before = head(office)
    with pytest.raises(Refused, match="jia_mz"):
        make_listed(office, PREFECTURE, preview.new, NOW)
    assert head(office) == before


def test_nobody_makes_from_a_preview_what_is_not_theirs_to_make(office) -> None:
    several = preview_list(office, PROVINCE, listed(*GOOD_LINES)).new
    for by in (COORDINATOR, replace(PREFECTURE, division_code="990200")):
        before = head(office)
        with pytest.raises(Refused, match="不能管理"):
            make_listed(office, by, several, NOW)
        assert head(office) == before
    assert not {"jia_mz", "yi_mz"} & {account.username for account in accounts(office, ADMINISTRATOR)}
