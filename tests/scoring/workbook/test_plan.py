"""Every cell of the workbook, filled in by hand over an empty county, gives the whole of what the county says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.submission import Judged, Local, Submission
from scoring.workbook.applying import apply_changes
from scoring.workbook.plan import Key, first_spare, sheets_of

SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
LIBRARY = load_library(None)


@cache
def sample(path: Path) -> Submission:
    return read_submission_file(path, LIBRARY)


def texts(submission: Submission) -> dict[Key, str]:
    planned = sheets_of(submission, LIBRARY, None, first_spare(submission))
    return {fill.key: fill.text for sheet in planned for line in sheet.lines for fill in line.fills}


def county_part(submission: Submission) -> Submission:
    """Without what is no part of the workbook, lists of ticks in the rules' order."""
    evidence = {name: replace(item, file=None, sha256=None) for name, item in submission.evidence.items()}
    answers, vetoes = (
        {row: replace(answer, measures={m: _sorted(figure) for m, figure in answer.measures.items()})
         for row, answer in those.items()}
        for those in (submission.answers, submission.vetoes)
    )  # fmt: skip
    return replace(
        submission, shows=None, findings={}, site_visits=(), opinions={}, local=Local(), evidence=evidence,
        answers=answers, vetoes=vetoes, facts={k: v for k, v in submission.facts.items() if _asked(k, v)},
    )  # fmt: skip


def _asked(fact: str, value: object) -> bool:
    return fact != "applies_as" and value != Judged()


def _sorted(figure: object) -> object:
    return tuple(sorted(figure)) if isinstance(figure, tuple) else figure


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_cell_typed_over_an_empty_county_is_the_sample(path: Path) -> None:
    whole = sample(path)
    empty = Submission(whole.round, whole.division)
    typed = {key: text for key, text in texts(whole).items() if text}
    assert len(typed) > 10
    filled, refusals = apply_changes(empty, LIBRARY, typed)
    assert not refusals
    assert county_part(filled) == county_part(whole)


@pytest.mark.parametrize("path", SAMPLES[:2], ids=lambda path: path.stem)
def test_every_cell_cleared_leaves_an_empty_county(path: Path) -> None:
    whole = sample(path)
    cleared = {key: "" for key, text in texts(whole).items() if text and key[0] != "evidence"}
    emptied, refusals = apply_changes(whole, LIBRARY, cleared)
    assert not refusals
    assert (emptied.answers, emptied.vetoes, emptied.form) == ({}, {}, type(whole.form)())
