"""The ``local`` part of the exchange file: read, refused with its place and words, written back without loss."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators import ProblemsError, load_library
from indicators.installation import OWN_RULES
from scoring.entry.local import local_answer_from, typed_local
from scoring.exchange.reading import read_submission
from scoring.exchange.schema import MOST_LISTED
from scoring.exchange.writing import write_submission, write_submission_json
from scoring.local.profile import local_profile
from scoring.submission import Done, Judgement, Local

HEAD = """\
format: 1
round: {id: "2018", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}
division: {code: "990121", name: 甲县}
"""
PANZHIHUA = "local: {answers: {panzhihua-2017: {%s}}}\n"


def read(text: str):
    return read_submission(HEAD + text, "甲县.yaml", load_library())


def refused(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(text)
    return [str(problem).partition(" ")[2] for problem in caught.value.problems]


def test_answers_come_in_the_shape_of_their_kind():
    local = read(
        "local:\n  policies: [panzhihua-2017]\n  answers:\n    panzhihua-2017:\n"
        "      severe_disability_minimum_living: 200\n      classified_protection: {done: true, date: '2018-05'}\n"
        "      coordination: {fulfilled: true, reason: 已发文}\n"
    ).local
    assert local == Local(
        ("panzhihua-2017",),
        {
            "panzhihua-2017": {
                "severe_disability_minimum_living": 200,
                "classified_protection": Done(done=True, date="2018-05"),
                "coordination": Judgement(fulfilled=True, reason="已发文"),
            }
        },
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "local: {}\n",
        "local: {policies: []}\n",
        "local: {policies: [yunnan-plan-2018, panzhihua-2017]}\n",
        PANZHIHUA % "severe_disability_minimum_living: 199.5",
        PANZHIHUA % "classified_protection: {done: false}, coordination: {reason: 在研究}",
    ],
)
def test_nothing_is_lost_on_the_way_there_and_back(text):
    submission, library = read(text), load_library()
    assert read_submission(write_submission(submission), "yaml", library) == submission
    assert read_submission(write_submission_json(submission), "json", library) == submission


def test_no_document_chosen_is_not_the_same_as_none_applies():
    assert read("").local.policies is None
    assert read("local: {policies: []}\n").local.policies == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("local: [panzhihua-2017]\n", "local: 应为“键: 值”的映射，而不是列表；请按格式改写"),
        ("local: {policy: [x]}\n", "local.policy: 不认识的键“policy”；是否应为“policies”"),
        ("local: {policies: panzhihua-2017}\n", "local.policies: 应为列表，而不是文字；请写作 [甲, 乙]"),
        (
            "local: {policies: [panzhihua-2018]}\n",
            "local.policies.1: 不认识的地方文件“panzhihua-2018”；是否应为“panzhihua-2017”",
        ),
        (
            "local: {policies: [panzhihua-2017, panzhihua-2017]}\n",
            "local.policies: “panzhihua-2017”重复列出；请删去其一",
        ),
        (
            "local: {answers: {xuchang: {}}}\n",
            "local.answers.xuchang: 不认识的地方文件“xuchang”；是否应为“xuchang-2017-38”",
        ),
        (
            PANZHIHUA % "coordinaton: {fulfilled: true}",
            "local.answers.panzhihua-2017.coordinaton: 不认识的承诺“coordinaton”；是否应为“coordination”",
        ),
        (
            PANZHIHUA % "deputy_mayor_convenes: {fulfilled: true}",
            "local.answers.panzhihua-2017.deputy_mayor_convenes: “市级联席会议”由上级承担，不问县里；请删去",
        ),
        (
            PANZHIHUA % "severe_disability_minimum_living: 约200",
            "local.answers.panzhihua-2017.severe_disability_minimum_living: “约200”里有“约”，不是确数，请填查实的数字",
        ),
        (
            PANZHIHUA % "severe_disability_minimum_living: -1",
            "local.answers.panzhihua-2017.severe_disability_minimum_living: 数字不能为负（-1）；请核对",
        ),
        (
            PANZHIHUA % "township_staff: 1.5",
            "local.answers.panzhihua-2017.township_staff: 应为整数，而不是 1.5；请核对",
        ),
        (
            PANZHIHUA % "township_staff: {covered: 3, whole: 4}",
            (
                "local.answers.panzhihua-2017.township_staff: "
                "“负责儿童关爱保护和保障工作的专兼职人员”应写一个数字（数量），如 1；请改写"
            ),
        ),
        (
            PANZHIHUA % "coordination: true",
            (
                "local.answers.panzhihua-2017.coordination: "
                "“县（区）政府”由人判断，应写作 {fulfilled: true, reason: 理由}；请改写"
            ),
        ),
        (
            PANZHIHUA % "classified_protection: true",
            (
                "local.answers.panzhihua-2017.classified_protection: "
                '“困境儿童分类保障及农村留守儿童关爱保护制度”应写作 {done: true, date: "2018-05"}；请改写'
            ),
        ),
        (
            PANZHIHUA % 'classified_protection: {done: true, date: "2018-13"}',
            (
                "local.answers.panzhihua-2017.classified_protection.date: "
                '日期“2018-13”无效；请写作 "2018-05-31"、"2018-05" 或 "2018"'
            ),
        ),
        (
            "local: {answers: {yunnan-plan-2018: {childrens_places_goal: 50}}}\n",
            (
                "local.answers.yunnan-plan-2018.childrens_places_goal: "
                "这一项沿用 childrens_places_stage_2 所填的，只填一处；请移到那一项"
            ),
        ),
    ],
)
def test_what_is_refused_says_where_and_what_to_write(text, words):
    assert refused(text) == [words]


def test_all_faults_come_at_once():
    assert len(refused(PANZHIHUA % "township_staff: x, boarder_primary: y, nonsense: 1")) == 3


DROPPED = """\
id: linshi-2019
title: 演示市困境儿童保障办法
number: null
issuer: 演示市人民政府
date: "2018-01"
divisions: ["9903"]
clauses:
  - id: 一
    heading: 标准
    text: >-
      每人每月补助300元，由分管领导负责，每村配1名主任。
      生活费不低于孤儿标准。明年年底前建成中心。每个乡镇不少于1名专干。
    responsible_units: []
    shortfalls:
      - {indicator: "1.1.1", local: 分管领导, standard: 主要领导, note: 只写分管领导}
    commitments:
      - {id: allowance, object: 补助, kind: amount, value: 300, unit: 元/人·月, quote: 每人每月补助300元}
      - id: director
        object: 主任
        kind: count
        value: 1
        unit: 名
        per: 村
        reads: 5.3.2/villages_with_director
        quote: 每村配1名主任
"""


MORE_PROMISES = """\
      - {id: care, object: 生活费, kind: amount, unit: 元/人·月, than: 孤儿标准, quote: 生活费不低于孤儿标准}
      - {id: centre, object: 中心, kind: deadline, due: {years: 1}, quote: 明年年底前建成中心}
      - {id: staff, object: 专干, kind: count, value: 1, unit: 名, per: 乡镇, quote: 每个乡镇不少于1名专干}
"""


def test_promises_beside_an_amount_from_the_year_of_issue_and_of_each_township_are_answered(tmp_path: Path):
    rules = Path(shutil.copytree(OWN_RULES, tmp_path / "rules", ignore=shutil.ignore_patterns("*.py")))
    (rules / "policies" / "linshi-2019.yaml").write_text(DROPPED + MORE_PROMISES, encoding="utf-8")
    library = load_library(rules)
    given = """local: {answers: {linshi-2019: {
      care: {own: 1150, other: 1200}, centre: {done: false}, staff: {each: {甲乡: 1名, 乙镇: 0}}}}}
"""
    submission = read_submission(HEAD.replace("990121", "990321") + given, "己县.yaml", library)
    assert read_submission(write_submission(submission), "己县.yaml", library) == submission
    profile = local_profile(submission, library.policies, [library.standards["national-2018"]])
    by_id = {one.id: one for one in profile.documents[0].checks}
    assert {i: by_id[i].state for i in ("care", "centre", "staff")} == {
        "care": "short", "centre": "not_due", "staff": "short",
    }  # fmt: skip
    assert "2019年底" in by_id["centre"].text
    commitments = {one.id: one for _, one in library.policies["linshi-2019"].commitments()}
    for commitment_id, answer in submission.local.answers["linshi-2019"].items():
        commitment = commitments[commitment_id]
        assert local_answer_from(commitment, typed_local(answer)) == answer


def test_a_document_dropped_in_as_a_file_gives_its_counties_their_checks(tmp_path: Path):
    """“Any other division gets one by dropping a file in”: no code changes."""
    rules = Path(shutil.copytree(OWN_RULES, tmp_path / "rules", ignore=shutil.ignore_patterns("*.py")))
    (rules / "policies" / "linshi-2019.yaml").write_text(DROPPED, encoding="utf-8")
    library = load_library(rules)
    facts = "facts: {villages: 10, communities: 0}\nanswers: {'5.3.2': {measures: {villages_with_director: 10}}}\n"
    given = HEAD.replace("990121", "990321") + facts + "local: {answers: {linshi-2019: {allowance: 250}}}\n"
    submission = read_submission(given, "己县.yaml", library)
    profile = local_profile(submission, library.policies, [library.standards["national-2018"]])
    assert [document.policy.id for document in profile.documents] == ["linshi-2019"]
    assert {one.id: one.state for one in profile.documents[0].checks} == {"allowance": "short", "director": "kept"}
    assert [warning.shortfall.indicator for warning in profile.shortfalls] == ["1.1.1"]


def test_of_very_many_faults_the_first_are_listed_and_the_others_counted():
    text = "local:\n  answers:\n    panzhihua-2017:\n" + "".join(f"      k{i}: 1\n" for i in range(3000))
    lines = refused(text)
    assert len(lines) == MOST_LISTED + 1
    assert "是否应为" in lines[0] or "可用的有" in lines[0]
    assert f"另有 {3000 - MOST_LISTED} 处没有列出" in lines[-1]
