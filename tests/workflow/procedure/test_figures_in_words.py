"""The sentence of an assessment's figures in an opinion: what is passed first, and at a review level in its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.judging.assess import assess
from workflow.procedure.reviewing import figures_sentences

LIBRARY = load_library()
STANDARD = LIBRARY.standards["national-2018"]
SAMPLES = Path(__file__).parents[3] / "sample_submissions"
WHOLE = replace(read_submission_file(SAMPLES / "01-fully-eligible.yaml", LIBRARY), findings={})


def sentence(submission, level):
    assessment = assess(submission, (STANDARD,), LIBRARY.schemes["equal"], level)
    return figures_sentences(assessment, (STANDARD,)).removeprefix(f"对照《{STANDARD.title}》，")


def test_everything_passed_is_one_figure():
    assert sentence(WHOLE, "county") == "45项指标均达标，一票否决情形3项均无。"


def test_what_is_not_passed_follows_what_is():
    answers = {row_id: answer for row_id, answer in WHOLE.answers.items() if row_id != "3.3.2"}
    answers["1.1.1"] = replace(answers["1.1.1"], claim="not_met")
    vetoes = {row_id: answer for row_id, answer in WHOLE.vetoes.items() if row_id != "V2"}
    told = sentence(replace(WHOLE, answers=answers, vetoes=vetoes), "county")
    assert told == "45项指标中达标43项、未达标1项、未填1项，一票否决情形V2未能排除。"


def test_without_a_finding_a_row_is_not_yet_found_on_at_a_review_level():
    assert sentence(WHOLE, "prefecture") == "45项指标中尚未认定45项，一票否决情形V1、V2、V3未能排除。"
