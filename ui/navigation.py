"""The pages there are: the one table from which the menu is built and the web layer knows which addresses exist."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "示范县申报评估"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address (empty = the first page), its script below ``ui/`` and its name in the menu."""

    path: str
    script: str
    title: str


JUDGE = Page("", "screens/judge.py", "评估结果")
INDICATOR = Page("indicator", "screens/indicator.py", "逐项填报")
COUNTY = Page("county", "screens/county.py", "县情数据")
EVIDENCE = Page("evidence", "screens/evidence.py", "佐证材料")
FORM = Page("form", "screens/form.py", "申报表")

PAGES: tuple[Page, ...] = (JUDGE, INDICATOR, COUNTY, EVIDENCE, FORM)
