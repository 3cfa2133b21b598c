"""The form and its check sheet print for a standard of one's own, alone and beside the national one."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from scoring.exchange.writing import write_submission
from templates.cli import main
from tests.scoring.filling import fill
from tests.township.rules import ELIGIBLE, STANDARD


def printed(file, rules, target) -> str:
    said = io.StringIO()
    assert main(["form", str(file), "-o", str(target), "--rules", str(rules)], said) == 0, said.getvalue()
    return "".join("".join(page.extract_text().split()) for page in PdfReader(target).pages)


def test_the_check_sheet_names_the_standard_and_its_fingerprint(rules, library, tmp_path):
    text = printed(ELIGIBLE, rules, tmp_path / "form.pdf")
    assert library.standards[STANDARD].fingerprint[:16] in text
    assert "草稿" not in text


def test_one_veto_of_one_s_own_makes_it_a_draft(rules, tmp_path):
    present = ELIGIBLE.read_text(encoding="utf-8").replace("drownings: 0", "drownings: 1")
    file = tmp_path / "present.yaml"
    file.write_text(present, encoding="utf-8")
    assert "草稿" in printed(file, rules, tmp_path / "form.pdf")


@pytest.mark.parametrize("beside", [["national-2018"], ["national-2018", "yunnan-2018"]])
def test_beside_other_standards_every_one_is_on_the_check_sheet(beside, rules, library, tmp_path):
    standards = [library.standards[one] for one in (*beside, STANDARD)]
    file = tmp_path / "together.yaml"
    file.write_text(write_submission(fill(standards, {"township_kind": "town"})), encoding="utf-8")
    text = printed(file, rules, tmp_path / "form.pdf")
    assert all(standard.fingerprint[:16] in text for standard in standards)
    assert "草稿" not in text


def test_the_standard_itself_prints_methods_where_its_last_column_holds_units(rules, tmp_path):
    target = tmp_path / "standard.pdf"
    said = io.StringIO()
    assert main(["standard", STANDARD, "-o", str(target), "--rules", str(rules)], said) == 0, said.getvalue()
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(target).pages)
    assert "7项指标，1项一票否决" in text
    assert "责任单位" in text
    assert "评估方法：现场查看" in text
