"""The product's rules with a third standard and a second scheme dropped in: YAML files alone, not a line of code."""

from __future__ import annotations

import shutil
from pathlib import Path

from indicators.installation import OWN_RULES

HERE = Path(__file__).parent
STANDARD, SCHEME = "township-demo", "points-demo"
SUBMISSIONS = HERE / "submissions"
ELIGIBLE = SUBMISSIONS / "eligible.yaml"


def dropped_in(folder: Path) -> Path:
    """A rules folder made of the product's own, the township standard, its word list and its scheme."""
    rules = Path(shutil.copytree(OWN_RULES, folder / "rules", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    shutil.copytree(HERE / STANDARD, rules / STANDARD)
    shutil.copy(HERE / "schemes" / f"{SCHEME}.yaml", rules / "schemes")
    words = rules / "vocabulary.yaml"
    added = (HERE / "vocabulary-added.yaml").read_text(encoding="utf-8")
    words.write_text(words.read_text(encoding="utf-8") + added, encoding="utf-8")
    return rules
