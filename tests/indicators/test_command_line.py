"""``python -m indicators``: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from indicators.cli import main
from tests.indicators.rules_folder import RulesFolder
from tests.instant import python_at

ROOT = Path(__file__).parents[2]
ROW_KEYS = {
    "id", "section", "section_id", "topic", "topic_id", "label", "statement", "source", "consequence", "methods",
    "methods_inherited", "responsible_units", "policy_basis", "applies_when", "measures", "evidence", "guidance",
    "notes", "not_figures",
}  # fmt: skip
MEASURE_KEYS = {
    "id", "kind", "label", "quotes", "require", "per", "unit", "of", "whole", "each", "numerator", "denominator",
    "items", "scope", "applies_when", "settled_by_nil_return",
    "same_figures_as", "note", "replaces", "noted", "whole_above_zero", "in_table",
}  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_check_says_that_good_rules_are_good(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", "--rules", str(rules.root))
    assert (status, err) == (0, "")
    assert "规则无误" in out
    assert "3条指标、1条一票否决，叠加于 base-2020" in out


def test_check_prints_one_line_per_fault_and_exits_1(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    rules.replace("base-2020/1.1-care.yaml", "at_least: 70,", "at_least: 75,")
    status, out, err = run(capsys, "check", "--rules", str(rules.root))
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert all(line.startswith(f"{rules.root}/base-2020/1.1-care.yaml:") for line in err.splitlines())


@pytest.mark.parametrize("command", [["list"], ["list", "base-2020", "--json"], ["diff", "base-2020", "local-2020"]])
def test_the_others_exit_2_on_broken_rules(
    command: list[str], rules: RulesFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    rules.replace("base-2020/1.1-care.yaml", "kind: count", "kind: counter")
    status, out, err = run(capsys, *command, "--rules", str(rules.root))
    assert (status, out) == (2, "")
    assert "“counter”不在规定的取值内" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "--rules", "/no/such/folder"], "规则文件夹不存在"),
        (["list", "--rules", "/no/such/folder"], "规则文件夹不存在"),
        (["list", "no-such-standard"], "没有标准“no-such-standard”；现有：national-2018、yunnan-2018"),
        (["diff", "national-2018", "nowhere"], "没有标准“nowhere”"),
        (["diff", "national-2018"], "命令行有误"),
        (["frobnicate"], "命令行有误"),
        ([], "命令行有误"),
    ],
)
def test_bad_input_exits_2_with_a_chinese_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_list_names_the_standards(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["national-2018", "yunnan-2018"]
    status, out, _ = run(capsys, "list", "--json")
    assert [one["id"] for one in json.loads(out)["standards"]] == ["national-2018", "yunnan-2018"]


@pytest.mark.parametrize("standard_id", ["national-2018", "yunnan-2018"])
def test_a_standard_as_json_is_whole(standard_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "list", standard_id, "--json")
    whole = json.loads(out)
    assert "vocabulary" not in whole
    assert status == 0
    assert {"id", "title", "fingerprint", "facts", "sections", "indicators"} <= whole.keys()
    rows = whole["indicators"]
    assert len(rows) == 48
    assert [row["id"] for row in rows if row["consequence"] == "veto"] == ["V1", "V2", "V3"]
    for row in rows:
        assert row.keys() == ROW_KEYS
        for measure in row["measures"]:
            assert measure.keys() == MEASURE_KEYS


def test_json_speaks_in_the_words_of_the_rules_files(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", "base-2020", "--json", "--rules", str(rules.root))
    rows = {row["id"]: row for row in json.loads(out)["indicators"]}
    meetings, staffed, ways, _ = rows["1.1.1"]["measures"]
    assert (rows["1.1.1"]["section"], rows["1.1.1"]["topic"], rows["1.1.1"]["topic_id"]) == ("保障", "照料", "1.1")
    assert rows["V1"]["section"] == rows["V1"]["topic"] == "一票否决"
    assert meetings["require"] == {"at_least": 2, "unit": "次"}
    assert (staffed["of"], staffed["each"]) == ({"fact": "townships"}, {"at_least": 1, "per": None})
    assert (ways["items"], ways["scope"]) == ({"visits": "家访", "hotline": "热线"}, {"age_from": 0, "age_to": 6})
    assert rows["1.1.2"]["measures"][0]["require"] == {
        "at_least": 70, "at_most": {"fact": "average_rate"}, "unit": "percent"
    }  # fmt: skip
    assert rows["1.2.1"]["applies_when"] == {"fact": "has_school", "is": True}
    assert rows["1.2.1"]["measures"][0]["applies_when"] == {
        "all": [
            {"fact": "county_kind", "in": ["county"]},
            {"fact": "population", "at_least": 500000},
            {"fact": "many_children", "is": True},
        ]
    }


def test_a_standard_for_people_shows_every_row(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", "base-2020", "--rules", str(rules.root))
    assert "  1.1.2 ② 照料比例不低于70%，不得高于平均比例。" in out
    assert "比例 · 照料比例＝已照料÷应照料，要求不少于70%，不多于“平均比例”" in out
    assert "适用：（类型为县 且 人口不少于500000 且 儿童较多：是）" in out
    assert "V1 ① 存在没有落实监护责任的。" in out


def test_diff_gives_both_wordings_clause_by_clause(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "diff", "base-2020", "local-2020", "--rules", str(rules.root))
    assert status == 0
    assert "  原文　甲：照料比例不低于70%，不得高于平均比例。\n  原文　乙：照料比例不低于60%。" in out
    assert "  责任单位　甲：（无）\n  责任单位　乙：民政部门" in out
    assert "  佐证材料　甲有乙无：名册" in out
    assert "  佐证材料　乙有甲无：照片" in out
    assert "1.2.1" not in out


def test_check_and_diff_speak_json(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "diff", "base-2020", "local-2020", "--json", "--rules", str(rules.root))
    difference = json.loads(out)
    assert (difference["a"], difference["b"]) == ("base-2020", "local-2020")
    assert {"row": "1.1.2 ②", "what": "责任单位", "a": "（无）", "b": "民政部门"} in difference["differences"]
    status, out, err = run(capsys, "check", "--json", "--rules", str(rules.root))
    assert (status, err, json.loads(out)["problems"]) == (0, "", [])
    rules.replace("base-2020/1.1-care.yaml", "at_least: 70,", "at_least: 75,")
    status, out, err = run(capsys, "check", "--json", "--rules", str(rules.root))
    problems = json.loads(out)["problems"]
    assert (status, err, len(problems)) == (1, "", 2)
    assert problems[0]["file"] == f"{rules.root}/base-2020/1.1-care.yaml"
    assert problems[0]["line"] > 1
    assert problems[0]["message"]


def test_diff_of_a_standard_with_itself_is_empty(rules: RulesFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "diff", "base-2020", "base-2020", "--rules", str(rules.root))
    assert out.splitlines()[2:] == ["两个标准的内容相同。"]


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        python_at("indicators", "list", "national-2018", "--json"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=300) == 0


def test_help_and_output_survive_an_ascii_terminal() -> None:
    done = subprocess.run(
        python_at("indicators", "list"),
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "指导标准" in done.stdout.decode("utf-8")
