"""A draft made to keep the reader busy: ten times as much of it takes about ten times as long, not a hundred times."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.indicators.rules_folder import RulesFolder

NOTES = "notes: [本标准为虚构]"
STATEMENT = "照料比例不低于70%，不得高于平均比例。"
FEW, MANY = 300, 3000
MOST = 40  # times as long; what looks at every pair takes 100


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


@pytest.mark.parametrize("make", [figures_of_a_check, words_that_are_no_quantity])
def test_ten_times_as_much_takes_no_hundred_times_as_long(
    make: Callable[[RulesFolder, int], None], rules: RulesFolder
) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in rules.root.rglob("*.yaml")}

    def seconds(how_many: int) -> float:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
        make(rules, how_many)
        start = time.process_time()
        rules.problems()
        return time.process_time() - start

    few = min(seconds(FEW) for _ in range(3))
    assert seconds(MANY) < MOST * few


def words_of_every_length(rules: RulesFolder, repeated: str) -> None:
    excused = "".join(f"\n      {repeated * count}: 编号" for count in range(1, 100))
    rules.replace(
        "base-2020/1.1-care.yaml",
        f"    statement: {STATEMENT}",
        f"    statement: {'第一' * 10_000}{'第二' * 100}{STATEMENT}\n    not_figures:{excused}",
    )


def test_words_that_stand_everywhere_and_overlap_cost_as_little_as_words_that_stand_once(rules: RulesFolder) -> None:
    path = rules.root / "base-2020/1.1-care.yaml"
    before = path.read_text(encoding="utf-8")

    def seconds(repeated: str) -> float:
        path.write_text(before, encoding="utf-8")
        words_of_every_length(rules, repeated)
        start = time.process_time()
        rules.problems()
        return time.process_time() - start

    once = min(seconds("第二") for _ in range(2))
    assert seconds("第一") < 2 * once  # finding them one by one took more than four times as long
