"""地方文件对照 of ``python -m scoring``: a section of its own that decides nothing, and an additive ``local``."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from scoring.cli import main

SAMPLES = Path(__file__).parents[3] / "sample_submissions"
LOCAL = sorted(SAMPLES.glob("*-local-*.yaml"))


def run(*arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert main(arguments, out, err) == 0, err.getvalue()
    return out.getvalue()


@pytest.mark.parametrize("path", LOCAL, ids=lambda path: path.stem)
def test_the_section_stands_after_the_verdicts_and_says_that_it_decides_nothing(path):
    text = run(str(path))
    verdicts, _, local = text.partition("地方文件对照（不影响评估结论）：\n")
    assert "结论：" in verdicts
    assert "结论：" not in local
    assert "[未达到]" in local
    assert "[低于标准原文]" in local


@pytest.mark.parametrize("path", LOCAL, ids=lambda path: path.stem)
def test_the_json_holds_every_check_with_its_words(path):
    shown = json.loads(run(str(path), "--json"))
    (document,) = shown["local"]["policies"]
    assert sum(document["counts"].values()) == len(document["checks"])
    for one in document["checks"]:
        assert set(one) >= {"id", "clause", "object", "kind", "state", "figure", "promise", "quote", "reads", "text"}
        assert one["text"].startswith(one["clause"])
        assert (one["next_step"] is None) == (one["state"] in {"kept", "not_due"}), one["id"]
    assert document["shortfalls"]


def test_a_county_under_no_local_document_has_an_empty_local_and_no_section():
    path = str(SAMPLES / "08-city-district.yaml")
    assert json.loads(run(path, "--json"))["local"] == {"policies": [], "notes": []}
    assert "地方文件对照" not in run(path).partition("\n")[2]


def test_what_is_given_and_not_used_is_said():
    path = str(SAMPLES / "13-local-youyang.yaml")
    (note,) = json.loads(run(path, "--json"))["local"]["notes"]
    assert "另填的不采用" in note
    assert note in run(path)
