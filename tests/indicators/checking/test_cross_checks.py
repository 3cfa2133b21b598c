"""Figures that must agree, as data of a standard: inherited, taken away, added; in fingerprint, list and comparison."""

from __future__ import annotations

import json

import pytest

from indicators import load_library
from indicators.building.pinned import kept_text, standard_from
from indicators.cli import main
from indicators.model import CrossCheck, DistinctDocuments, EvidenceRef, FigureRef
from tests.indicators.rules_folder import RulesFolder

NOTES = "notes: [本标准为虚构]"
CHECKS = """
cross_checks:
  - {id: fewer, left: [{fact: townships}], is: at_most, right: [{fact: subdistricts}, {measure: "1.1.1/staffed"}], says: 说明甲}
  - {id: people, left: [{measure: "1.1.2/care_rate", part: numerator}], is: at_most, right: [{fact: townships, times: 100}], says: 说明乙, applies_when: {fact: has_school, is: true}}
"""  # noqa: E501 - a check stands on one line of YAML
OVERLAY = """
cross_checks_remove: [fewer]
cross_checks:
  - {id: guarded, left: [{measure: "V1/unguarded"}], is: at_most, right: [{fact: population}], says: 说明丙}
"""

DOCUMENTS = """
  - {id: one_event_once, documents: ["1.1.1/minutes", "1.2.1/approval"], is: distinct, says: 说明丁}
"""


@pytest.fixture
def checked(rules: RulesFolder) -> RulesFolder:
    rules.replace("base-2020/standard.yaml", NOTES, NOTES + CHECKS)
    return rules


def ids(rules: RulesFolder) -> dict[str, list[str]]:
    return {name: [one.id for one in standard.cross_checks] for name, standard in rules.load().standards.items()}


def test_a_cross_check_is_read_as_it_is_written(checked: RulesFolder) -> None:
    fewer, people = checked.load().standards["base-2020"].cross_checks
    assert fewer == CrossCheck(
        "fewer",
        (FigureRef(fact="townships"),),
        "at_most",
        (FigureRef(fact="subdistricts"), FigureRef(row="1.1.1", measure="staffed")),
        "说明甲",
    )
    assert people.left == (FigureRef(row="1.1.2", measure="care_rate", part="numerator"),)
    assert people.right == (FigureRef(fact="townships", times=100),)
    assert people.applies_when is not None


def test_an_overlay_inherits_takes_away_and_adds(checked: RulesFolder) -> None:
    assert ids(checked) == {"base-2020": ["fewer", "people"], "local-2020": ["fewer", "people"]}
    checked.replace("local-2020/standard.yaml", "extends: base-2020", f"extends: base-2020{OVERLAY}")
    assert ids(checked) == {"base-2020": ["fewer", "people"], "local-2020": ["people", "guarded"]}


def test_a_cross_check_is_written_anew_by_taking_it_away_first(checked: RulesFolder) -> None:
    anew = OVERLAY.replace("id: guarded", "id: fewer")
    checked.replace("local-2020/standard.yaml", "extends: base-2020", f"extends: base-2020{anew}")
    local = checked.load().standards["local-2020"]
    assert {one.id: one.says for one in local.cross_checks} == {"people": "说明乙", "fewer": "说明丙"}


def test_it_counts_in_the_fingerprint_and_its_absence_does_not(rules: RulesFolder) -> None:
    def prints() -> dict[str, str]:
        return {name: standard.fingerprint for name, standard in rules.load().standards.items()}

    before = prints()
    rules.replace("base-2020/standard.yaml", NOTES, f"{NOTES}\ncross_checks: []")
    assert prints() == before
    rules.replace("base-2020/standard.yaml", "cross_checks: []", CHECKS)
    seen = [before, prints()]
    for old, new in (("is: at_most, right: [{fact: sub", "is: equal, right: [{fact: sub"), ("times: 100", "times: 50")):
        rules.replace("base-2020/standard.yaml", old, new)
        seen.append(prints())
    for name in before:
        assert len({one[name] for one in seen}) == len(seen)


def test_a_check_of_documents_is_inherited_taken_away_and_counted_like_one_of_figures(checked: RulesFolder) -> None:
    def documents() -> dict[str, list[str]]:
        standards = checked.load().standards
        return {name: [one.id for one in standard.distinct_documents] for name, standard in standards.items()}

    before = {name: standard.fingerprint for name, standard in checked.load().standards.items()}
    checked.replace("base-2020/standard.yaml", CHECKS, CHECKS.rstrip() + DOCUMENTS)
    standards = checked.load().standards
    places = (EvidenceRef("1.1.1", "minutes"), EvidenceRef("1.2.1", "approval"))
    assert standards["base-2020"].distinct_documents == (DistinctDocuments("one_event_once", places, "说明丁"),)
    assert documents() == {"base-2020": ["one_event_once"], "local-2020": ["one_event_once"]}
    assert ids(checked) == {"base-2020": ["fewer", "people"], "local-2020": ["fewer", "people"]}
    assert all(standards[name].fingerprint != fingerprint for name, fingerprint in before.items())
    taken = "extends: base-2020\ncross_checks_remove: [one_event_once]"
    checked.replace("local-2020/standard.yaml", "extends: base-2020", taken)
    assert documents() == {"base-2020": ["one_event_once"], "local-2020": []}
    assert checked.load().standards["local-2020"].fingerprint == before["local-2020"]


def test_a_round_keeps_a_check_of_documents_with_its_standard(checked: RulesFolder) -> None:
    checked.replace("base-2020/standard.yaml", CHECKS, CHECKS.rstrip() + DOCUMENTS)
    standard = checked.load().standards["base-2020"]
    assert standard_from(kept_text(standard), standard.fingerprint) == standard


def test_a_check_of_documents_is_listed_and_compared(checked: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    checked.replace("base-2020/standard.yaml", CHECKS, CHECKS.rstrip() + DOCUMENTS)
    rules = ["--rules", str(checked.root)]
    line = "1.1.1“会议纪要”、1.2.1“批文” 不宜引用同一份材料（说明丁）"
    assert main(["list", "base-2020", *rules]) == 0
    assert f"one_event_once {line}" in capsys.readouterr().out
    assert main(["list", "base-2020", *rules, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["cross_checks"][-1] == {
        "id": "one_event_once",
        "documents": ["1.1.1/minutes", "1.2.1/approval"],
        "is": "distinct",
        "says": "说明丁",
        "applies_when": None,
    }
    assert "distinct_documents" not in shown
    taken = "extends: base-2020\ncross_checks_remove: [one_event_once]"
    checked.replace("local-2020/standard.yaml", "extends: base-2020", taken)
    assert main(["diff", "base-2020", "local-2020", *rules]) == 0
    assert f"互核　甲有乙无：{line}" in capsys.readouterr().out


def test_the_list_shows_them_to_people_and_to_programs(
    checked: RulesFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", "base-2020", "--rules", str(checked.root)]) == 0
    shown = capsys.readouterr().out
    assert "fewer 县情“乡镇数” 不多于 县情“街道数”＋1.1.1“配备专干的乡镇数”（说明甲）" in shown
    assert "people 1.1.2“已照料” 不多于 县情“乡镇数”×100（说明乙）；适用：有学校：是" in shown
    assert main(["list", "base-2020", "--rules", str(checked.root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cross_checks"] == [
        {
            "id": "fewer",
            "left": [{"fact": "townships"}],
            "is": "at_most",
            "right": [{"fact": "subdistricts"}, {"measure": "1.1.1/staffed"}],
            "says": "说明甲",
            "effect": "warn",
            "applies_when": None,
        },
        {
            "id": "people",
            "left": [{"measure": "1.1.2/care_rate", "part": "numerator"}],
            "is": "at_most",
            "right": [{"fact": "townships", "times": 100}],
            "says": "说明乙",
            "effect": "warn",
            "applies_when": {"fact": "has_school", "is": True},
        },
    ]


def test_the_comparison_of_two_standards_shows_which_differ(
    checked: RulesFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    checked.replace("local-2020/standard.yaml", "extends: base-2020", f"extends: base-2020{OVERLAY}")
    assert main(["diff", "base-2020", "local-2020", "--rules", str(checked.root)]) == 0
    shown = capsys.readouterr().out
    assert "互核　甲有乙无：县情“乡镇数” 不多于" in shown
    assert "互核　乙有甲无：V1“没有落实监护的儿童数” 不多于 县情“人口”（说明丙）" in shown
    assert "说明乙" not in shown


def test_both_standards_have_cross_checks_of_their_own_and_yunnan_inherits_what_still_fits() -> None:
    standards = load_library().standards
    national, yunnan = ({one.id for one in standards[name].cross_checks} for name in ("national-2018", "yunnan-2018"))
    assert len(national) >= 20
    assert "has_villages" in national & yunnan
    assert "villages_by_size" in national - yunnan
    assert "city_villages_within_places" in national - yunnan
    assert "large_within_demonstration" in yunnan - national
