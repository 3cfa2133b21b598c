"""A standard of one's own is dropped in as YAML: loaded, listed, compared, and nothing else changes by it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from indicators import load_library
from indicators.checking.kinds import KINDS
from indicators.checking.shared_answers import incompatible_standards
from indicators.cli import main
from indicators.model import Bound, Measure, Require
from tests.township.rules import SCHEME, STANDARD


def test_it_stands_beside_the_product_s_own_and_changes_none_of_them(library):
    own = load_library()
    assert set(library.standards) == {*own.standards, STANDARD}
    for standard_id, standard in own.standards.items():
        assert library.standards[standard_id].fingerprint == standard.fingerprint
    assert SCHEME in library.schemes


def test_it_uses_every_kind_of_measure_and_asks_for_no_fact_of_the_national_standard(library):
    township = library.standards[STANDARD]
    assert {measure.kind for row in township.rows() for measure in row.measures} == set(KINDS)
    assert not set(township.facts) & set(library.standards["national-2018"].facts)
    assert (len(township.indicators), len(township.vetoes)) == (7, 1)


def test_check_and_list_name_it(rules, capsys):
    assert main(["check", "--rules", str(rules)]) == 0
    assert f"{STANDARD}  乡镇示范标准（演示）（7条指标、1条一票否决）" in capsys.readouterr().out
    assert main(["list", STANDARD, "--rules", str(rules)]) == 0
    listed = capsys.readouterr().out
    assert "6.1.2 ② 80%以上的村民小组至少确定1名联络员。" in listed
    assert "适用：乡镇类型为民族乡" in listed


def test_its_json_has_the_shape_other_programs_read(rules, capsys):
    assert main(["list", STANDARD, "--json", "--rules", str(rules)]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in whole["indicators"]] == [
        "6.1.1", "6.1.2", "6.1.3", "6.2.1", "6.2.2", "7.1.1", "7.1.2", "V4",
    ]  # fmt: skip
    assert whole["indicators"][-1]["consequence"] == "veto"


def test_it_is_compared_with_a_standard_it_shares_no_row_with(rules, capsys):
    assert main(["diff", "national-2018", STANDARD, "--rules", str(rules)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  指标　乙有甲无：每年至少开展4次入户走访，走访扎实。" in lines
    assert sum(line.startswith("  指标　甲有乙无：") for line in lines) == 48


def test_a_deployment_names_its_rules_folder_once_for_every_command(rules, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("RULES_DIR", str(rules))
    assert main(["list"]) == 0
    assert STANDARD in capsys.readouterr().out
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "nowhere"))
    assert main(["list"]) == 2
    assert "规则文件夹不存在；请检查路径" in capsys.readouterr().err


def test_strangers_with_rows_of_the_same_number_cannot_share_a_round(library):
    national, yunnan, township = (library.standards[s] for s in ("national-2018", "yunnan-2018", STANDARD))
    assert list(incompatible_standards([national, yunnan, township], library.standards)) == []
    other = {**library.standards, "yunnan-2018": yunnan}
    stranger = dataclasses.replace(yunnan, extends=None)
    other["yunnan-2018"] = stranger
    (clash,) = incompatible_standards([national, stranger, township], other)
    assert "national-2018 与 yunnan-2018 互不叠加，却都有编号 1.1.1" in clash


def test_two_overlays_may_not_add_different_rows_of_one_number(library):
    national, yunnan = library.standards["national-2018"], library.standards["yunnan-2018"]
    own = dataclasses.replace(national.indicators[0], id="5.4.9")
    sibling = dataclasses.replace(yunnan, id="sibling", indicators=(*yunnan.indicators, own))
    assert list(incompatible_standards([national, yunnan, sibling], library.standards)) == []
    other = dataclasses.replace(own, statement="另一件事。")
    brother = dataclasses.replace(yunnan, id="brother", indicators=(*yunnan.indicators, other))
    (clash,) = incompatible_standards([national, sibling, brother], library.standards)
    assert "sibling 与 brother 各自增加的内容不同，却都用了编号 5.4.9，" in clash


def _siblings(library, *measures):
    """Two overlays of the same standard, each with a row of its own: number and statement alike, one measure each."""
    yunnan = library.standards["yunnan-2018"]
    plain = dataclasses.replace(library.standards["national-2018"].indicators[0], id="5.4.9", measures=())
    rows = [dataclasses.replace(plain, measures=(measure,)) for measure in measures]
    return [
        dataclasses.replace(yunnan, id=name, indicators=(*yunnan.indicators, row))
        for name, row in zip(("sibling", "brother"), rows, strict=True)
    ]


POINTS = Measure("points", "coverage", "有联络点的村数", ("联络点",), of=("villages",))


def test_two_overlays_that_added_the_same_row_may_share_a_round(library):
    assert list(incompatible_standards(_siblings(library, POINTS, POINTS), library.standards)) == []
    stricter = dataclasses.replace(POINTS, require=Require(Bound(90), unit="percent"))
    assert list(incompatible_standards(_siblings(library, POINTS, stricter), library.standards)) == []
    apart = dataclasses.replace(POINTS, id="contact_points", of=("townships",))
    assert list(incompatible_standards(_siblings(library, POINTS, apart), library.standards)) == []


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(POINTS, of=("townships",)),
        dataclasses.replace(POINTS, label="有联络点的小学数"),
        Measure("points", "yes_no", "有联络点的村数", ("联络点",)),
    ],
    ids=["of another whole", "of another thing", "in another form"],
)
def test_two_overlays_may_not_ask_different_things_by_one_measure_of_the_same_row(library, other):
    (clash,) = incompatible_standards(_siblings(library, POINTS, other), library.standards)
    assert "sibling 与 brother 各自增加的内容不同，却都用了编号 5.4.9/points，" in clash


def test_two_overlays_may_not_add_different_measures_by_one_id_to_what_they_inherit(library):
    def with_measure(name, measure):
        first, *rest = yunnan.indicators
        return dataclasses.replace(
            yunnan, id=name, indicators=(dataclasses.replace(first, measures=(*first.measures, measure)), *rest)
        )

    yunnan = library.standards["yunnan-2018"]
    sibling, brother = with_measure("sibling", POINTS), with_measure("brother", dataclasses.replace(POINTS, of=("a",)))
    (clash,) = incompatible_standards([sibling, brother], library.standards)
    assert f"却都用了编号 {yunnan.indicators[0].id}/points，" in clash
    assert list(incompatible_standards([library.standards["national-2018"], yunnan, sibling], library.standards)) == []
