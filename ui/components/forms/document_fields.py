"""The fields of a document of the register, and the place of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

import streamlit as st

from scoring.entry.register import TypedEvidence, names_a_month
from scoring.submission import EVIDENCE_COLUMNS, EvidenceItem, Submission
from ui.components import labels, verbatim
from ui.components.forms.aside import aside
from ui.components.forms.form import Form
from ui.components.forms.pad import EntryName
from ui.components.forms.raw import or_none
from ui.rules import library
from workflow.file_text.proposing import kind_in

TYPED = {name: column for name, column in EVIDENCE_COLUMNS.items() if column.typed}
FILE = "file"
DOCUMENT = "document"  # of an address: which one of the register is open
# Of nine parts of a line of the form; three where nothing is said.
_LINE, _WIDTH = 9, 3
_WIDTHS = {"title": 5, "kind": 4, "document_number": 4, "date": 2, "valid_until": 2, "pages": 1, "box": 2, "order": 1}
_EXAMPLES = {"date": "2017-09-01 或 2017-09", "valid_until": "有期限的填写"}
_MONTH_ONLY = "只写到月的，当月有一天在应有的日期以内即可；知道哪一天的，请写到日。"
_UNCHOSEN = "请选择"
_PROPOSED, _MOST = ("issuer", "holder"), 60


class FileSlot(Protocol):
    """Where the documents' own files are kept; a submission in memory has none."""

    def show(self, item_id: str | None, item: EvidenceItem, key: str) -> str:
        """The file that is there and a place to choose another; the name of the one chosen, empty for none."""

    def take(self, item_id: str, key: str) -> tuple[str, str] | None:
        """Keep the chosen file: its name and SHA-256; None when none was chosen. Raises Refused."""

    def address(self, item_id: str, item: EvidenceItem) -> str | None:
        """Where the file can be fetched."""

    def form_address(self, item_id: str) -> str:
        """Where the document's own form is: its date, its kind."""

    def lacks(self, item: EvidenceItem) -> bool:
        """Whether the entry names a file that nobody uploaded."""

    def told(self) -> tuple[str, ...]:
        """Sentences on documents and files that may name somebody, or that nobody could look into."""

    def is_own(self, item_id: str) -> bool:
        """Whether the person registered the document."""


def document_fields(
    form: Form, stored: TypedEvidence, entry: EntryName | None = None, *, unchosen: str = ""
) -> TypedEvidence:
    """Draw the columns a person types; what stands in them. ``entry``: the document, where it is not the form's own.

    ``unchosen``: what is taken where nothing is chosen from a list; without it the kind is the one the title names.
    """
    cells: dict[str, str] = {}
    for names in _lines():
        widths = [_WIDTHS.get(name, _WIDTH) for name in names]
        spare = _LINE - sum(widths)
        for name, place in zip(names, st.columns([*widths, spare] if spare else widths), strict=False):
            with place:
                cells[name] = document_field(form, name, stored.cells, entry, unchosen or kind_words(cells))
    return TypedEvidence(cells if unchosen else with_kind(cells))


def kind_words(cells: Mapping[str, str]) -> str:
    """What is taken where no kind is chosen: the one the title typed before names."""
    named = kind_in(cells.get("title", ""))
    return f"照题名（{labels.word('evidence_kinds', named)}）" if named else ""


def with_kind(cells: Mapping[str, str]) -> dict[str, str]:
    """The fields with that kind where none is chosen."""
    return {**cells, "kind": cells.get("kind") or kind_in(cells.get("title", ""))}


def document_field(
    form: Form, name: str, stored: Mapping[str, str], entry: EntryName | None = None, unchosen: str = "", *,
    example: str = "",
) -> str:  # fmt: skip
    """Draw one column; what stands in it. ``unchosen``: what is taken where nothing is chosen from a list;
    ``example``: shown in an empty text."""
    column, there = TYPED[name], stored.get(name, "")
    label = f"{column.label}（{column.hint}）" if column.hint else column.label
    if column.options:
        words = or_none(_UNCHOSEN, library().vocabulary.lists[column.options])
        chosen = form.choice(name, label, words, there or None, entry=entry, folded=True) or ""
        if unchosen and not chosen and not form.is_aside:
            # 不写进选项里：选项的字一变，浏览器送回的就成了没有的选项
            st.caption(f"不选的，{verbatim.markdown(unchosen)}")
        return chosen
    typed = form.text(name, label, there, entry=entry, example=example or _EXAMPLES.get(name, ""))
    if name == "date" and not form.is_aside and names_a_month(typed):
        st.caption(_MONTH_ONLY)
    return typed


def proposals(form: Form, submission: Submission, *entries: EntryName) -> None:
    """What was typed before for documents' issuers and holders: a field's list, which is shown as one types.

    `web/assets/proposals.js` ties the lists to the fields.
    """
    lists = []
    for column in _PROPOSED:
        said = Counter(text for item in submission.evidence.values() if (text := getattr(item, column)))
        options = "".join(f'<option value="{verbatim.markup(text)}"></option>' for text, _ in said.most_common(_MOST))
        keys = [form.pad.key(entry, column) for entry in entries]
        if options:
            lists.append(f'<datalist id="proposed-{keys[0]}" data-fields="{" ".join(keys)}">{options}</datalist>')
    if lists and aside() is None:
        st.html("".join(lists))


def not_there(name: str) -> str:
    """What is told of a file that was chosen and has not arrived."""
    return (
        f"您选择的文件“{name}”没有上传：超过大小限制、类型不符，或者页面曾经重新打开。材料没有保存。"
        "请重新选择文件；不附文件的，按“放弃修改”后重新填写。"
    )


def _lines() -> list[list[str]]:
    """The typed columns, as many on a line as it holds."""
    lines: list[list[str]] = [[]]
    for name in TYPED:
        if sum(_WIDTHS.get(other, _WIDTH) for other in (*lines[-1], name)) > _LINE:
            lines.append([])
        lines[-1].append(name)
    return lines
