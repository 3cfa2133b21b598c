"""The exchange file as it is read: what is refused, with which words and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import ProblemsError, load_library
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.submission import (
    Answer,
    Part,
)
from tests.scoring.exchange.county_file import HEAD, read


def refused(text):
    with pytest.raises(ProblemsError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def test_format_round_and_division_are_enough():
    submission = read(HEAD)
    assert submission.division.code == "990121"
    assert submission.round.period.last == date(2018, 6, 30)
    assert submission.answers == {}


def test_null_means_absent_everywhere():
    text = HEAD + "facts: {population: null}\nanswers: {'3.3.2': {claim: null, note: null, measures: null}}\nform:\n"
    submission = read(text)
    assert submission.facts == {}
    assert submission.answers == {"3.3.2": Answer()}


def test_figures_are_read_from_their_text_and_never_as_floats():
    text = HEAD + "answers: {'3.3.2': {measures: {out_of_pocket_reimbursement: {numerator: 0.1, denominator: 0.30}}}}\n"
    figure = read(text).answers["3.3.2"].measures["out_of_pocket_reimbursement"]
    assert figure == Part(Decimal("0.1"), Decimal("0.30"))


def test_items_that_only_one_of_several_standards_lists_may_be_ticked_together():
    library = load_library()
    yunnan = library.standards["yunnan-2018"]
    row = yunnan.row("2.1.1")
    uses = replace(row.measure("funded_uses"), items={"assessment": "监护评估", "transport": "交通"})
    changed = replace(yunnan, indicators=tuple(
        replace(row, measures=tuple(uses if m.id == uses.id else m for m in row.measures)) if one is row else one
        for one in yunnan.indicators
    ))  # fmt: skip
    library = replace(library, standards={**library.standards, "yunnan-2018": changed})
    text = HEAD + "answers: {'2.1.1': {measures: {funded_uses: [visits, transport]}}}\n"
    submission = read_submission(text, "甲县.yaml", library)
    assert submission.answers["2.1.1"].measures == {"funded_uses": ("visits", "transport")}
    with pytest.raises(ProblemsError, match="不认识的选项“bus”"):
        read_submission(text.replace("transport", "bus"), "甲县.yaml", library)


# Each: what is added to the head, then the place and the words of the refusal.
REFUSALS = {
    "unknown key at the top": ("anwsers: {}\n", "4:1 anwsers: 不认识的键“anwsers”；是否应为“answers”"),
    "unknown key in an answer": ("answers:\n  '3.3.2': {clam: met}\n", "5:13 answers.3.3.2.clam: 不认识的键“clam”"),
    "unknown key in a rate": (
        "answers: {'3.3.2': {measures: {out_of_pocket_reimbursement: {num: 1}}}}\n",
        "不认识的键“num”",
    ),
    "unknown fact": ("facts: {poulation: 3}\n", "4:9 facts.poulation: 不认识的县情“poulation”；是否应为“population”"),
    "unknown indicator": ("answers: {'9.9.9': {claim: met}}\n", "不认识的指标“9.9.9”"),
    "unknown veto": ("vetoes: {V9: {claim: clear}}\n", "不认识的一票否决“V9”"),
    "veto among the answers": ("answers: {V1: {claim: clear}}\n", "“V1”应写在 vetoes 之下"),
    "indicator among the vetoes": (
        "vetoes: {'1.1.1': {claim: met}}\n",
        "4:10 vetoes.1.1.1: “1.1.1”应写在 answers 之下",
    ),
    "fault inside a veto": ("vetoes: {V1: {claim: met}}\n", "vetoes.V1.claim: “met”不在可选范围内"),
    "document of no pages": ("evidence: {E1: {pages: 0}}\n", "4:24 evidence.E1.pages: 页数不能为 0"),
    "document cited twice": (
        "evidence: {E1: {}}\nanswers: {'1.1.1': {evidence: {other: [E1, E1]}}}\n",
        "answers.1.1.1.evidence.other: “E1”重复列出",
    ),
    "unknown measure": ("answers: {'3.3.2': {measures: {aid: true}}}\n", "不认识的测量项“aid”"),
    "judgement among the measures": (
        "answers: {'3.3.2': {measures: {ceiling_raised: true}}}\n",
        "“适当提高封顶线”由人判断；请移到 judgements 之下",
    ),
    "unknown judgement": ("answers: {'3.3.2': {judgements: {raised: {}}}}\n", "不认识的键“raised”"),
    "unknown item": (
        "answers: {'3.3.2': {measures: {aided_groups: [registered_poor, rich]}}}\n",
        "不认识的选项“rich”",
    ),
    "item twice": (
        "answers: {'3.3.2': {measures: {aided_groups: [disabled_poor, disabled_poor]}}}\n",
        "“disabled_poor”重复列出",
    ),
    "unknown requirement": ("evidence: {E1: {}}\nanswers: {'3.3.2': {evidence: {papers: [E1]}}}\n", "“papers”"),
    "evidence not registered in an answer": (
        "answers: {'3.3.2': {evidence: {aid_rules: [E7]}}}\n",
        "材料“E7”没有登记",
    ),
    "evidence not registered in a nil return": ("answers: {'4.5.1': {nil_return: E7}}\n", "材料“E7”没有登记"),
    "evidence not registered in a finding": (
        "findings: {province: {V1: {finding: clear, evidence: {other: [E7]}}}}\n",
        "材料“E7”没有登记",
    ),
    "claim outside the vocabulary": (
        "answers:\n  '1.1.1': {claim: perhaps}\n",
        "5:20 answers.1.1.1.claim: “perhaps”不在可选范围内；可选：met（达标）",
    ),
    "claim of a veto outside its vocabulary": ("vetoes: {V1: {claim: met}}\n", "“met”不在可选范围内；可选：clear"),
    "claims of no installed standard": ("answers: {'1.1.1': {claims: {beijing: met}}}\n", "不认识的标准“beijing”"),
    "finding at the county": ("findings: {county: {}}\n", "不认识的键“county”"),
    "finding outside the vocabulary": ("findings: {province: {'1.1.1': {finding: clear}}}\n", "“clear”不在可选范围内"),
    "finding without a finding": ("findings: {province: {'1.1.1': {reason: 无}}}\n", "缺少认定“finding”"),
    "method outside the vocabulary": (
        "findings: {province: {'1.1.1': {finding: met, methods: [phone]}}}\n",
        "“phone”不在可选范围内",
    ),
    "visit without a level": ("site_visits: [{notes: 现场}]\n", "缺少“level”"),
    "visit to a row that is none": ("site_visits: [{level: province, rows: {'9.9.9': 看过}}]\n", "不认识的指标“9.9.9”"),
    "photo without its bytes": ("site_visits: [{level: province, photos: [{file: a.jpg}]}]\n", "缺少“sha256”"),
    "photo with other bytes": (
        "site_visits: [{level: province, photos: [{file: a.jpg, sha256: XX}]}]\n",
        "应为 64 位小写十六进制数",
    ),
    "opinion of nobody": ("opinions: {ministry: {text: 同意}}\n", "不认识的键“ministry”"),
    "kind of county outside the vocabulary": ("facts: {county_kind: village}\n", "“village”不在可选范围内"),
    "a number in words": (
        "answers: {'3.3.2': {measures: {out_of_pocket_reimbursement: {denominator: 十万}}}}\n",
        "“十万”不是数字，请填阿拉伯数字",
    ),
    "a total beside its years": (
        "answers: {'1.1.3': {measures: {county_meetings: {total: 3, '2017': 2}}}}\n",
        "各年度的数和合计只填一样",
    ),
    "a number with another unit": ("facts: {population: 43万户}\n", "写的是“户”，这里按“人”填"),
    "number where a text is wanted": ("form: {leader_phone: 5521016}\n", "应为文字，而不是数字；请加引号写成文字"),
    "bool where a number is wanted": ("facts: {townships: true}\n", "应为数字，而不是是否值（true/false）"),
    "number where a bool is wanted": (
        "answers: {'3.3.2': {measures: {aid_scheme: 1}}}\n",
        "应为 true 或 false，而不是数字",
    ),
    "list where a mapping is wanted": ("answers: []\n", "应为“键: 值”的映射，而不是列表"),
    "mapping where a list is wanted": ("site_visits: {level: province}\n", "应为列表，而不是映射"),
    "negative count": ("facts: {townships: -1}\n", "数字不能为负（-1）"),
    "negative figure by year": (
        "answers: {'1.1.3': {measures: {county_meetings: {'2017': -2}}}}\n",
        "数字不能为负（-2）",
    ),
    "half a meeting": ("answers: {'1.1.3': {measures: {county_meetings: {'2017': 1.5}}}}\n", "应为整数，而不是 1.5"),
    "a plain number for a rate": (
        "answers: {'3.3.2': {measures: {out_of_pocket_reimbursement: 70}}}\n",
        "是比例，应写作 {numerator: 分子, denominator: 分母}",
    ),
    "a plain number by year": (
        "answers: {'1.1.3': {measures: {county_meetings: 2}}}\n",
        '按年度填报，应写作 {"2017": 2, "2018": 1}',
    ),
    "a plain number for a coverage with its own whole": (
        "answers: {'4.5.1': {measures: {guardians_admonished: 2}}}\n",
        "应写作 {covered: 已做到的数, whole: 总数}",
    ),
    "a whole for a coverage of facts": (
        "answers: {'5.3.1': {measures: {townships_with_supervisor: {covered: 2, whole: 2}}}}\n",
        "应写已做到的数，总数取自县情",
    ),
    "a year that is none": ("answers: {'1.1.3': {measures: {county_meetings: {去年: 2}}}}\n", "“去年”不是年度"),
    "ticks that are not a list": (
        "answers: {'3.3.2': {measures: {aided_groups: true}}}\n",
        "“救助对象”应列出已有的各项",
    ),
    "a judged fact without its form": (
        "facts: {many_disabled_children: true}\n",
        "须由人判断，应写作 {value: true, reason: 理由}",
    ),
    "a date that does not exist": ('evidence: {E1: {date: "2018-02-30"}}\n', "日期“2018-02-30”无效"),
    "a date of another age": ('evidence: {E1: {date: "0001-06-20"}}\n', "日期“0001-06-20”早于1900年；请核对年份"),
    "a month of another age": ('evidence: {E1: {date: "1899-12"}}\n', "日期“1899-12”早于1900年；请核对年份"),
    "a finding of another age": (
        "findings: {prefecture: {'1.1.1': {finding: met, date: '0001-01-01'}}}\n",
        "日期“0001-01-01”早于1900年",
    ),
    "a date written loosely": ('evidence: {E1: {date: "2018-6-3"}}\n', "日期“2018-6-3”无效"),
    "a date without quotes": ("evidence: {E1: {date: 2018-06-03}}\n", '日期须加引号；请写作 "2018-06-03"'),
    "a digest of the wrong shape": ('evidence: {E1: {sha256: "abc"}}\n', "应为 64 位小写十六进制数"),
    "an evidence id with blanks": ("evidence: {'E 1': {}}\n", "材料编号须为"),
    "a duplicate key": ("facts: {}\nfacts: {}\n", "键“facts”重复"),
    "a text beyond all measure": (f"shows: {'长' * 200_001}\n", "文字过长（200001字，最多200000字）"),
    "an alias": ("shows: *a\n", "不支持引用"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refused(name):
    added, words = REFUSALS[name]
    problems = refused(HEAD + added)
    assert any(words in problem for problem in problems), problems
    assert all(problem.startswith("甲县.yaml:") for problem in problems)


HEADS = {
    "no format": ("round: {}\ndivision: {}\n", "缺少“format”；请补上 format: 1"),
    "another format": (HEAD.replace("format: 1", "format: 2"), "不支持的格式版本"),
    "format true": (HEAD.replace("format: 1", "format: true"), "不支持的格式版本"),
    "no round": ("format: 1\ndivision: {code: '990121', name: 甲县}\n", "缺少“round”"),
    "no division": (HEAD.split("division", maxsplit=1)[0], "缺少“division”"),
    "a standard not installed": (HEAD.replace("national-2018", "national-2099"), "不认识的标准“national-2099”"),
    "no standard at all": (HEAD.replace("[national-2018]", "[]"), "至少要有一个标准"),
    "a standard twice": (HEAD.replace("[national-2018]", "[national-2018, national-2018]"), "重复列出"),
    "a cut-off before the period begins": (
        HEAD.replace('"2018-06-30"}', '"2018-06-30"}, apply_by: "2016-12-31"'),
        "round.apply_by: 截止日 2016-12-31 早于申报期起始 2017-01-01",
    ),
    "a period of another age": (HEAD.replace('"2017-01-01"', '"0001-01-01"'), "日期“0001-01-01”早于1900年"),
    "a period backwards": (HEAD.replace('"2017-01-01"', '"2019-01-01"'), "早于起始 2019-01-01"),
    "a period half": (HEAD.replace('from: "2017-01-01", ', ""), "缺少“from”"),
    "a code of five digits": (HEAD.replace("990121", "99012"), "请写六位行政区划代码"),
    "a code without quotes": (HEAD.replace('"990121"', "990121"), "应为文字，而不是数字"),
    "a name of blanks": (HEAD.replace("甲县", '" "'), "名称不能为空"),
    "a list": ("- 1\n", "应为“键: 值”的映射"),
    "nothing": ("", "文件是空的"),
}


@pytest.mark.parametrize("name", HEADS)
def test_refused_head(name):
    text, words = HEADS[name]
    problems = refused(text)
    assert any(words in problem for problem in problems), problems


def test_figures_stand_in_a_file_as_people_write_them():
    written = "facts: {population: 43.02万, orphans: '1,200 人', province_dropout_rate: 0.62%, villages: 96}\n"
    facts = read(HEAD + written).facts
    assert {name: str(value) for name, value in facts.items()} == {
        "population": "430200", "orphans": "1200", "province_dropout_rate": "0.62", "villages": "96",
    }  # fmt: skip


def test_all_problems_come_at_once_in_order_of_place():
    problems = refused(
        HEAD
        + "facts: {townships: -1, villages: many}\n"
        + "answers:\n  '1.1.1': {claim: perhaps}\n  '3.3.2': {evidence: {aid_rules: [E1]}}\nopinions: {x: {}}\n"
    )
    assert [problem.split(":")[1] for problem in problems] == ["4", "4", "6", "7", "8"]


def test_a_fault_of_the_text_hides_none_of_the_content():
    text = (HEAD + "answers:\n  3.3.2: {claim: perhaps}\nfacts: {townships: -1, has_prefecture: yes}\n").replace(
        "format: 1", "format: 2"
    )
    problems = refused(text)
    assert [problem.split(":")[1] for problem in problems] == ["1", "5", "5", "6", "6"], problems
    for words in ("请写 format: 1", "编号须加引号", "“perhaps”不在可选范围内", "不能为负", "“yes”含义不明"):
        assert sum(words in problem for problem in problems) == 1, problems
    assert not any("应为 true 或 false" in problem for problem in problems), "an echo of the word without quotes"


@pytest.mark.parametrize("unread", ["shows: *a\n", "shows: [1\n", "? [a]\n: 1\n"])
def test_nothing_is_said_of_a_content_that_could_not_be_read(unread):
    problems = refused("format: 2\n" + unread)
    assert not any("format" in problem for problem in problems), problems


def test_json_is_read_with_places_too():
    problems = refused('{\n "format": 1,\n "round": 3\n}')
    assert any(problem.startswith("甲县.yaml:3:11 round: ") for problem in problems), problems


def test_a_file_that_is_not_there_is_a_problem_like_any_other(tmp_path):
    with pytest.raises(ProblemsError):
        read_submission_file(tmp_path / "nowhere.yaml", load_library())
