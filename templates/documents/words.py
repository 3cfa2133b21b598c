"""Words that every ending shows alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from scoring.wording import plain
from templates.application_form.check_sheet import missing_in_words
from templates.documents.model import CellValue, Signatures
from templates.text import cleaning

_SIGN_ROOM = 14  # characters to sign in
_DATE = "　　　年　　月　　日"


def cell_words(value: CellValue) -> str:
    """A cell where it is words: numbers plain, days as 2018-06-30."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def signature_words(block: Signatures, line: int) -> Iterator[str]:
    """Line by line. ``line``: how many Chinese characters go on one; places side by side share it evenly."""
    if block.across == 1:
        for one in block.signatures:
            yield f"{cleaning.one_line(one.label)}{'　' * _SIGN_ROOM}{_DATE if one.dated else ''}"
        return
    each = line // block.across
    for first in range(0, len(block.signatures), block.across):
        places = []
        for one in block.signatures[first : first + block.across]:
            label, day = cleaning.one_line(one.label), _DATE if one.dated else ""
            places.append(f"{label}{'　' * max(1, each - len(label) - len(day))}{day}")
        yield "".join(places).rstrip()


def missing_words(missing: tuple[str, ...]) -> str:
    """What is told of characters that no font has; empty where there are none."""
    return f"以下字符字库中没有，已印作“〓”：{missing_in_words(missing)}。请核对原文。" if missing else ""
