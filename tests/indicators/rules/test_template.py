"""The template an author copies is itself good: dropped in beside the product's rules it passes the check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators.checking.kinds import KINDS
from indicators.cli import main
from indicators.installation import OWN_RULES
from indicators.library import load_library
from indicators.model import Library

TEMPLATE = Path(__file__).parents[3] / "docs" / "rules-template"
MINE = "my-standard-2026"


@pytest.fixture(scope="module")
def rules(tmp_path_factory) -> Path:
    """What step 1 of the template's own README says: the product's folder, and the template laid into it."""
    folder = Path(shutil.copytree(OWN_RULES, tmp_path_factory.mktemp("template") / "my-rules"))
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def library(rules: Path) -> Library:
    return load_library(rules)


def test_the_template_passes_the_check(rules, capsys):
    assert main(["check", "--rules", str(rules)]) == 0
    said = capsys.readouterr().out
    assert f"{MINE}  我的标准（样例）（4条指标、1条一票否决）" in said
    assert f"叠加于 {MINE}" in said


def test_it_shows_every_kind_of_measure_fact_and_commitment(library):
    standard, policy = library.standards[MINE], library.policies["my-policy-2026"]
    assert {measure.kind for row in standard.rows() for measure in row.measures} == set(KINDS)
    assert {fact.kind for fact in standard.facts.values()} == {"number", "yes_no", "choice", "judged"}
    shown = {one.kind for clause in policy.clauses for one in clause.commitments}
    assert {"amount", "ratio", "deadline"} <= shown


def test_it_can_share_a_round_with_the_national_standard(library):
    own = {row.id for row in library.standards[MINE].rows()}
    assert not own & {row.id for row in library.standards["national-2018"].rows()}


def test_the_overlay_changes_drops_and_inherits(library):
    base, overlay = library.standards[MINE], library.standards["my-overlay-2026"]
    assert [row.id for row in overlay.rows()] == ["6.1.1", "6.1.2", "6.1.4", "V4"]
    assert overlay.row("6.1.2").measures[0].require.at_least.number == 90
    assert overlay.row("6.1.4").statement == base.row("6.1.4").statement


def test_the_comments_are_in_chinese_and_on_every_file():
    for path in TEMPLATE.rglob("*.yaml"):
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if "#" in line]
        assert comments, path.name
        assert all(any("一" <= character <= "鿿" for character in line) for line in comments)
