"""政策文件: the documents behind the standards, whole, each clause at its place."""

from __future__ import annotations

from ui.components.rules.document_page import document_page
from ui.components.rules.search_box import search_box

if not search_box():
    document_page()
