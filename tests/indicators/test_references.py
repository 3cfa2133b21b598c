"""To and fro between rules and documents: what a clause supports, what a row cites, under which heading a clause is."""

from __future__ import annotations

import pytest

from indicators import load_library
from indicators.model import Clause, Policy
from indicators.references import (
    by_rank,
    cited,
    clause_title,
    clauses_under_headings,
    heading_alone,
    short_title,
    supported_rows,
)

LIBRARY = load_library()


def policy(sections: dict[str, str], *clauses: str) -> Policy:
    return Policy(
        "p",
        "某文件",
        None,
        "某机关",
        None,
        tuple(Clause(number, number, "文。") for number in clauses),
        sections=sections,
    )


def headed(policy: Policy) -> list[str]:
    return [
        word
        for headings, clause in clauses_under_headings(policy)
        for word in (*(f"#{heading.id}" for heading in headings), clause.id)
    ]


def test_documents_are_listed_from_those_that_bind_everyone_down_to_a_county_s_own():
    assert [policy.id for policy in by_rank(LIBRARY.policies.values())] == [
        "state-council-2016-36",  # 日期不详，文号是2016年的
        "ministry-2018-4",
        "yunnan-plan-2018",
        "xuchang-2017-38",
        "panzhihua-2017",
        "youyang-2017-24",
    ]


def test_a_heading_stands_once_before_its_first_clause():
    made = policy({"二": "甲", "二（二）": "乙"}, "一", "二（一）", "二（二）1", "二（二）2", "三")
    assert headed(made) == ["一", "#二", "二（一）", "#二（二）", "二（二）1", "二（二）2", "三"]


def test_ten_and_eleven_are_told_apart():
    assert headed(policy({"十": "甲", "十一": "乙"}, "十（一）", "十一（一）")) == [
        "#十",
        "十（一）",
        "#十一",
        "十一（一）",
    ]


def test_a_part_with_words_of_its_own_is_its_own_heading():
    assert headed(policy({"六": "工作体系"}, "六", "六（一）")) == ["六", "六（一）"]


@pytest.mark.parametrize("document", LIBRARY.policies)
def test_every_clause_and_every_heading_of_the_documents_is_there(document):
    found = LIBRARY.policies[document]
    listed = headed(found)
    assert [line for line in listed if not line.startswith("#")] == [clause.id for clause in found.clauses]
    own = {clause.id for clause in found.clauses}
    assert {line[1:] for line in listed if line.startswith("#")} == set(found.sections) - own


def test_a_clause_knows_every_row_that_names_it_and_how():
    named = {
        (basis.clause, row.id, basis.relation, standard.id)
        for standard in LIBRARY.standards.values()
        for row in standard.rows()
        for basis in row.policy_basis
    }
    told = {
        (clause, supported.row, supported.relation, standard)
        for clause, rows in supported_rows(LIBRARY).items()
        for supported in rows
        for standard in supported.standards
    }
    assert told == named


def test_a_row_cites_each_document_once_per_relation_and_loses_no_clause():
    for standard in LIBRARY.standards.values():
        for row in standard.rows():
            groups = cited(row, LIBRARY.policies)
            assert len({(group.relation, group.document) for group in groups}) == len(groups)
            whole = {(group.relation, f"{group.document}/{clause}") for group in groups for clause in group.clauses}
            assert whole == {(basis.relation, basis.clause) for basis in row.policy_basis}


def test_a_document_is_told_by_its_number_or_else_by_a_short_title():
    assert short_title(LIBRARY.policies["state-council-2016-36"]) == "国发〔2016〕36号"
    assert short_title(LIBRARY.policies["panzhihua-2017"]) == "《攀枝花市人民政府关于加强困境儿童……》"


@pytest.mark.parametrize(
    ("number", "heading", "title", "alone"),
    [
        ("五（三）", "强化教育保障", "五（三）　强化教育保障", "强化教育保障"),
        ("引言", "引言（文件未编号）", "引言（文件未编号）", "（文件未编号）"),
        ("三", "三、工作任务", "三、工作任务", "工作任务"),
        ("三", "三级网络建设", "三　三级网络建设", "三级网络建设"),
    ],
)
def test_a_heading_tells_its_number_only_where_it_is_the_number(number, heading, title, alone):
    clause = Clause(number, heading, "条文。")
    assert (clause_title(clause), heading_alone(clause)) == (title, alone)
