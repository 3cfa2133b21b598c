"""A standard that extends another holds only what it changes; what others see is the merged whole."""

from __future__ import annotations

from indicators.model import Bound, Source
from tests.indicators.rules_folder import RulesFolder

NEW_ROW = """
  - id: "1.1.3"
    label: "③"
    statement: 建立档案。
    policy_basis: []
    measures:
      - {id: files, kind: yes_no, label: 建立档案, quotes: [建立档案]}
    evidence: []
"""


def test_a_header_value_replaces_the_base_topics_for_all_its_rows(rules: RulesFolder) -> None:
    local = rules.load().standards["local-2020"]
    for row_id in ("1.1.1", "1.1.2"):
        row = local.row(row_id)
        assert row is not None
        assert (row.methods, row.responsible_units) == ((), ("民政部门",))
    untouched = local.row("1.2.1")
    assert untouched is not None
    assert untouched.methods == ("document_review", "site_visit")
    assert untouched.methods_inherited


def test_entries_are_added_and_removed_one_by_one(rules: RulesFolder) -> None:
    library = rules.load()
    base, local = library.standards["base-2020"].row("1.1.1"), library.standards["local-2020"].row("1.1.1")
    assert base is not None
    assert local is not None
    assert [one.id for one in base.evidence] == ["minutes", "roster"]
    assert [one.id for one in local.evidence] == ["minutes", "photos"]
    assert [one.clause for one in local.policy_basis] == ["act-2020/二（一）"]
    assert local.measures == base.measures
    assert local.statement == base.statement


def test_a_given_key_replaces_the_bases_whole(rules: RulesFolder) -> None:
    row = rules.load().standards["local-2020"].row("1.1.2")
    assert row is not None
    (measure,) = row.measures
    assert measure.require is not None
    assert measure.require.at_least == Bound(60)
    assert measure.require.at_most is None


def test_every_row_has_its_source_in_its_own_standards_document(rules: RulesFolder) -> None:
    library = rules.load()
    for standard_id, root in (("base-2020", "D1"), ("local-2020", "D2")):
        assert {row.source.document for row in library.standards[standard_id].rows()} == {root}
    school = library.standards["local-2020"].row("1.2.1")
    veto = library.standards["base-2020"].row("V1")
    assert school is not None
    assert veto is not None
    assert school.source == Source("D2", "附件/保障/教育/①")
    assert veto.source == Source("D1", "附件1/一票否决/①")


def test_facts_are_inherited_and_added_to(rules: RulesFolder) -> None:
    added = "facts: [{id: poor, label: 贫困县, kind: yes_no}]"
    rules.replace("local-2020/standard.yaml", "extends: base-2020", f"extends: base-2020\n{added}")
    library = rules.load()
    assert list(library.standards["local-2020"].facts) == [*library.standards["base-2020"].facts, "poor"]


def test_a_removed_row_is_gone_from_the_order_too(rules: RulesFolder) -> None:
    rules.replace("local-2020/standard.yaml", "extends: base-2020", 'extends: base-2020\nremove: ["1.2.1", V1]')
    local = rules.load().standards["local-2020"]
    assert [row.id for row in local.rows()] == ["1.1.1", "1.1.2"]
    assert [topic.id for section in local.sections for topic in section.topics] == ["1.1"]


def test_a_new_row_needs_a_place_in_the_order(rules: RulesFolder) -> None:
    path = "local-2020/1.1-care.yaml"
    rules.write(path, (rules.root / path).read_text(encoding="utf-8") + NEW_ROW.lstrip("\n"))
    (line,) = rules.lines()
    assert "“1.1.3”没有列入 standard.yaml 的 sections" in line
    sections = (
        'sections: [{id: "1", title: 保障, topics: [{id: "1.1", title: 照料, indicators: ["1.1.1", "1.1.3", "1.1.2"]}, '
        '{id: "1.2", title: 教育, indicators: ["1.2.1"]}]}]'
    )
    rules.replace("local-2020/standard.yaml", "extends: base-2020", f"extends: base-2020\n{sections}")
    local = rules.load().standards["local-2020"]
    assert [row.id for row in local.indicators] == ["1.1.1", "1.1.3", "1.1.2", "1.2.1"]
    added = local.row("1.1.3")
    assert added is not None
    assert added.responsible_units == ("民政部门",)


def test_an_overlay_may_lie_over_an_overlay(rules: RulesFolder) -> None:
    rules.write(
        "town-2020/standard.yaml",
        'id: town-2020\nextends: local-2020\ntitle: 演示州标准\nissuer: 演示州\ndate: "2020"\n'
        "source: {document: D3, locator: 附件}\ndocuments: {D3: 演示州方案}\n",
    )
    town = rules.load().standards["town-2020"]
    row = town.row("1.1.2")
    assert row is not None
    assert row.statement == "照料比例不低于60%。"
    assert row.source.document == "D3"


def test_faults_of_an_inherited_row_are_named_once_at_the_base(rules: RulesFolder) -> None:
    rules.replace("base-2020/1.2-school.yaml", "quotes: [建有学校]", "quotes: [建了学校]")
    (line,) = rules.lines()
    assert line.startswith("base-2020/1.2-school.yaml:")


def test_an_overlay_that_drops_a_measure_is_told_what_still_leans_on_it(rules: RulesFolder) -> None:
    rules.replace(
        "local-2020/1.1-care.yaml",
        "    evidence_remove: [roster]\n",
        "    measures:\n      - {id: meetings, kind: count, label: 会议, unit: 次, per: year, require: {at_least: 2}, "
        "quotes: [每年至少召开两次会议]}\n    not_figures: {90%以上的乡镇配备1名专干: 测试, 0—6岁: 测试}\n",
    )
    lines = rules.lines()
    assert [line.split(" ", 1)[0] for line in lines] == ["local-2020/1.1-care.yaml:6:5"] * 2
    assert any("佐证材料“roster”所证的测量项“staffed”不在本条" in line for line in lines)
    assert any("原文“议，第一时间通”里的数 1 没有写进" in line for line in lines)
