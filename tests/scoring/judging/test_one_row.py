"""One row judged alone comes out as among all."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.judging.assess import assess_by_round
from scoring.judging.one_row import judge_row
from scoring.judging.resting_rows import facts_named, rows_resting_on
from scoring.submission import LEVELS

LIBRARY = load_library()
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_row_alone_is_judged_as_among_all(sample):
    submission = read_submission_file(sample, LIBRARY)
    for level in LEVELS:
        assessment = assess_by_round(submission, LIBRARY, level)
        for standard_id, judged in assessment.standards.items():
            standard = LIBRARY.standards[standard_id]
            alone = {row.id: judge_row(submission, standard, row, level) for row in standard.rows()}
            assert alone == {veto.id: veto for veto in judged.vetoes} | dict(judged.indicators)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_row_rests_on_no_other_facts_than_it_names(sample):
    facts = read_submission_file(sample, LIBRARY).facts
    for standard in LIBRARY.standards.values():
        named = {row.id: facts_named(row) for row in standard.rows()}
        resting = {
            (row.id, fact)
            for fact in standard.facts
            for given in (facts, {})
            for row in rows_resting_on((), {fact}, given, standard)
        }
        assert resting
        assert all(fact in named[row_id] for row_id, fact in resting)
