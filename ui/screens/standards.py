"""标准: the standards as printed, what they ask, what founds them; searched, and side by side."""

from __future__ import annotations

from ui.components.rules.search_box import search_box
from ui.components.rules.standard_page import standard_page

if not search_box():
    standard_page()
