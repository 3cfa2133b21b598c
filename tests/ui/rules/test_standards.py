"""标准: read like the printed table, every clause a link to its place, two standards side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ui.made import LIBRARY
from ui import navigation
from ui.components import verbatim
from ui.components.rules.standard_table import ALL, ASKS, TEXT, ShownStandard, rows_shown, standard_table
from workflow.people import Role

NATIONAL, YUNNAN = LIBRARY.standards["national-2018"], LIBRARY.standards["yunnan-2018"]
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">'


def table(**reading) -> str:
    read = ShownStandard(**{"standard": NATIONAL, **reading})
    return standard_table(read, rows_shown(read))


def row_of(html: str, row_id: str) -> str:
    return next(part for part in html.split("<tr") if f'{row_id}"' in part.partition(">")[0])


def test_every_role_has_both_pages():
    assert all({navigation.STANDARDS, navigation.POLICIES} <= set(navigation.pages_for(role)) for role in Role)


@pytest.mark.parametrize("standard", [NATIONAL, YUNNAN], ids=lambda standard: standard.id)
def test_every_row_is_there_once_in_printed_order_with_its_words(standard, standards):
    page = standards(standard=standard.id)
    assert page.places() == [f"{standard.id} {row.id}" for row in standard.rows()]
    for row in standard.rows():
        assert verbatim.markup(row.statement) in page.html


def test_methods_stand_in_the_last_column_and_say_when_they_are_taken_over():
    assert "审阅材料、听取汇报" in row_of(table(), "1.1.1")
    inherited = next(row for row in NATIONAL.rows() if row.methods_inherited)
    assert "沿用上格" in row_of(table(), inherited.id)
    assert "沿用上格" not in row_of(table(), "1.1.1")
    assert "<th>责任单位</th>" in table(standard=YUNNAN)


def test_what_a_row_asks_is_told_with_threshold_scope_and_condition():
    row = row_of(table(), "3.3.2")
    for words in ("不少于70%", "医疗救助支付金额", "4项齐备", "人工判断", "本工具按原文拆分"):
        assert words in row
    assert "适用：县级行政区类型为" in row_of(table(), "5.2.1")


def test_ours_shows_only_when_asked_for_and_is_marked():
    label = verbatim.markup(NATIONAL.row("3.3.2").evidence[0].label)
    assert label not in table(detail=ASKS)
    shown = row_of(table(detail=ALL), "3.3.2")
    assert label in shown
    assert re.search(r"建议材料<span[^>]*>建议</span>", shown)
    bare = table(detail=TEXT)
    assert "要求" not in row_of(bare, "1.1.2")
    assert verbatim.markup(NATIONAL.row("1.1.2").statement) in bare


def test_every_founding_clause_leads_to_a_clause_that_is_there(standards):
    addresses = [parse_qs(urlsplit(link).query) for link in standards().links() if link.startswith("/policies?")]
    assert len(addresses) == sum(len(row.policy_basis) for row in NATIONAL.rows())
    for query in addresses:
        policy = LIBRARY.policies[query["doc"][0]]
        assert query["clause"][0] in {clause.id for clause in policy.clauses}


def test_the_address_of_a_row_brings_it_into_view(standards):
    assert standards(standard="yunnan-2018", row="5.2.1").here() == ["yunnan-2018 5.2.1"]
    assert standards(standard="national-2018", row="V2").here() == ["national-2018 V2"]
    assert standards().here() == []


def test_an_unknown_standard_or_row_is_said_and_the_first_is_shown(standards):
    page = standards(standard="<b>x</b>", row="9.9.9")
    assert any("没有标准“<b>x</b>”" in sentence for sentence in page.said)
    assert any("没有编号为“9.9.9”的指标" in sentence for sentence in page.said)
    assert page.places()[0] == "national-2018 1.1.1"
    assert "<b>x</b>" not in page.html


def test_side_by_side_marks_the_words_that_differ(standards):
    page = standards(standard="national-2018", beside="yunnan-2018")
    row = row_of(page.html, "1.1.2")
    assert '党委或政府<mark class="dc-first">主要</mark>领导负责' in row
    assert "原文不同" in row
    assert "两标准相同" in row_of(page.html, "1.1.3")
    assert "审阅材料" in row_of(page.html, "1.1.3")
    assert "<mark" not in row_of(page.html, "1.1.3")


def test_only_what_differs_and_the_row_of_the_address(standards):
    page = standards(standard="national-2018", beside="yunnan-2018", row="1.1.3")
    page.field("toggle", "rules-differ").set_value(True)
    page.run()
    shown = [place.partition(" ")[2] for place in page.places()]
    assert len(shown) == 14
    assert "1.1.3" in shown
    assert "3.1.1" not in shown
    page.field("toggle", "rules-differ").set_value(False)
    page.run()


def test_choosing_another_standard_changes_the_address(standards):
    page = standards(standard="national-2018", row="1.1.1")
    page.field("selectbox", "standard-").set_value("yunnan-2018")
    page.run()
    assert "yunnan-2018" in page.app.query_params["standard"]
    assert "row" not in page.app.query_params
    assert page.places()[0] == "yunnan-2018 1.1.1"


def test_a_row_of_one_standard_only_says_so():
    fewer = replace(YUNNAN, indicators=tuple(row for row in YUNNAN.indicators if row.id != "3.3.2"))
    assert "没有这一项" in row_of(table(beside=fewer), "3.3.2")
    assert "只在全国标准中" in row_of(table(beside=fewer), "3.3.2")
    backwards = table(standard=fewer, beside=NATIONAL)
    assert "没有这一项" in row_of(backwards, "3.3.2")
    assert verbatim.markup(NATIONAL.row("3.3.2").statement) in backwards


def test_a_standard_of_one_row_without_vetoes_shows():
    row = NATIONAL.indicators[0]
    small = replace(
        NATIONAL,
        id="small",
        title=HOSTILE,
        indicators=(row,),
        vetoes=(),
        mended=(),
        notes=(),
        cross_checks=(),
        facts={},
    )
    assert "1.1.1" in table(standard=small)
    assert "一票否决" not in table(standard=small)


def test_hostile_words_in_a_dropped_in_standard_stay_words():
    row = replace(
        NATIONAL.indicators[0], statement=HOSTILE, label=HOSTILE, guidance=HOSTILE, notes=(HOSTILE,),
        responsible_units=(HOSTILE,),
    )  # fmt: skip
    sections = (replace(NATIONAL.sections[0], title=HOSTILE), *NATIONAL.sections[1:])
    spoilt = replace(NATIONAL, sections=sections, indicators=(row, *NATIONAL.indicators[1:]))
    for shown in (table(standard=spoilt, detail=ALL), table(beside=spoilt, detail=ALL)):
        assert verbatim.markup(HOSTILE) in shown
        assert "<script" not in shown
        assert "<img" not in shown


def test_what_stands_behind_the_table(standards):
    page = standards(standard="national-2018")
    for words in (
        "扫描件错字的更正",
        "互核",
        "不能同时属实的",
        "材料互核（只提醒，不影响结论）",
        "县情（每县填一次）",
        "2017-2020",
    ):
        assert words in page.text
    checks = (*NATIONAL.cross_checks, *NATIONAL.never_together, *NATIONAL.distinct_documents)
    assert all(verbatim.markup(check.says) in page.html for check in checks)
    assert "/papers/standards/national-2018.pdf" in page.html


def test_of_the_requirements_only_those_that_differ_are_marked():
    row = row_of(table(beside=YUNNAN), "1.1.1")
    marked = re.findall(r'<li class="dc-differs">([^<]*)', row)
    assert "建立党委或政府主要领导负责的工作协调机制" in marked
    assert "建立党委或政府领导负责的工作协调机制" in marked
    assert "有关部门和群团组织共同参与" not in marked
    assert "dc-differs" not in row_of(table(beside=YUNNAN), "1.1.3")
    assert "dc-differs" not in table()


def test_words_the_standards_share_may_be_founded_on_different_clauses_and_both_are_told():
    same = next(
        row.id for row in NATIONAL.rows()
        if row.statement == YUNNAN.row(row.id).statement and row.policy_basis != YUNNAN.row(row.id).policy_basis
    )  # fmt: skip
    row = row_of(table(beside=YUNNAN), same).replace("&amp;", "&")
    goes = {parse_qs(urlsplit(address).query)["doc"][0] for address in re.findall(r'href="(/policies[^"]*)"', row)}
    both = (*NATIONAL.row(same).policy_basis, *YUNNAN.row(same).policy_basis)
    assert goes == {basis.clause.partition("/")[0] for basis in both}
    assert "两标准相同" in row
