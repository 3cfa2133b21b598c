"""What a verdict's chip says beside its name: what is lacking, and that nobody has found on a veto yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.judging.assess import assess
from scoring.submission import Finding
from tests.ui.made import LIBRARY, county, with_answer_to
from ui.components import labels
from ui.components.rows.glossary import TERMS, terms_fold, terms_in

NATIONAL = LIBRARY.standards["national-2018"]

CLEAR = Finding("clear", ("document_review",), "到民政、公安两家逐户比对系统和户籍", date(2018, 7, 1))


def words(submission, row_id: str, level: str = "county") -> str:
    judged = assess(submission, (NATIONAL,), LIBRARY.schemes["equal"], level).standards[NATIONAL.id]
    row = NATIONAL.row(row_id)
    result = judged.indicators.get(row_id) or next(veto for veto in judged.vetoes if veto.id == row_id)
    return labels.result_words(row, result)


def without_figure(submission):
    others = {k: v for k, v in submission.answers["3.3.2"].measures.items() if k != "out_of_pocket_reimbursement"}
    return with_answer_to(submission, "3.3.2", measures=others)


def without_document(submission):
    return with_answer_to(submission, "3.3.2", evidence={})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s, "达标"),
        (without_figure, "佐证不足（数据缺项）"),
        (without_document, "佐证不足（缺佐证材料）"),
        (lambda s: without_document(without_figure(s)), "佐证不足（数据缺项、缺佐证材料）"),
    ],
)
def test_what_is_lacking_stands_beside_the_verdict_s_name(change, said):
    assert words(change(county()), "3.3.2") == said


def test_a_veto_nobody_has_found_on_is_not_yet_appraised():
    submission = county()
    assert words(submission, "V1", "prefecture") == "尚未评价"
    assert words(replace(submission, findings={"prefecture": {"V1": CLEAR}}), "V1", "prefecture") == "无此情形"
    wanting = Finding("needs_correction", reason="缺公安机关的比对证明")
    assert words(replace(submission, findings={"prefecture": {"V1": wanting}}), "V1", "prefecture") == "佐证不足"


def test_a_standard_is_called_as_the_rules_say_else_by_what_its_title_begins_with():
    assert labels.short_name(LIBRARY.standards["yunnan-2018"]) == "云南标准"
    assert labels.short_name(NATIONAL) == "全国标准"
    assert labels.short_name(replace(NATIONAL, title="某省示范县标准")) == "某省示范县标准"


def test_every_term_of_the_glossary_is_a_word_of_a_standard_and_stands_beside_its_rows_alone():
    statements = [row.statement for standard in LIBRARY.standards.values() for row in standard.rows()]
    assert [term for term in TERMS if term not in "\n".join(statements)] == []
    beside = terms_in(["建立完善困境儿童重大疾病医疗救助制度，封顶线适当提高"])
    assert list(beside) == ["困境儿童", "医疗救助", "封顶线"]
    assert terms_fold(["没有这些词"]) == ""
    assert "dc-tag-tool" in terms_fold(["孤儿"]), "marked as ours"
