"""The table of refusals: every use is in it, every code of it is used, and a code's own sentence gets its fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from workflow.errors import Refused
from workflow.procedure.transitions import Guard
from workflow.refusals import REFUSALS, Code

ROOT = Path(__file__).parents[2]


def refusals_made() -> Iterator[tuple[str, ast.Call]]:
    for room in ("workflow", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def code_of(call: ast.Call) -> str | None:
    """None where it is worked out: a guard's, or that of the first refusal of a save."""
    return call.args[0].value if isinstance(call.args[0], ast.Constant) else None


CALLS = list(refusals_made())


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_table_holds_every_code() -> None:
    assert set(REFUSALS) == set(get_args(Code))


def test_every_code_is_used_and_every_use_is_in_the_table() -> None:
    used = {code_of(call) for _, call in CALLS} - {None}
    assert used | {guard.value for guard in Guard} == set(REFUSALS)
    assert not used & {guard.value for guard in Guard}  # one code, one meaning


def named(call: ast.Call) -> set[str | None]:
    """The fields a refusal names; ``places`` is no field of a sentence, it says which fields of the form to mark."""
    return {keyword.arg for keyword in call.keywords} - {"places"}


@pytest.mark.parametrize("call", [call for _, call in CALLS], ids=[where for where, _ in CALLS])
def test_a_refusal_tells_sentences_of_its_own_or_the_code_s_with_its_fields(call: ast.Call) -> None:
    code = code_of(call)
    if code is None or len(call.args) > 1:
        assert len(call.args) > 1
        assert not named(call)
    else:
        assert REFUSALS[code].says
        assert named(call) == fields(REFUSALS[code].says)


def test_the_sentence_of_the_table_is_told_somewhere() -> None:
    told = {code_of(call) for _, call in CALLS if len(call.args) == 1}
    assert {code for code, refusal in REFUSALS.items() if refusal.says} == told


@pytest.mark.parametrize(("code", "refusal"), REFUSALS.items())
def test_a_refusal_says_what_it_means_and_ends_its_sentence(code, refusal) -> None:
    assert refusal.means
    assert re.fullmatch(r"(.*(。|\{way\}))?", refusal.says)


def test_the_fields_stand_in_the_sentence() -> None:
    refused = Refused("stale", county="甲县")
    assert (refused.code, refused.reasons) == ("stale", ("甲县的申报已由他人办理，环节已变。请刷新页面后再办理。",))
    assert str(Refused("bad_round", "一。", "二。")) == "一。\n二。"
