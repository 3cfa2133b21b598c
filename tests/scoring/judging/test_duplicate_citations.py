"""One event counted twice: a document cited where two different events are asked for is told, and decides nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from indicators.building.build import build_cross_check
from indicators.building.schema import CrossCheckIn
from indicators.model import Condition, EvidenceRequirement, Fact, Measure, Standard
from indicators.reading.located import read_located_file
from scoring.assessment import Reason
from scoring.judging.assess import assess
from scoring.judging.cross_checks import concerns_facts, concerns_row, places_named
from scoring.judging.duplicate_citations import duplicate_citations, places_of_document
from scoring.report import as_json
from scoring.submission import Answer, EvidenceItem, Submission
from tests.scoring import small
from tests.scoring.filling import GOOD_DOCUMENT, fill

CASES = read_located_file(Path(__file__).parent / "duplicate_citations.yaml").value["cases"]
LIBRARY = load_library()
NATIONAL, YUNNAN = (LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018"))
SHIPPED = [
    pytest.param(standard, check, pair, id=f"{standard.id}-{check.id}-{pair[0].row}-{pair[1].row}")
    for standard in (NATIONAL, YUNNAN)
    for check in standard.distinct_documents
    for pair in itertools.combinations(check.documents, 2)
]
_CITY = Condition("is", "city", value=True)


def _proof(name: str, label: str, *supports: str) -> EvidenceRequirement:
    return EvidenceRequirement(name, label, "document", required=False, dated="in_period", supports=supports)


_HELD = Measure("held", "yes_no", "举办", ("举办",))
_ROWS = (
    small.row(_HELD, evidence=(_proof("notices", "培训通知", "held"), _proof("summary", "总结", "held"))),
    small.row(_HELD, row_id="1.1.2", evidence=(_proof("records", "培训记录"),)),
    small.row(
        replace(_HELD, applies_when=_CITY), row_id="1.1.3", evidence=(_proof("city_records", "城市培训记录", "held"),)
    ),
    small.row(_HELD, row_id="1.1.4", evidence=(_proof("minutes", "纪要", "held"),), applies_when=_CITY),
)
_VETO = small.row(
    Measure("events", "zero", "事件数", ("事件",), unit="件"),
    row_id="V1",
    consequence="veto",
    evidence=(_proof("statement", "情况说明", "events"),),
)
_PLACES = ["1.1.1/notices", "1.1.2/records", "1.1.3/city_records", "1.1.4/minutes", "V1/statement"]


def _standard(**check) -> Standard:
    given = {"id": "once", "documents": _PLACES, "is": "distinct", "says": "说明。", **check}
    made = build_cross_check(CrossCheckIn.model_validate(given))
    standard = small.standard(*_ROWS, vetoes=(_VETO,), facts=(Fact("city", "是市", "yes_no"),))
    return replace(standard, distinct_documents=(made,))


def _given(case) -> Submission:
    answers: dict[str, Answer] = {}
    for place, documents in case["cited"].items():
        row, _, requirement = place.partition("/")
        known = answers.get(row, Answer(claim="clear" if row.startswith("V") else "met", note=case.get("note")))
        answers[row] = replace(known, evidence={**known.evidence, requirement: tuple(documents)})
    vetoes = {row: answers.pop(row) for row in list(answers) if row.startswith("V")}
    register = {
        name: EvidenceItem(title=f"材料{name}", kind="document", sha256=digest)
        for name, digest in case["register"].items()
    }
    return small.submission(answers, case.get("facts", {}), register, vetoes=vetoes)


def _warned(given: Submission, *standards: Standard) -> list[Reason]:
    return [one for one in assess(given, standards, small.EQUAL).warnings if one.code == "document_cited_twice"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_documents_cited_twice_are_told_and_no_others(case):
    condition = {"applies_when": case["applies_when"]} if "applies_when" in case else {}
    texts = [reason.text for reason in _warned(_given(case), _standard(**condition))]
    assert len(texts) == len(case["expect"]), texts
    for text, words in zip(texts, case["expect"], strict=True):
        assert words in text


_TWICE = {"register": {"E1": None}, "cited": {"1.1.1/notices": ["E1"], "1.1.2/records": ["E1"]}}


def test_a_warning_names_both_places_and_leads_to_both():
    (reason,) = _warned(_given(_TWICE), _standard())
    assert (reason.basis, reason.effect, reason.kind.gives) == ("tool", "warns", None)
    assert list(places_named(reason)) == ["1.1.1", "1.1.2"]
    assert concerns_row(reason, "1.1.1")
    assert concerns_row(reason, "1.1.2")
    assert not concerns_row(reason, "V1")
    assert not concerns_facts(reason)


def test_a_document_without_a_title_is_named_by_its_id():
    given = _given(_TWICE)
    (reason,) = _warned(replace(given, evidence={"E1": EvidenceItem()}), _standard())
    assert "材料 E1同时用作" in reason.text


def test_a_check_that_two_standards_share_warns_once():
    one = _standard()
    assert len(_warned(_given(_TWICE), one, replace(one, id="other"))) == 1


def test_a_program_reads_the_check_the_documents_and_the_places():
    given = _given(_TWICE)
    (warning,) = as_json(given, assess(given, [_standard()], small.EQUAL), "")["warnings"]
    assert (warning["code"], warning["check"], warning["effect"]) == ("document_cited_twice", "once", "warns")
    assert warning["places"] == [
        {"row": "1.1.1", "evidence": "notices", "label": "培训通知", "document": "E1", "title": "材料E1"},
        {"row": "1.1.2", "evidence": "records", "label": "培训记录", "document": "E1", "title": "材料E1"},
    ]


# --- the shipped checks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("standard", "check", "pair"), SHIPPED)
def test_a_shipped_check_tells_one_document_at_two_of_its_places_and_changes_no_verdict(standard, check, pair):
    filled = fill(standard)
    register = {**filled.evidence, "A": EvidenceItem(title="甲"), "B": EvidenceItem(title="乙")}
    filled = replace(filled, evidence=register)
    own, same = (_citing(filled, dict(zip(pair, names, strict=True))) for names in (("A", "B"), ("A", "A")))
    assert list(duplicate_citations(own, [standard])) == []
    (reason,) = duplicate_citations(same, [standard])
    assert (reason.given["check"], [one.ref for one in places_of_document(reason)]) == (check.id, list(pair))
    silent = replace(standard, distinct_documents=())
    judged, plain = (assess(same, [one], small.EQUAL) for one in (standard, silent))
    assert judged.standards == plain.standards


def _citing(filled: Submission, cited) -> Submission:
    """The document beside what is cited already, dated as the register has it."""
    answers = dict(filled.answers)
    for ref, name in cited.items():
        known = answers[ref.row]
        there = known.evidence.get(ref.evidence, ())
        answers[ref.row] = replace(known, evidence={**known.evidence, ref.evidence: (*there, name)})
    return replace(filled, answers=answers)


def test_both_standards_have_the_same_checks_of_documents():
    names = ["one_training_once", "one_training_photo_once", "one_publicity_photo_once"]
    assert [one.id for one in NATIONAL.distinct_documents] == names
    assert YUNNAN.distinct_documents == NATIONAL.distinct_documents


def test_one_compilation_for_everything_is_told_once_where_it_counts_a_training_twice():
    filled = fill([NATIONAL, YUNNAN])
    answers = {
        row: replace(one, evidence=dict.fromkeys(one.evidence, (GOOD_DOCUMENT,))) for row, one in filled.answers.items()
    }
    (reason,) = duplicate_citations(replace(filled, answers=answers), [NATIONAL, YUNNAN])
    assert list(places_named(reason)) == ["5.4.1", "5.2.2"]
    assert "指标 5.2.2“家庭教育指导培训通知、签到和课件清单（每次一条）”" in reason.text
