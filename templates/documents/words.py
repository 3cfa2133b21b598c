"""Words that every ending shows alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from scoring.wording import plain
from templates.application_form.check_sheet import missing_in_words
from templates.documents.model import CellValue


def cell_words(value: CellValue) -> str:
    """A cell where it is words: numbers plain, days as 2018-06-30."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def missing_words(missing: tuple[str, ...]) -> str:
    """What is told of characters that no font has; empty where there are none."""
    return f"以下字符字库中没有，已印作“〓”：{missing_in_words(missing)}。请核对原文。" if missing else ""
