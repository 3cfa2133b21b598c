"""Edits make new submissions, and tell what they did to the verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.entry.editing import (
    VerdictChange,
    changes,
    following_number,
    rows_using,
    with_answer,
    with_evidence,
    with_facts,
    with_form,
    without_evidence,
)
from scoring.judging.assess import assess
from scoring.submission import Answer, EvidenceItem, Form
from tests.ui.made import LIBRARY, STANDARDS, county, with_answer_to

SCHEME = LIBRARY.schemes["equal"]


def _judged(submission):
    return assess(submission, STANDARDS, SCHEME)


def test_an_answer_goes_where_its_row_belongs():
    answer = Answer(claim="unsure")
    submission = county()
    assert with_answer(submission, "1.1.1", answer, veto=False).answers["1.1.1"] == answer
    assert with_answer(submission, "V1", answer, veto=True).vetoes["V1"] == answer
    assert submission == county(), "the old one is as it was"


def test_an_empty_answer_is_no_answer():
    assert "1.1.1" not in with_answer(county(), "1.1.1", Answer(), veto=False).answers


def test_facts_not_named_stay_and_none_takes_one_out():
    facts = with_facts(county(), {"townships": 9, "population": None}).facts
    assert facts["townships"] == 9
    assert "population" not in facts
    assert facts["villages"] == county().facts["villages"]


def test_form_and_register_are_replaced():
    assert with_form(county(), Form(unit_name="乙")).form == Form(unit_name="乙")
    submission = with_evidence(county(), "E02", EvidenceItem(title="新"))
    assert list(without_evidence(submission, "E01").evidence) == ["E02"]


def test_a_documents_uses_are_found_in_evidence_and_nil_returns():
    submission = county(
        answers={"1.1.1": Answer(evidence={"x": ("E01",)}), "3.2.3": Answer(nil_return="E01")}, vetoes={}
    )
    assert rows_using(submission, "E01") == ("1.1.1", "3.2.3")
    assert rows_using(submission, "E02") == ()


def test_an_edit_tells_eligibility_veto_and_verdict_under_each_standard():
    before = county()
    after = with_answer_to(before, "1.1.1", claim="not_met")
    after = with_answer(after, "V2", replace(before.vetoes["V2"], claim="present"), veto=True)
    for standard in STANDARDS:
        told = [change for change in changes(_judged(before), _judged(after)) if change.standard == standard.id]
        assert told == [
            VerdictChange(standard.id, None, "yes", "no"),
            VerdictChange(standard.id, "V2", "clear", "present"),
            VerdictChange(standard.id, "1.1.1", "met", "not_met"),
        ]


def test_an_edit_without_effect_tells_nothing():
    assert changes(_judged(county()), _judged(county(form=Form()))) == ()


@pytest.mark.parametrize(
    ("taken", "following"),
    [((), "E01"), (("E01", "E02"), "E03"), (("E07", "X9", "e12"), "E08"), (("E99", "E100"), "E101")],
)
def test_a_new_document_comes_after_all_numbers(taken, following):
    assert following_number(taken) == following
