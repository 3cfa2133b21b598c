"""自评报告: narrative first, verdicts by both standards, statements verbatim, figures against thresholds, material."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from indicators import load_library
from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess_by_round
from templates.documents.contents.report import report_contents
from templates.documents.making import made_document

SAMPLES = Path(__file__).parents[3] / "sample_submissions"


@pytest.fixture(scope="module")
def library():
    return load_library()


@pytest.fixture(scope="module")
def contents(library):
    submission = submission_reader(SAMPLES / "04-figures-against-claim.yaml")(library)
    return report_contents(submission, assess_by_round(submission, library), library)


@pytest.fixture(scope="module")
def words(contents):
    pdf = made_document("report", contents, "pdf").content
    pages = ("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    furniture = re.compile(
        r"农村留守儿童关爱保护和困境儿童保障示范县（市、区、旗）自评报告演示数据第\d+页共\d+页校验码[0-9A-F]{16}"
    )
    return "".join(furniture.sub("", page) for page in pages)


def squeezed(text):
    return "".join(text.split())


def test_the_narrative_stands_before_the_conclusion_and_that_before_the_rows(words):
    body = words[words.index("目录") + 600 :]
    places = [body.index(part) for part in ("丁市为县级市", "结论为尚不符合申报条件", "1.1.1组织领导达标")]
    assert places == sorted(places)


def test_each_standard_of_the_round_is_told_and_what_is_the_same_only_once(contents):
    national, yunnan = contents.standards
    assert [standard.short for standard in contents.standards] == ["全国标准", "云南标准"]
    for standard in contents.standards:
        assert sum(section.asked for section in standard.details) == 48
        assert sum(section.asked for section in standard.sections) == 45
    assert not any(section.same for section in national.details)
    rows = {row.id: row for section in national.details for row in section.rows}
    told = {row.id for section in yunnan.details for row in section.rows}
    same = {words.partition("（")[0] for section in yunnan.details for words in section.same.split("、")}
    assert told | same == set(rows) | {""}
    assert not told & same
    assert "1.1.1" in told  # its words differ in Yunnan's


def test_a_row_shows_statement_figures_thresholds_reason_and_material_as_they_are(contents, library, words):
    national = library.standards["national-2018"]
    rows = {row.id: row for section in contents.standards[0].details for row in section.rows}
    assert all(squeezed(row.statement) in words or row.id.startswith("V") for row in national.indicators)
    row = rows["1.1.3"]
    assert row.verdict == "数据与自评不符"
    assert row.figures[0].figure.startswith("2017年 1次")
    assert row.figures[0].threshold == "每年不低于2次"
    assert row.figures[0].state == "不符"
    assert any("低于 2次" in reason for reason in row.reasons)
    assert any("E04" in material for material in row.materials)


def test_the_reason_told_first_is_the_one_that_stands_in_the_way(library):
    submission = submission_reader(SAMPLES / "03-veto-present.yaml")(library)
    contents = report_contents(submission, assess_by_round(submission, library), library)
    told = {row.id: row.reason for row in contents.standards[0].open_rows}
    assert set(told) == {"V1", "V3"}
    assert not any(reason.startswith("已申明不存在") for reason in told.values())


def test_a_county_without_anything_written_has_a_report_too(library, tmp_path):
    half = submission_reader(SAMPLES / "09-half-filled.yaml")(library)
    contents = report_contents(half, assess_by_round(half, library), library)
    for ending in ("pdf", "docx"):
        assert made_document("report", contents, ending).missing_glyphs == ()
    first, second = contents.standards
    assert (len(first.open_rows) > 30, first.open_same) == (True, "")
    assert second.open_same.startswith("V1（未申明）、V2（未申明）、V3（未申明）、1.1.2（未填）、")
    assert not {row.id for row in second.open_rows} & {"V1", "1.1.2"}


@pytest.mark.parametrize(("sample", "there"), [("12-local-xuchang", True), ("01-fully-eligible", False)])
def test_local_documents_stand_in_an_annex_where_there_are_any(library, sample, there):
    submission = submission_reader(SAMPLES / f"{sample}.yaml")(library)
    contents = report_contents(submission, assess_by_round(submission, library), library)
    assert bool(contents.local) is there
    assert contents.demo == "演示数据"
