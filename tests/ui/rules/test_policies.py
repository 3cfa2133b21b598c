"""政策文件: every document whole, each clause at its address, with what it promises and which rows it supports."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from indicators.model import Clause, Policy
from tests.ui.made import LIBRARY
from ui.components import verbatim
from ui.components.rules.document_text import ALL, TEXT, amount, document_text, until

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">'


def commitment(document: str, commitment_id: str):
    return LIBRARY.policies[document].commitment(commitment_id)


@pytest.mark.parametrize("policy", LIBRARY.policies.values(), ids=lambda policy: policy.id)
def test_a_document_is_there_whole_and_verbatim(policy, policies):
    page = policies(doc=policy.id)
    clauses = [f"{policy.id} {clause.id}" for clause in policy.clauses]
    headings = [f"{policy.id} {section}" for section in policy.sections]
    assert [place for place in page.places() if place in clauses] == clauses
    assert set(page.places()) == {*clauses, *headings}
    for clause in policy.clauses:
        for paragraph in clause.text.split("\n"):
            assert verbatim.markup(paragraph) in page.html
    for words in (policy.title, policy.issuer, policy.number or "文号不详", *policy.sections.values()):
        assert verbatim.markup(words) in page.html


def test_the_address_of_a_clause_brings_it_into_view(policies):
    assert policies(doc="xuchang-2017-38", clause="六（一）").here() == ["xuchang-2017-38 六（一）"]
    assert policies(doc="panzhihua-2017", clause="二（二）1").here() == ["panzhihua-2017 二（二）1"]


def test_the_address_of_a_heading_opens_there_too(policies):
    page = policies(doc="panzhihua-2017", clause="二（二）")
    assert page.here() == ["panzhihua-2017 二（二）"]
    assert not any("没有编号为" in sentence for sentence in page.said)


def test_an_unknown_document_or_clause_is_said(policies):
    page = policies(doc="<b>nothing</b>")
    assert any("没有政策文件“<b>nothing</b>”" in sentence for sentence in page.said)
    assert page.places()
    page = policies(doc="xuchang-2017-38", clause="九十")
    assert any("没有编号为“九十”的条款" in sentence for sentence in page.said)
    assert page.here() == []


def test_every_document_is_listed_with_number_issuer_and_date(policies):
    page = policies()
    for policy in LIBRARY.policies.values():
        for words in (policy.title, policy.number or "不详", policy.issuer, policy.date or "不详"):
            assert verbatim.markup(words) in page.html


def test_a_clause_names_the_rows_it_supports_and_leads_to_them(policies):
    page = policies(doc="xuchang-2017-38", clause="六（一）")
    clause = page.html.split('data-place="xuchang-2017-38 六（一）"')[1].split("</section>")[0]
    goes = [
        parse_qs(urlsplit(link).query) for link in re.findall(r'href="(/standards[^"]*)"', clause.replace("&amp;", "&"))
    ]
    named = {
        row.id
        for standard in LIBRARY.standards.values()
        for row in standard.rows()
        if any(basis.clause == "xuchang-2017-38/六（一）" for basis in row.policy_basis)
    }
    assert {query["row"][0] for query in goes} == named
    assert all(LIBRARY.standards[query["standard"][0]].row(query["row"][0]) for query in goes)
    assert "部分依据" in clause
    assert "地方落实" in clause


def test_commitments_are_told_in_figures_and_in_the_documents_words(policies):
    assert amount(commitment("xuchang-2017-38", "senior_grant")) == "2000元/人·年"
    assert amount(commitment("yunnan-plan-2018", "centre_office_staff")) == "1—2名（每指导中心）"
    again = replace(commitment("yunnan-plan-2018", "centre_office_staff"), every="quarter")
    assert amount(again) == "每季度1—2名（每指导中心）"
    assert amount(replace(again, value=None, every=None, than="孤儿标准")) == "与孤儿标准相比"
    assert until(commitment("yunnan-plan-2018", "remaining_childrens_places")) == "自2019年起，至2020年底"
    assert until(commitment("yunnan-plan-2018", "application_due")) == "至2018年6月底"
    dated = replace(commitment("yunnan-plan-2018", "application_due"), since="2018-05-04", deadline="2018-06-15")
    assert until(dated) == "自2018年5月4日起，至2018年6月15日"
    page = policies(doc="xuchang-2017-38")
    assert "2000元/人·年" in page.html
    assert "3—6岁" in page.html
    assert "按照年生均2000元的标准发放国家助学金" in page.html


def test_dates_that_contradict_each_other_are_shown_as_printed_and_marked(policies):
    page = policies(doc="yunnan-plan-2018", clause="二（二）")
    rows = [row for row in page.html.split("<tr") if row.startswith(" class=dc-conflict")]
    commitments = LIBRARY.policies["yunnan-plan-2018"].commitments()
    assert len(rows) == sum(bool(commitment.conflicts_with) for _, commitment in commitments)
    assert any("至2018年4月底" in row and "所印不一致，均照原文" in row for row in rows)
    assert any("至2018年底" in row and "所印不一致，均照原文" in row for row in rows)


def test_our_reading_is_marked_as_ours(policies):
    for policy in LIBRARY.policies.values():
        page = policies(doc=policy.id)
        above = sum(commitment.held_by == "above" for _, commitment in policy.commitments())
        assert page.html.count("本工具读法：不由县级承担，不向县里询问") == above
        for clause in policy.clauses:
            assert all(verbatim.markup(shortfall.standard) in page.html for shortfall in clause.shortfalls)
        assert ("低于指导标准之处" in page.html) == any(clause.shortfalls for clause in policy.clauses)


def test_the_text_alone_carries_nothing_of_ours():
    policy = LIBRARY.policies["xuchang-2017-38"]
    assert "本工具归纳" in document_text(policy, ALL, "")
    assert "本工具归纳" not in document_text(replace(policy, divisions=()), TEXT, "")


def test_mended_scan_faults_are_told(policies):
    page = policies(doc="ministry-2018-4")
    assert "的權利" in page.html
    assert "扫描件作" in page.html


def test_a_document_of_one_clause_with_hostile_words_shows_as_words():
    policy = Policy("p", HOSTILE, None, HOSTILE, None, (Clause("一", HOSTILE, HOSTILE, (HOSTILE,)),))
    for detail in (TEXT, ALL):
        shown = document_text(policy, detail, "一")
        assert verbatim.markup(HOSTILE) in shown
        assert "<script" not in shown
        assert "<img" not in shown


def test_a_shortfall_leads_to_the_standard_whose_words_it_falls_short_of(policies):
    html = policies(doc="yunnan-plan-2018", clause="二（二）").html.split("低于指导标准之处")[1].split("</ul>")[0]
    for address in re.findall(r'href="(/standards[^"]*)"', html.replace("&amp;", "&")):
        query = parse_qs(urlsplit(address).query)
        row = LIBRARY.standards[query["standard"][0]].row(query["row"][0])
        assert "90%以上的城乡社区设有儿童之家" in row.statement
