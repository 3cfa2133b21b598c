"""What a file proposes for the register."""

from __future__ import annotations

import pytest

from workflow.file_text.passages import FileText, Passage
from workflow.file_text.proposing import Proposal, proposal, title_in


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("扫描件001.pdf", ""),
        ("扫描件 2025年3月1日 第2页.pdf", ""),
        ("IMG_20250301_101502.jpg", ""),
        ("微信图片_20250301101502.png", ""),
        ("新建 Microsoft Word 文档.docx", ""),
        ("材料3.pdf", ""),
        ("3.关于建立协调机制的通知.pdf", "关于建立协调机制的通知"),
        ("（2）2025年度工作总结（1）.docx", "2025年度工作总结"),
        ("03-联席会议纪要_扫描件.pdf", "联席会议纪要"),
        ("2025年度困境儿童统计表.xlsx", "2025年度困境儿童统计表"),
    ],
)
def test_a_title_is_taken_from_a_name_that_says_something(name, title):
    assert title_in(name) == title


def page(text: str) -> FileText:
    return FileText((Passage("第1页", text, first=True), Passage("第2页", "乙政发〔2020〕9号\n2020年1月1日")))


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("甲县人民政府文件\n甲政发〔2025〕11号\n关于……的通知\n2025年2月24日", "甲政发〔2025〕11号", "2025-02-24"),
        ("甲 政 办 发 ［2025］ 07 号    签发人：某某", "甲政办发〔2025〕7号", ""),
        ("甲民函(2025)3号\n二〇二五年三月二十一日", "甲民函〔2025〕3号", "2025-03-21"),
        ("根据甲政发〔2024〕3号文件，自2024年5月1日起\n2025年12月", "", "2025-12"),
        ("2025年13月40日", "", ""),
        ("２０２５年２月３日印发", "", "2025-02-03"),
        ("", "", ""),
    ],
)
def test_number_and_date_stand_on_lines_of_their_own_on_the_first_page(text, number, date):
    assert proposal("a.pdf", page(text))[2:] == (number, date)


def test_the_kind_follows_the_title_and_cells_of_a_table_propose_nothing():
    cells = FileText((Passage("工作表“名册”A1", "甲政发〔2025〕1号", first=True, table="名册", row=1, column=1),))
    assert proposal("儿童主任名册.xlsx", cells) == Proposal("儿童主任名册", "register")
    assert proposal("走访慰问.jpg", FileText(())).kind == "photo"
    assert proposal("走访慰问.pdf", FileText(())).kind == ""
