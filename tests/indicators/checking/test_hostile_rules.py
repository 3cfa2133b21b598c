"""A draft made to keep the reader busy: twice as much of it is twice as much work, not four times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.indicators.rules_folder import RulesFolder
from tests.work import work

NOTES = "notes: [本标准为虚构]"
STATEMENT = "照料比例不低于70%，不得高于平均比例。"
SIZES = (100, 200, 400)
MOST = 2.5  # times as much work for the second step, which is twice the first; what looks at every pair takes 4


def figures_of_a_check(rules: RulesFolder, how_many: int) -> None:
    named = ", ".join(f"{{fact: fact_{number}}}" for number in range(how_many))
    check = f"  - {{id: a, left: [{named}], is: equal, right: [{{fact: townships}}], says: 说明}}"
    rules.replace("base-2020/standard.yaml", NOTES, f"{NOTES}\ncross_checks:\n{check}")


def words_that_are_no_quantity(rules: RulesFolder, how_many: int) -> None:
    words = [f"{10_000 + number}号" for number in range(how_many)]
    excused = "".join(f"\n      {word}: 编号" for word in words)
    rules.replace(
        "base-2020/1.1-care.yaml",
        f"    statement: {STATEMENT}",
        f"    statement: {''.join(words)}{STATEMENT}\n    not_figures:{excused}",
    )


def words_of_every_length(rules: RulesFolder, how_many: int) -> None:
    """They stand everywhere and overlap: found one by one, each is found at nearly every place."""
    excused = "".join(f"\n      {'第一' * count}: 编号" for count in range(1, how_many + 1))
    rules.replace(
        "base-2020/1.1-care.yaml",
        f"    statement: {STATEMENT}",
        f"    statement: {'第一' * how_many}{STATEMENT}\n    not_figures:{excused}",
    )


@pytest.mark.parametrize("make", [figures_of_a_check, words_that_are_no_quantity, words_of_every_length])
def test_twice_as_much_is_twice_as_much_work(make: Callable[[RulesFolder, int], None], rules: RulesFolder) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in rules.root.rglob("*.yaml")}

    def work_of(how_many: int) -> int:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
        make(rules, how_many)
        return work(rules.problems)

    work_of(1)  # what is kept from the first time on is no part of it
    few, more, many = (work_of(how_many) for how_many in SIZES)
    assert many - more < MOST * (more - few)
