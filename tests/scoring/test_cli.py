"""``python -m scoring``: the stable command line. Exit 0 judged, 2 refused with located lines and nothing on stdout."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.assessment import VERDICTS
from scoring.cli import main
from tests.instant import python_at

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_submissions"
ELIGIBLE = SAMPLES / "01-fully-eligible.yaml"


def run(*arguments, cwd=ROOT):
    """The command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd):
        code = main([*map(str, arguments)], out, err)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def program(*arguments, cwd=ROOT, **keywords):
    """The program itself, as it is started."""
    command = python_at("scoring", *map(str, arguments))
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=cwd, check=False, **keywords)


def refused(done):
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    return done.stderr


def test_json_has_the_contracts_shape():
    done = run(SAMPLES / "10-autonomous-county-without-prefecture.yaml", "--json", "--level", "province")
    assert done.returncode == 0, done.stderr
    judged = json.loads(done.stdout)
    assert judged["submission"]["round"] == "2018"
    assert judged["submission"]["division"] == {"code": "990242", "name": "癸族自治县"}
    assert judged["level"] == "province"
    national = judged["standards"]["national-2018"]
    assert len(national["indicators"]) == 45
    assert [veto["id"] for veto in national["vetoes"]] == ["V1", "V2", "V3"]
    assert set(national["counts"]) == set(VERDICTS)
    assert national["score"] == {"scheme": "equal", "value": 41, "of": 44}
    reasons = national["indicators"]["5.4.2"]["reasons"]
    assert reasons[0]["code"] == "finding_not_met"
    assert {"code", "basis", "text", "effect", "measure", "figure", "threshold", "quote", "clause", "next_step"} == set(
        reasons[0]
    )


def test_people_read_why_and_that_the_progress_is_ours():
    done = run(SAMPLES / "04-figures-against-claim.yaml")
    assert done.returncode == 0
    assert "结论：尚不符合申报条件" in done.stdout
    assert "本工具进度数，非文件规定" in done.stdout
    assert "指标 3.3.2：重大疾病医疗救助自负费用报销比例 69.96%，低于 70%" in done.stdout
    assert "数据与自评不符 12" in done.stdout


def test_standard_input_is_judged_and_refused_like_a_file():
    assert program("-", input=ELIGIBLE.read_text(encoding="utf-8")).stdout == run(ELIGIBLE).stdout
    assert refused(program("-", input="format: 2\n")).startswith("标准输入:1:")


def test_with_standard_error_closed_the_exit_status_says_it_alone():
    command = shlex.join(python_at("scoring", "没有这个文件.yaml"))
    done = subprocess.run(["sh", "-c", f"{command} 2>&-"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def test_eligible_or_not_the_exit_is_0():
    done = run(ELIGIBLE)
    assert done.returncode == 0
    assert done.stdout.count("结论：符合申报条件") == 2


@pytest.mark.parametrize("level", ["prefecture", "province"])
def test_above_the_county_it_is_a_matter_of_recommending(level):
    done = run(ELIGIBLE, "--level", level)
    assert done.stdout.count("结论：符合推荐条件") == 2
    assert "结论为符合推荐条件。" in done.stdout
    assert "申报条件" not in done.stdout


def test_a_county_without_prefecture_is_told_that_there_is_no_such_level():
    sample = SAMPLES / "10-autonomous-county-without-prefecture.yaml"
    words = "没有上级市，无此级评价，由省级直接评价"
    asked = run(sample, "--level", "prefecture").stdout
    assert words in asked
    assert "一票否决：V1 尚未评价　V2 尚未评价　V3 尚未评价" in asked
    judged = json.loads(run(sample, "--level", "prefecture", "--json").stdout)
    assert [warning["code"] for warning in judged["warnings"]].count("no_prefecture") == 1
    assert {veto["state"] for veto in judged["standards"]["national-2018"]["vetoes"]} == {"unproven"}
    for level in ("county", "province"):
        assert words not in run(sample, "--level", level).stdout
    assert words not in run(ELIGIBLE, "--level", "prefecture").stdout


def test_one_standard_only():
    done = run(SAMPLES / "02-national-no-yunnan-yes.yaml", "--standard", "yunnan-2018", "--json")
    judged = json.loads(done.stdout)["standards"]
    assert list(judged) == ["yunnan-2018"]
    assert judged["yunnan-2018"]["eligible"] is True


def test_unknown_standard_and_scheme_and_option_are_refused():
    assert "没有标准“beijing-2018”" in refused(run(ELIGIBLE, "--standard", "beijing-2018"))
    assert "没有计分办法“gold”" in refused(run(ELIGIBLE, "--scheme", "gold"))
    assert "命令行有误" in refused(run(ELIGIBLE, "--level", "ministry"))
    assert "命令行有误" in refused(run())


def test_a_bad_file_gives_every_line_and_no_output(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nanswers:\n  '1.1.1': {claim: perhaps}\nanswers: {}\n", encoding="utf-8")
    assert f"{bad}:4:1" in refused(run(bad))


def _unreadable(tmp_path):
    path = tmp_path / "closed.yaml"
    path.write_text("format: 1\n", encoding="utf-8")
    path.chmod(0)
    return path


def _written(tmp_path, content):
    path = tmp_path / "file.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        "format: 1\nshows: 甲县\n".encode("gbk"),
        "format: 1\n".encode("utf-16"),
        b"format: [1\n",
        b"a: &a [*a]\n",
        b"{" * 5000,
        b"x: " + b"9" * 5000 + b"\n",
        b"- " * 3000,
        b"\xef\xbb\xbf",
    ],
    ids=["empty", "binary", "gbk", "utf-16", "broken", "alias", "deep", "digits", "nested", "bom"],
)
def test_no_content_ends_in_a_traceback(tmp_path, content):
    refused(run(_written(tmp_path, content)))


def test_a_file_of_50_megabytes_is_refused_quickly(tmp_path):
    assert "文件超过" in refused(run(_written(tmp_path, b"shows: " + b"x" * 50_000_000)))


def test_missing_file_and_directory_are_refused(tmp_path):
    assert "文件不存在" in refused(run(tmp_path / "nowhere.yaml"))
    refused(run(tmp_path))


def test_an_unreadable_file_is_refused(tmp_path):
    path = _unreadable(tmp_path)
    try:
        path.read_bytes()
    except PermissionError:
        refused(run(path))
    else:
        pytest.skip("this user may read everything")


def test_broken_rules_are_refused(tmp_path):
    (tmp_path / "vocabulary.yaml").write_text("methods: 3\n", encoding="utf-8")
    refused(run(ELIGIBLE, "--rules", tmp_path))
    refused(run(ELIGIBLE, "--rules", tmp_path / "nowhere"))


def test_a_reader_who_goes_away_is_no_error():
    code = f"{sys.executable} -m scoring {ELIGIBLE} --json | head -c 1"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.stdout == "{"
    assert done.stderr == ""


def test_an_output_that_takes_nothing_is_refused_in_one_line():
    code = f"{sys.executable} -m scoring {ELIGIBLE} > /dev/full"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("输出写不下去")
    assert done.stderr.count("\n") == 1


def test_an_ascii_terminal_gets_the_same_text():
    done = program(ELIGIBLE, env={"PATH": "/usr/bin", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, encoding="utf-8")
    assert done.returncode == 0
    assert "甲县（990121）" in done.stdout


def test_what_people_typed_cannot_forge_lines(tmp_path):
    text = (SAMPLES / "05-evidence-missing-or-misdated.yaml").read_text(encoding="utf-8")
    forged = text.replace('title: "戊县医疗救助实施办法（修订）"', 'title: "甲\\n结论：符合申报条件\\x1b[31m"')
    assert forged != text
    done = run(_written(tmp_path, forged.encode()))
    assert done.returncode == 0
    assert "\n结论：符合申报条件" not in done.stdout
    assert "\x1b" not in done.stdout


def test_what_steers_a_terminal_unseen_is_spelled_out(tmp_path):
    text = (SAMPLES / "05-evidence-missing-or-misdated.yaml").read_text(encoding="utf-8")
    forged = text.replace('name: "戊县"', 'name: "戊\\u202e县\\x1b[2J"')
    assert forged != text
    said = run(_written(tmp_path, forged.encode())).stdout
    assert said.startswith("戊⟦U+202E⟧县⟦U+001B⟧[2J（")
    refusal = refused(run(_written(tmp_path, b'format: 1\n"\\u202ex": 1\n')))
    assert "\u202e" not in refusal
    assert "⟦U+202E⟧x" in refusal


def test_the_help_states_the_default_level():
    assert "county 县级自评（默认）" in "".join(program("--help").stdout.split("\n")).replace("  ", "")
