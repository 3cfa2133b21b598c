"""地方文件对照表 on paper: every promise and every figure there, nothing of it taken for a verdict."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from indicators import load_library
from scoring.exchange import read_submission_file
from scoring.local import local_profile
from scoring.submission import Judgement, Local
from templates.cli import main
from templates.local_sheet import render_local

LIBRARY = load_library()
SAMPLES = sorted((Path(__file__).parents[2] / "sample_submissions").glob("*-local-*.yaml"))
STATES = LIBRARY.vocabulary.lists["local_states"]


def printed(submission):
    standards = [LIBRARY.standards[one] for one in submission.round.standards]
    profile = local_profile(submission, LIBRARY.policies, standards)
    return profile, render_local(submission, profile, STATES)


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_promise_figure_and_warning_is_on_the_paper(path):
    submission = read_submission_file(path, LIBRARY)
    profile, book = printed(submission)
    text = words(book.pdf)
    assert "不影响示范县评估结论" in text
    assert "“县里”一行是本县所填" in text
    assert submission.division.name in text
    for one in profile.documents[0].checks:
        assert "".join(one.commitment.object.split()) in text, one.id
        assert STATES[one.state] in text
        if one.figure:
            assert "".join(one.figure.split()) in text, one.id
    for warning in profile.shortfalls:
        assert "".join(warning.shortfall.note.split())[:12] in text
    # 每处读法标明一次：在条款处一次，末尾汇总一次；首页的说明另有一次
    marked = sum(
        text.count(f"本工具读法：{warning.clause.id}写")
        for warning in {w.clause.id: w for w in profile.shortfalls}.values()
    )
    assert marked == 2 * len(profile.shortfalls)
    assert "（本工具读法）" not in text
    assert book.missing_glyphs == ()


def test_the_same_answers_give_the_same_bytes_and_others_another_fingerprint():
    submission = read_submission_file(SAMPLES[0], LIBRARY)
    assert printed(submission)[1].pdf == printed(submission)[1].pdf
    other = replace(submission, local=replace(submission.local, answers={}))
    assert printed(other)[1].pdf != printed(submission)[1].pdf


def test_a_reason_that_is_hostile_prints_as_it_stands():
    submission = read_submission_file(SAMPLES[0], LIBRARY)
    answers = {"xuchang-2017-38": {"coordination": Judgement(fulfilled=True, reason="<b>粗</b>\n" + "长" * 900)}}
    _, book = printed(replace(submission, local=Local(("xuchang-2017-38",), answers)))
    assert "<b>粗</b>" in words(book.pdf)


def test_the_command_prints_it(tmp_path):
    target = tmp_path / "out.pdf"
    assert main(["local", str(SAMPLES[0]), "-o", str(target)], io.StringIO()) == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_county_under_no_document_is_told_what_to_write(tmp_path):
    said = io.StringIO()
    path = SAMPLES[0].parent / "01-fully-eligible.yaml"
    assert main(["local", str(path), "-o", str(tmp_path / "out.pdf")], said) == 2
    for words in ("没有适用于本县的地方文件", "local: {policies: [文件编号]}", "xuchang-2017-38（许政办〔2017〕38号）"):
        assert words in said.getvalue()
    assert "state-council" not in said.getvalue(), "a document that binds everyone is no county's local one"
    assert not (tmp_path / "out.pdf").exists()
