"""地方文件对照表 on paper: every promise and every figure there, nothing of it taken for a verdict."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.local.profile import local_profile
from scoring.submission import Judgement, Local
from templates.books.local_sheet import SheetHead, render_local
from templates.cli import main

LIBRARY = load_library()
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*-local-*.yaml"))
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
    assert "“本县”栏是本县所填" in text
    assert "县里：" not in text
    assert text.count("按地方文件办理的，仍须达到标准原文") == bool(profile.shortfalls)
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


def test_the_sheet_says_of_which_round_place_and_day_it_is_and_whose_each_promise_is():
    submission = read_submission_file(SAMPLES[0], LIBRARY)
    units = {"xuchang-2017-38/crimes_struck": ("甲县公安局", "甲县司法局")}
    head = SheetHead("2018年首批示范县", "演示省演示州甲县", date(2018, 7, 2), units=units)
    text = words(render_local(submission, printed(submission)[0], STATES, head).pdf)
    for said in ("批次2018年首批示范县", "演示省演示州甲县", "打印日期2018年7月2日", "分工：甲县公安局、甲县司法局"):
        assert said in text


@pytest.mark.parametrize(
    ("code", "demo", "marked"), [("990121", False, True), ("411081", True, True), ("411081", False, False)]
)
def test_what_is_invented_says_so_and_nothing_else_does(code, demo, marked):
    submission = read_submission_file(SAMPLES[0], LIBRARY)
    elsewhere = replace(submission, division=replace(submission.division, code=code))
    book = render_local(elsewhere, printed(submission)[0], STATES, SheetHead(demo=demo))
    assert ("演示数据" in words(book.pdf)) is marked


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Judgement(reason="已部署"), "（写了理由，尚未选“做到”或“没有做到”）"),
        (Judgement(fulfilled=True), "（选了“做到”，没有写理由）"),
        (Judgement(fulfilled=False), "（选了“没有做到”，没有写理由）"),
    ],
)
def test_a_judgement_half_made_says_what_is_wanting(answer, said):
    submission = read_submission_file(SAMPLES[0], LIBRARY)
    answers = {"xuchang-2017-38": {"coordination": answer}}
    _, book = printed(replace(submission, local=Local(("xuchang-2017-38",), answers)))
    assert words(book.pdf).count(said) == 1


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
