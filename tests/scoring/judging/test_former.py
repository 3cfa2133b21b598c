"""Beside what was judged before, only what differs is judged, and the assessment is the same as of all anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from scoring.entry.editing import with_answer, with_facts
from scoring.exchange.reading import read_submission_file
from scoring.judging import assess as judging
from scoring.judging.assess import Formerly, assess_levels
from scoring.judging.cross_checks import AT_ODDS_CODES
from scoring.judging.schemes import chosen_scheme
from scoring.submission import LEVELS, Answer, Submission

LIBRARY = load_library()
SCHEME = chosen_scheme(LIBRARY.schemes, None)
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))


def edits(one: Submission) -> list[Submission]:
    """One row emptied, declined, doubted; a fact, a document and the cut-off changed; something for every row."""
    rows = [*((row, False) for row in one.answers), *((row, True) for row in one.vetoes)]
    changed = [with_answer(one, row, Answer(), veto=veto) for row, veto in rows[::16]]
    changed += [
        with_answer(one, row, replace((one.vetoes if veto else one.answers)[row], claim=claim, claims={}), veto=veto)
        for row, veto in rows[3::20]
        for claim in ("not_met", "unsure", "not_applicable")
    ]
    changed += [with_facts(one, {fact: None}) for fact in list(one.facts)[::9]]
    dated = {number: replace(item, date=None) for number, item in one.evidence.items()}
    changed += [replace(one, evidence=dated), replace(one, evidence={})] if dated else []
    return changed


def everything(one: Submission, former: Formerly | None = None):
    standards = [LIBRARY.standards[standard] for standard in one.round.standards]
    return assess_levels(one, standards, SCHEME, LEVELS, former)


@pytest.mark.parametrize("sample", SAMPLES[:3], ids=lambda path: path.stem)
def test_an_edit_and_its_undoing_are_judged_as_anew(sample):
    before = read_submission_file(sample, LIBRARY)
    judged = everything(before)
    for after in edits(before):
        anew = everything(after)
        assert everything(after, Formerly(before, judged["county"])) == anew
        assert everything(before, Formerly(after, anew["county"])) == judged


def test_a_row_that_another_contradicts_is_judged_though_its_own_answer_stands():
    before = read_submission_file(SAMPLES[0], LIBRARY)
    nil = replace(before.answers["4.2.2"], nil_return=next(iter(before.evidence)))
    after = with_answer(before, "4.2.2", nil, veto=False)  # 报告情况填“无此情形”，4.3.1 却有通报的个案
    judged, anew = everything(before), everything(after)
    codes = {reason.code for reason in anew["county"].standards["national-2018"].indicators["4.3.1"].reasons}
    assert codes & set(AT_ODDS_CODES)
    assert everything(after, Formerly(before, judged["county"])) == anew
    assert everything(before, Formerly(after, anew["county"])) == judged


def test_only_the_row_that_was_changed_is_judged(monkeypatch):
    before = read_submission_file(SAMPLES[0], LIBRARY)
    judged, asked = everything(before)["county"], []
    monkeypatch.setattr(judging, "judge_veto", lambda row, *_: asked.append(row.id))
    real = judging.judge_indicator
    monkeypatch.setattr(judging, "judge_indicator", lambda row, *given: asked.append(row.id) or real(row, *given))
    quiet = [
        one.id
        for one in judged.standards["national-2018"].indicators.values()
        if not any(reason.code in AT_ODDS_CODES for reason in one.reasons)
    ]
    note = replace(before.answers[quiet[0]], note="另附说明")
    everything(with_answer(before, quiet[0], note, veto=False), Formerly(before, judged))
    assert set(asked) == {quiet[0]}
