"""The filled sample beside the rules template: an author's first trial judges a county that meets it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from indicators.installation import OWN_RULES
from scoring.cli import main

DOCS = Path(__file__).parents[3] / "docs"
SAMPLE = str(DOCS / "rules-template-sample.yaml")


@pytest.fixture(scope="module")
def rules(tmp_path_factory) -> str:
    folder = Path(shutil.copytree(OWN_RULES, tmp_path_factory.mktemp("sample") / "my-rules"))
    shutil.copytree(DOCS / "rules-template", folder, dirs_exist_ok=True)
    return str(folder)


def said(*arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    code = main(list(arguments), out, err)
    assert (code, err.getvalue()) == (0, "")
    return out.getvalue()


def test_the_sample_meets_the_template_standard(rules):
    assert "结论：符合申报条件" in said(SAMPLE, "--standard", "my-standard-2026", "--rules", rules)


def test_the_rehearsed_overlay_changes_its_verdict(rules):
    told = said("rehearse", "my-overlay-2026", "--against", SAMPLE, "--rules", rules)
    assert "走访的村数 85/100（85%），低于 90%" in told
