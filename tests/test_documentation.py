"""What an author or operator may write is documented, and nothing is documented that does not exist."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indicators import load_library
from indicators.building import schema_documents
from indicators.building.schema import Closed
from indicators.building.schema_types import CONDITION_TESTS
from indicators.checking.documents import _FIXED
from indicators.checking.kinds import KINDS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "writing-a-standard.md").read_text(encoding="utf-8")
_CODE = re.compile(r"`([^`]*)`")


def table(marker: str) -> dict[str, str]:
    """First column (without its backticks) → the whole row, of the table after ``<!-- marker -->``."""
    assert PAGE.count(f"<!-- {marker} -->") == 1, marker
    lines = PAGE.partition(f"<!-- {marker} -->\n")[2].lstrip("\n").splitlines()
    rows: dict[str, str] = {}
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        (key,) = _CODE.findall(line.split("|")[1])
        assert key not in rows, (marker, key)
        rows[key] = line
    return rows


def shapes() -> list[type[Closed]]:
    """Every closed shape of a rules file."""
    assert schema_documents
    return sorted(Closed.__subclasses__(), key=lambda shape: shape.__name__)


def literals(kind: object) -> Iterator[str]:
    """The words a closed choice allows, wherever they stand in the annotation."""
    if typing.get_origin(kind) is typing.Literal:
        yield from (one for one in typing.get_args(kind) if isinstance(one, str))
    else:
        for part in typing.get_args(kind):
            yield from literals(part)


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_every_key_of_a_rules_file_is_documented_and_no_other(shape):
    keys = {field.alias or name for name, field in shape.model_fields.items()}
    assert set(table(f"keys: {shape.__name__}")) == keys


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_every_word_that_a_key_allows_is_documented_beside_it(shape):
    rows = table(f"keys: {shape.__name__}")
    for name, field in shape.model_fields.items():
        row = rows[field.alias or name]
        missing = set(literals(field.annotation)) - set(_CODE.findall(row))
        assert not missing, (name, missing)


def test_no_shape_is_documented_that_does_not_exist():
    named = set(re.findall(r"<!-- keys: (\w+) -->", PAGE))
    assert named == {shape.__name__ for shape in shapes()}


def test_the_table_of_kinds_says_what_each_needs_and_may_have():
    rows = table("kinds")
    assert set(rows) == set(KINDS)
    for kind, keys in KINDS.items():
        _, _, _, needs, may, _ = rows[kind].split("|")
        if kind == "coverage":  # one of two wholes; `kinds` tells them apart in code
            assert set(_CODE.findall(needs)) == {"of", "whole"}
            assert set(_CODE.findall(may)) == keys.may - {"of", "whole"}
        else:
            assert set(_CODE.findall(needs)) == keys.needs, kind
            assert set(_CODE.findall(may)) == keys.may, kind


def test_conditions_are_documented():
    assert set(table("conditions")) == {"fact", *CONDITION_TESTS, "all", "any"}


def test_every_closed_list_is_documented_and_told_fixed_or_open():
    rows = table("vocabulary")
    assert set(rows) == set(load_library().vocabulary.lists)
    for name, row in rows.items():
        assert ("固定" in row) == (name in _FIXED), name


def test_the_commitments_of_each_shipped_policy_are_counted():
    told = {name: int(number) for name, number in re.findall(r"（([a-z0-9-]+)）(?:\n| )*(\d+) 条", PAGE)}
    policies = load_library().policies.values()
    assert told == {policy.id: sum(len(clause.commitments) for clause in policy.clauses) for policy in policies}


def test_every_relative_link_of_the_documents_leads_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_the_changes_are_told_by_day_the_newest_first():
    days = [
        date.fromisoformat(day)
        for day in re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    ]
    assert days
    assert days == sorted(set(days), reverse=True)


def test_the_licence_leaves_the_fonts_to_theirs_which_lie_beside_them():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n")
    beside = re.findall(r"OFL-\w+\.txt", licence)
    assert len(beside) == 2
    for name in beside:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (ROOT / "templates" / "fonts" / name).read_text(encoding="utf-8")
