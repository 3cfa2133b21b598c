"""``python -m scoring rehearse``: a draft or an installed standard against files or the store; nothing is written."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indicators import load_library
from scoring.cli import main
from scoring.rehearsal.report import FOLLOWING
from storage import open_store
from tests.indicators.rules_folder import RulesFolder
from tests.instant import python_at
from tests.workflow.office_room import COUNTY, add_round, put_submission, whole_content
from workflow.states import State

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "sample_submissions"
ELIGIBLE = SAMPLES / "01-fully-eligible.yaml"
MEDICAL = "3.3-medical-rehabilitation.yaml"
APPOINTMENTS = "label: 儿童主任聘任文件, kind: document, required: true"
COLUMN = "in_table: {table: each_year, column: 县级会议}"
FOUR = f"{{at_least: 4, unit: 次}}, {COLUMN}, quotes: [县级党委或政府每年至少召开四次会议]"
NATIONAL = load_library().standards["national-2018"]
NOW = datetime(2018, 7, 2, 4, 0, tzinfo=UTC)


def run(*arguments) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(["rehearse", *map(str, arguments)], out, err)
    return code, out.getvalue(), err.getvalue()


def rehearsed(*arguments) -> str:
    code, said, complaint = run(*arguments)
    assert (code, complaint) == (0, "")
    return said


def refused(*arguments) -> str:
    code, said, complaint = run(*arguments)
    assert (code, said) == (2, "")
    assert "Traceback" not in complaint
    assert complaint.strip()
    return complaint


@pytest.fixture
def draft(tmp_path: Path) -> RulesFolder:
    """A revision of national-2018 under its own id, in a folder of any name: 70 % becomes 99 %."""
    folder = RulesFolder(Path(shutil.copytree(ROOT / "indicators" / "national-2018", tmp_path / "修订稿")))
    folder.replace(MEDICAL, "报销比例不低于70%，并", "报销比例不低于99%，并")
    folder.replace(MEDICAL, "quotes: [自负费用报销比例不低于70%]", "quotes: [自负费用报销比例不低于99%]")
    folder.replace(MEDICAL, "at_least: 70, unit: percent", "at_least: 99, unit: percent")
    return folder


def test_a_revision_under_the_same_id_stands_in_for_the_installed_edition(draft):
    said = rehearsed(draft.root, "--against", ELIGIBLE)
    assert "代替原来的内容（指纹 " in said
    assert "总结论：符合申报条件 → 尚不符合申报条件" in said
    assert "[全国标准] 3.3.2 达标 → 数据与自评不符" in said
    assert "低于 99%" in said
    assert "，要求不少于70%" in said
    assert "，要求不少于99%" in said


def test_json_has_counts_rows_with_their_reasons_and_both_fingerprints(draft):
    found = json.loads(rehearsed(draft.root, "--against", ELIGIBLE, "--json"))
    assert found["instead_of"]["fingerprint"] == NATIONAL.fingerprint
    assert found["new"]["fingerprint"] != NATIONAL.fingerprint
    assert found["counts"] == {
        "submissions": 1,
        "changed": 1,
        "became_eligible": 0,
        "lost_eligibility": 1,
        "only_added": 0,
        "lost_only_added": 0,
        "rows": [{"before": "达标", "after": "数据与自评不符", "count": 1, "added": 0}],
    }
    assert found["redefined"] == []  # 限值提高，口径没有变
    (county,) = found["submissions"]
    assert county["eligible"] == {"before": True, "after": False}
    (row,) = county["rows"]
    assert (row["id"], row["before"], row["after"], row["reasons_before"]) == ("3.3.2", "met", "contradicted", [])
    assert row["cause"] == "judged"
    assert "99%" in row["reasons_after"][0]["text"]
    assert any("99" in line for line in found["rules"])


def test_what_only_a_new_requirement_changes_is_told_apart(draft):
    other = "label: 残疾儿童康复救助制度文件, kind: document, required: true, dated: in_force, "
    paper = "id: waiting_list, label: 轮候名单管理办法, kind: document, required: true, dated: in_force"
    named = "{id: rehabilitation_rules, " + other
    draft.replace(MEDICAL, f"      - {named}", f"      - {{{paper}, supports: []}}\n      - {named}")
    said = rehearsed(draft.root, "--against", ELIGIBLE)
    assert "1 件有变化：" in said  # 还有 3.3.2 是已填的数不到新的限值
    assert "结论改变 3 项（其中 2 项只因新增要求、县里尚未填报）" in said
    assert "3.3.3 达标 → 佐证不足（新增要求，尚未填报）" in said
    moved = "“重大疾病医疗救助自负费用报销比例”门槛由“不低于70%”改为“不低于99%”，所填 "
    assert f"3.3.2 达标 → 数据与自评不符（{moved}" in said


def test_a_meaning_that_changed_under_its_id_is_listed_with_both_wordings(draft):
    draft.replace(MEDICAL, "denominator: {label: 自负费用总额,", "denominator: {label: 目录内自负费用总额,")
    said = rehearsed(draft.root, "--against", ELIGIBLE)
    assert "编号未变而口径已变" in said
    assert "3.3.2“重大疾病医疗救助自负费用报销比例”" in said
    assert "分母　原：自负费用总额（元）" in said
    assert "分母　新：目录内自负费用总额（元）" in said


def test_every_sample_is_rehearsed_or_said_to_be_left_out():
    samples = sorted(SAMPLES.glob("*.yaml"))
    found = json.loads(rehearsed("yunnan-2018", "--against", *samples, "--json"))
    assert found["instead_of"]["id"] == "national-2018"
    told = {one["name"] for one in (*found["submissions"], *found["skipped"])}
    assert told == {str(path) for path in samples}


def test_a_draft_that_extends_an_installed_standard_stands_in_for_it(tmp_path):
    draft = RulesFolder(tmp_path)
    draft.write("standard.yaml", (ROOT / "indicators" / "yunnan-2018" / "standard.yaml").read_text(encoding="utf-8"))
    for path in (ROOT / "indicators" / "yunnan-2018").glob("*.yaml"):
        shutil.copy(path, tmp_path)
    draft.replace("standard.yaml", "id: yunnan-2018\n", "id: yunnan-2020\n")
    draft.replace("standard.yaml", "short_title: 云南标准", "short_title: 云南标准修订稿")
    found = json.loads(rehearsed(tmp_path, "--against", ELIGIBLE, "--json"))
    assert (found["new"]["id"], found["instead_of"]["id"]) == ("yunnan-2020", "national-2018")


def test_what_a_draft_changes_in_the_overlays_on_it_is_told_too(draft):
    draft.replace("5.3-workforce.yaml", "label: 儿童主任聘任文件, kind: document, required: false", APPOINTMENTS)
    found = json.loads(rehearsed(draft.root, "--against", ELIGIBLE, "--json"))
    (county,) = found["submissions"]
    changed = {(row["standard"], row["id"], row["after"]) for row in county["rows"]}
    assert changed == {
        ("national-2018", "3.3.2", "contradicted"),
        ("national-2018", "5.3.2", "unproven"),
        ("yunnan-2018", "5.3.2", "unproven"),
    }


MEETINGS = "1.1-leadership.yaml"
TOPICS = "meeting_topics"


def test_installed_local_documents_that_would_have_to_follow_a_draft_are_named_and_refuse_nothing(draft):
    draft.replace(MEETINGS, "每年至少召开两次会议，乡镇", "每年至少召开四次会议，乡镇")
    draft.replace(MEETINGS, f"{{at_least: 2, unit: 次}}, {COLUMN}, quotes: [县级党委或政府每年至少召开两次会议]", FOUR)
    found = json.loads(rehearsed(draft.root, "--against", ELIGIBLE, "--json"))
    assert {row["id"] for row in found["submissions"][0]["rows"]} >= {"1.1.3"}
    assert len(found["notes"]) == 2
    assert all("policies/" in note and "县级党委或政府每年至少召开两次会议" in note for note in found["notes"])
    said = rehearsed(draft.root, "--against", ELIGIBLE)
    assert FOLLOWING in said
    assert all(note in said for note in found["notes"])


def test_a_measure_that_a_local_document_reads_may_be_dropped_by_a_draft(draft):
    measure = (
        "      - {id: minutes_formed, kind: yes_no, label: 形成党委或政府会议纪要, quotes: [形成党委或政府会议纪要]}\n"
    )
    draft.replace(MEETINGS, measure, "")
    for meetings in ("county_meetings, meeting_topics", "township_meetings"):
        draft.replace(MEETINGS, f"[{meetings}, minutes_formed]", f"[{meetings}]")
    found = json.loads(rehearsed(draft.root, "--against", SAMPLES / "15-local-yunnan-plan.yaml", "--json"))
    (note,) = found["notes"]
    assert "yunnan-plan-2018.yaml" in note
    assert "没有测量项“minutes_formed”" in note


def test_without_a_draft_such_a_local_document_is_broken(tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "indicators", rules, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    folder = RulesFolder(rules)
    plan = "policies/yunnan-plan-2018.yaml"
    folder.replace(plan, f'reads: "1.1.3/{TOPICS}"', 'reads: "1.1.3/nothing"')
    assert any(plan in line for line in folder.lines())
    assert plan in refused("yunnan-2018", "--against", ELIGIBLE, "--rules", rules)


def test_a_bad_draft_is_refused_with_its_located_lines_and_nothing_else(draft):
    draft.replace(MEDICAL, "at_least: 99, unit: percent", "atleast: 99, unit: percent")
    draft.write("2.1-funding.yaml", 'topic: "2.1"\nindicatrs: []\n')
    lines = refused(draft.root, "--against", ELIGIBLE).splitlines()
    assert all(re.match(rf"{draft.root}/\S+\.yaml:\d+:\d+", line) for line in lines), lines
    assert any(MEDICAL in line and "是否应为“at_least”" in line for line in lines)
    assert any("indicatrs" in line for line in lines)


def test_a_threshold_that_is_not_in_the_words_is_refused_in_a_draft_as_in_any_standard(draft):
    draft.replace(MEDICAL, "at_least: 99, unit: percent", "at_least: 98, unit: percent")
    assert f"{draft.root}/{MEDICAL}:" in refused(draft.root, "--against", ELIGIBLE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no-such", "--against", ELIGIBLE), "没有标准“no-such”"),
        (("national-2018", "--against", ELIGIBLE), "不叠加在别的标准上；请指明它代替哪一个"),
        (("national-2018", "--store"), "可写：national-2018、yunnan-2018（写作 --instead-of 编号）"),
        (("national-2018", "--instead-of", "no-such", "--against", ELIGIBLE), "没有已安装的标准“no-such”"),
        (("yunnan-2018",), "--against"),
        (("yunnan-2018", "--store", "--against", ELIGIBLE), "不能与"),
        (("yunnan-2018", "--against", ELIGIBLE, "--level", "village"), "--level"),
        ((SAMPLES, "--against", ELIGIBLE), "standard.yaml"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_give(arguments, words):
    assert words in refused(*arguments)


def test_unreadable_submissions_are_all_named_at_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("format: 1\nnonsense: 2\n", encoding="utf-8")
    files = (tmp_path / f"{name}.yaml" for name in ("a", "b", "none"))
    said = refused("yunnan-2018", "--against", *files, ELIGIBLE)
    assert all(f"{name}.yaml:" in said for name in ("a", "b", "none"))


def test_a_file_whose_round_has_another_standard_is_left_out_with_the_reason(tmp_path):
    text = ELIGIBLE.read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text.replace('standards: ["national-2018", ', "standards: ["), encoding="utf-8")
    said = rehearsed("yunnan-2018", "--against", other)
    assert "没有列入的 1 件" in said
    assert "批次采用的是云南标准，不含全国标准" in said


def command(*arguments, **environment):
    return subprocess.run(
        python_at("scoring", "rehearse", *map(str, arguments)),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **environment},
    )


def test_the_store_is_rehearsed_whole_and_left_as_it_was(draft, tmp_path):
    with open_store(var=tmp_path / "var") as store:
        with store.write("scene", NOW) as tx:
            add_round(tx)
            add_round(tx, id="other", standards=["yunnan-2018"], fingerprints={"yunnan-2018": "0" * 64})
            put_submission(tx, COUNTY, State.DRAFT, whole_content())
            tx.submissions.add(round_id="other", division_code=COUNTY, division_name="甲县", state="draft")
        with store.read() as tx:
            before = tx.audit.head()
    done = command(draft.root, "--store", DATA_DIR=str(tmp_path / "var"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "甲县，" in done.stdout
    assert "总结论：符合申报条件 → 尚不符合申报条件" in done.stdout
    assert "甲县，演示批次：批次采用的是云南标准，不含全国标准" in done.stdout
    with open_store(var=tmp_path / "var") as store, store.read() as tx:
        assert tx.audit.head() == before


def test_without_a_store_it_says_where_it_looked(tmp_path):
    done = command("yunnan-2018", "--store", "--var", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
