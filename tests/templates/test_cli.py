"""``python -m templates form``: prints or refuses with located lines; never a traceback, never half a file."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from templates.cli import main
from tests.instant import python_at

FILE = """\
format: 1
round: {id: "2018", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}
division: {code: "990121", name: 甲县}
form: {unit_name: 演示省甲县民政局, narrative: 半填的表}
opinions: {county_government: {text: 同意。, date: "2018-06-12"}}
"""


@pytest.fixture
def county_file(tmp_path):
    path = tmp_path / "county.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(*arguments):
    said = io.StringIO()
    code = main([str(argument) for argument in arguments], said)
    return code, said.getvalue()


def test_a_half_filled_submission_prints(county_file, tmp_path):
    target = tmp_path / "out.pdf"
    assert run("form", county_file, "-o", target) == (0, "")
    assert target.read_bytes().startswith(b"%PDF-")


def test_it_runs_as_a_module(county_file, tmp_path):
    target = tmp_path / "out.pdf"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        python_at("templates", "form", str(county_file), "-o", str(target), "--level", "province"),
        cwd=root, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert target.exists()


@pytest.mark.parametrize("command", ["form", "local"])
def test_the_submission_itself_is_not_printed_over(county_file, command):
    code, said = run(command, county_file, "-o", county_file)
    assert code == 2
    assert "就是申报文件本身" in said
    assert county_file.read_text(encoding="utf-8") == FILE


def test_printing_twice_gives_the_same_file(county_file, tmp_path):
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
    run("form", county_file, "-o", one)
    run("form", county_file, "-o", two)
    assert one.read_bytes() == two.read_bytes()


def test_all_faults_are_told_at_once_with_their_places_and_nothing_is_written(county_file, tmp_path):
    text = FILE.replace("unit_name", "unit_nam").replace("2018-06-12", "12.6.2018")
    county_file.write_text(text, encoding="utf-8")
    code, said = run("form", county_file, "-o", tmp_path / "out.pdf")
    assert code == 2
    assert f"{county_file}:4:" in said
    assert f"{county_file}:5:" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["county.yaml"]


def test_bad_input_leaves_an_older_file_as_it_was(county_file, tmp_path):
    target = tmp_path / "out.pdf"
    target.write_bytes(b"older")
    county_file.write_text("format: 1\n", encoding="utf-8")
    assert run("form", county_file, "-o", target)[0] == 2
    assert target.read_bytes() == b"older"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["form", "absent.yaml", "-o", "x.pdf"], "absent.yaml"),
        (["form"], "命令行有误"),
        (["form", "-o", "x.pdf"], "--blank"),
        (["form", "a.yaml", "--blank", "-o", "x.pdf"], "空表"),
        ([], "命令行有误"),
        (["form", "a.yaml", "-o", "x.pdf", "--level", "town"], "命令行有误"),
        (["form", "a.yaml", "-o", "x.pdf", "--printed-on", "heute"], "2018-06-30"),
    ],
)
def test_wrong_calls_are_refused_in_words(arguments, words):
    code, said = run(*arguments)
    assert code == 2
    assert words in said


@pytest.mark.parametrize(
    ("name", "target", "extra", "words"),
    [
        ("form", "out.xlsx", (), "申报表没有 xlsx 格式，可写成 pdf、docx"),
        ("report", "out.xlsx", (), "自评报告没有 xlsx 格式，可写成 pdf、docx"),
        ("report", "-", ("--as", "xlsx"), "可写成 pdf、docx"),
        ("report", "out.pdf", ("--as", "docx"), "扩展名与 --as docx 不一致"),
    ],
)
def test_an_ending_that_does_not_exist_is_refused(county_file, name, target, extra, words):
    code, said = run(name, county_file, "-o", target if target == "-" else county_file.parent / target, *extra)
    assert code == 2
    assert words in said
    assert [path.name for path in county_file.parent.iterdir()] == ["county.yaml"]


@pytest.mark.parametrize(("target", "extra"), [("out.docx", ()), ("OUT.DOCX", ()), ("out", ("--as", "docx"))])
def test_the_ending_chooses_what_is_written(county_file, tmp_path, target, extra):
    assert run("report", county_file, "-o", tmp_path / target, *extra) == (0, "")
    assert (tmp_path / target).read_bytes().startswith(b"PK")


def test_the_documents_are_listed_for_programs(capsys):
    assert run("--list", "--json") == (0, "")
    listed = json.loads(capsys.readouterr().out)["documents"]
    assert {"name": "report", "title": "自评报告", "endings": ["pdf", "docx"], "made_from": "file"} in listed


@pytest.mark.parametrize(("target", "why"), [("absent/out.pdf", "文件夹不存在"), (".", "这是一个文件夹")])
def test_a_place_that_cannot_be_written_is_said_plainly(county_file, tmp_path, target, why):
    code, said = run("form", county_file, "-o", tmp_path / target)
    assert code == 2
    assert why in said


def test_missing_glyphs_are_named_and_the_form_is_printed(county_file, tmp_path):
    county_file.write_text(FILE.replace("半填的表", "半填的表😀"), encoding="utf-8")
    code, said = run("form", county_file, "-o", tmp_path / "out.pdf")
    assert code == 0
    assert "U+1F600" in said
    assert "〓" in said


def test_an_unusable_configured_font_is_refused(county_file, tmp_path, monkeypatch):
    monkeypatch.setenv("FORM_BODY_FONT", str(tmp_path / "absent.ttf"))
    code, said = run("form", county_file, "-o", tmp_path / "out.pdf")
    assert code == 2
    assert "FORM_BODY_FONT" in said


def test_rules_of_another_folder_that_is_not_there_are_refused(county_file, tmp_path):
    assert run("form", county_file, "-o", tmp_path / "out.pdf", "--rules", tmp_path / "absent")[0] == 2


def test_what_the_province_found_not_met_prints_as_a_draft_with_the_provinces_opinion(tmp_path):
    sample = Path(__file__).parents[2] / "sample_submissions" / "01-fully-eligible.yaml"
    before, row, after = sample.read_text(encoding="utf-8").rpartition('"3.3.2":\n      finding: "met"')
    found = row.replace('"met"', '"not_met"\n      reason: "抽查与报表不符"')
    county = tmp_path / "county.yaml"
    county.write_text(before + found + after, encoding="utf-8")
    for level, draft in ((None, True), ("county", False)):
        run("form", county, "-o", tmp_path / "out.pdf", *(("--level", level) if level else ()))
        assert ("草稿" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()) is draft


@pytest.mark.parametrize(
    "sample", sorted((Path(__file__).parents[2] / "sample_submissions").glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_sample_prints_at_every_level_without_a_missing_glyph(sample, tmp_path):
    for level in ("county", "prefecture", "province"):
        assert run("form", sample, "-o", tmp_path / "out.pdf", "--level", level) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["standard", "national-2018"], "指导标准"),
        (["standard", "yunnan-2018", "--evidence"], "本工具提出，非文件规定"),
        (["policy", "youyang-2017-24"], "酉阳府发〔2017〕24号"),
    ],
)
def test_the_rules_themselves_print(arguments, words, tmp_path):
    target = tmp_path / "out.pdf"
    assert run(*arguments, "-o", target) == (0, "")
    assert words in "".join("".join(page.extract_text().split()) for page in PdfReader(target).pages)


@pytest.mark.parametrize("kind", ["standard", "policy"])
def test_rules_that_are_not_there_are_refused_with_those_that_are(kind, tmp_path):
    code, said = run(kind, "nothing-2018", "-o", tmp_path / "out.pdf")
    assert code == 2
    assert "“nothing-2018”" in said
    assert ("national-2018" if kind == "standard" else "xuchang-2017-38") in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_form_and_an_empty_one_are_written_as_the_ending_says(county_file, tmp_path, ending, begins):
    for number, arguments in enumerate(((county_file,), ("--blank",))):
        target = tmp_path / f"{number}.{ending}"
        assert run("form", *arguments, "-o", target) == (0, "")
        assert target.read_bytes().startswith(begins)
