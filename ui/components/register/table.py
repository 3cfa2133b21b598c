"""The register as a table with its words whole: searched, filtered, sorted; what each document is used for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from scoring.days import first_day
from scoring.entry.uses import Use, uses
from scoring.submission import EvidenceItem
from ui.components import labels, places, verbatim
from ui.components.forms.document_fields import TYPED, FileSlot
from ui.components.forms.submission_forms import SubmissionForms

# A table of twelve columns is wider than any screen: these share one, one under the other.
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "题名、种类": ("title", "kind"),
    "文号、责任者": ("document_number", "issuer"),
    "日期": ("date", "valid_until"),
    "保管单位、盒号": ("holder", "box", "order"),
}
_SHARING = frozenset(name for names in _TOGETHER.values() for name in names)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **_TOGETHER,
    **{column.label: (name,) for name, column in TYPED.items() if name not in _SHARING},
}
_NAMED = frozenset({"valid_until", "box", "order"})  # one would not know what the text is
_LACKING = "附件"  # a column only where something is amiss
_ALL, _UNUSED, _FILELESS, _OWN = "全部", "没有用于任何指标的", "没有附文件的", "我登记的"
_FIGURES = re.compile("([0-9]+)")


class _Line(NamedTuple):
    """A document with what its line says."""

    id: str
    item: EvidenceItem
    cells: Mapping[str, str]
    used_for: tuple[Use, ...]


_ORDERS: Mapping[str, Callable[[_Line], tuple[object, ...]]] = {
    "编号": lambda line: natural(line.id),
    "题名": lambda line: (line.cells["title"],),
    "日期（新的在前）": lambda line: (-first_day(line.item.date).toordinal() if line.item.date else 0,),
    "种类": lambda line: (_last_if_empty(line.cells["kind"]),),
    "文号": lambda line: (_last_if_empty(line.cells["document_number"]), natural(line.cells["document_number"])),
    "保管单位、盒号": lambda line: tuple(
        (not line.cells[n], natural(line.cells[n])) for n in ("holder", "box", "order")
    ),
}


def register_table(forms: SubmissionForms, files: FileSlot | None) -> None:
    """The documents that were looked for, with the fields that say which."""
    lines = _lines(forms)
    with st.container(key="register-choice"):
        searching, filtering, sorting = st.columns([4, 3, 3])
    search = searching.text_input("查找", placeholder="题名、文号、责任者、指标编号等", key="register-search")
    kinds = [_ALL, _UNUSED, *([_FILELESS, _OWN] if files is not None else [])]
    wanted = filtering.selectbox("只看", kinds, key="register-filter")
    order = sorting.selectbox("排序", list(_ORDERS), key="register-order")
    shown = [line for line in lines if _is_wanted(line, wanted, files) and _is_found(line, search)]
    if not shown:
        st.info("没有符合条件的材料。请改动“查找”或“只看”。")
        return
    if len(shown) < len(lines):
        st.html(f'<p class="dc-quiet" role="status">符合条件的 {len(shown)} 件，共 {len(lines)} 件。</p>')
    st.html(_table(sorted(shown, key=_ORDERS[order]), files))


def natural(text: str) -> tuple[tuple[str, int], ...]:
    """For sorting: E9 before E10."""
    parts = _FIGURES.split(text)
    return tuple((word, int(figure or 0)) for word, figure in zip(parts[::2], [*parts[1::2], ""], strict=True))


def _last_if_empty(text: str) -> tuple[bool, str]:
    return not text, text


def _lines(forms: SubmissionForms) -> list[_Line]:
    """By number."""
    used = uses(forms.submission, forms.standards)
    register = sorted(forms.submission.evidence.items(), key=lambda entry: natural(entry[0]))
    return [_Line(id_, item, labels.register_cells(item), used.get(id_, ())) for id_, item in register]


def _is_wanted(line: _Line, wanted: str, files: FileSlot | None) -> bool:
    if wanted == _UNUSED:
        return not line.used_for
    if files is None or wanted == _ALL:
        return True
    return files.is_own(line.id) if wanted == _OWN else files.address(line.id, line.item) is None


def _is_found(line: _Line, search: str) -> bool:
    """Whether every word that is looked for stands somewhere in the line."""
    text = _folded(" ".join((line.id, *line.cells.values(), *map(str, line.used_for), line.item.file or "")))
    return all(word in text for word in _folded(search).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _table(lines: Sequence[_Line], files: FileSlot | None) -> str:
    """In a frame of its own height."""
    lacking = files is not None and any(files.lacks(line.item) for line in lines)
    names = ("编号", *_COLUMNS, "用于", *(("文件",) if files else ()), *((_LACKING,) if lacking else ()))
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(_row(line, files, lacking=lacking) for line in lines)
    listed = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<table class="dc-table dc-verbatim dc-register">{listed}</table>'
    return f'<div class="dc-frame" role="region" aria-label="佐证材料目录" tabindex="0">{table}</div>'


def _cell(line: _Line, names: Sequence[str]) -> str:
    """Several columns of a document under one another, named where one would not know."""
    words = (
        verbatim.markup(f"{TYPED[name].label} {line.cells[name]}" if name in _NAMED else line.cells[name])
        for name in names
        if line.cells[name]
    )
    return "<br>".join(words)


def _row(line: _Line, files: FileSlot | None, *, lacking: bool) -> str:
    used_for = "；".join(verbatim.markup(str(use)) for use in line.used_for)
    cells = [verbatim.markup(line.id), *(_cell(line, names) for names in _COLUMNS.values()), used_for]
    if files is not None:
        address = files.address(line.id, line.item)
        cells.append(places.link(address, "下载", elsewhere=True) if address else "")
    if lacking and files is not None:
        cells.append("文件未上传" if files.lacks(line.item) else "")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
