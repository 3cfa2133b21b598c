"""Words for identifiers: the closed vocabulary's, and short names where a full title is too long."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.model import Indicator, Standard
from scoring.assessment import IndicatorResult, Reason, VetoResult
from scoring.entry.register import evidence_cells
from scoring.judging import levels
from scoring.submission import EVIDENCE_COLUMNS, EvidenceItem
from ui.components import verbatim
from ui.rules import library

BASES = {"document": "文件", "tool": "本工具"}
_OURS = "（本工具读法）"


def word(list_name: str, identifier: str) -> str:
    """The vocabulary's Chinese word."""
    return library().vocabulary.label(list_name, identifier)


def words(list_name: str, identifiers: Iterable[str], joined_by: str) -> str:
    """Several of its words, joined: 名册台账或统计表."""
    return joined_by.join(word(list_name, identifier) for identifier in identifiers)


def register_cells(item: EvidenceItem) -> dict[str, str]:
    """The typed columns of a document of the register as people read them, empty where nothing is given."""
    cells = evidence_cells(item)
    chosen = {
        name: word(EVIDENCE_COLUMNS[name].options, cells[name])
        for name in cells
        if cells[name] and EVIDENCE_COLUMNS[name].options
    }
    return cells | chosen


def state_word(row: Indicator, state: str) -> str:
    """A verdict or, for a veto, its state."""
    return word("veto_states" if row.consequence == "veto" else "verdicts", state)


def result_words(row: Indicator, result: IndicatorResult | VetoResult) -> str:
    """The verdict in words; 佐证不足 names what is lacking, a figure or a document.

    A veto without a finding at a review level is 尚未评价. The verdict itself is scoring's.
    """
    return outcome_words(row, result.outcome, [r.code for r in result.reasons if r.effect == "blocks"])


def outcome_words(row: Indicator, outcome: str, blocking: Iterable[str]) -> str:
    """The same of a verdict that is kept with the codes of the reasons that stand in the way."""
    return levels.outcome_words(row, outcome, frozenset(blocking), library().vocabulary)


def short_name(standard: Standard) -> str:
    """云南标准, 全国标准."""
    return standard.short_name


def row_name(row: Indicator) -> str:
    """指标 3.3.2, 一票否决 V1."""
    return f"一票否决 {row.id}" if row.consequence == "veto" else f"指标 {row.id}"


def without_ours(text: str) -> str:
    """A text that is all ours, for beside a label that already says so: without its （本工具读法）."""
    return text.replace(_OURS, "")


def reason_words(reason: Reason, *, advice: bool = True) -> str:
    """A reason's sentence for beside its 依据：本工具; only our own last mark goes, a county's words in it stay.

    Without ``advice`` it says what is open, not what to do in the form: for who does not fill it in.
    """
    text = reason.text if advice else reason.text.removesuffix(reason.next_step or "")
    if reason.basis != "tool":
        return text
    head, _, tail = text.rpartition(f"{_OURS}。")
    return f"{head}。{tail}" if head else text


def chip(row: Indicator, state: str, words: str | None = None) -> str:
    """HTML of a verdict in its colour; the word is always there, ``words`` where the state's own says too little."""
    shown = verbatim.markup(words or state_word(row, state))
    return f'<span class="dc-chip dc-s-{verbatim.markup(state)}">{shown}</span>'


def result_chip(row: Indicator, result: IndicatorResult | VetoResult) -> str:
    """`chip` of what was judged, in `result_words`."""
    return chip(row, result.outcome, result_words(row, result))


def tag(words: str, kind: str = "plain") -> str:
    """HTML of a small label."""
    return f'<span class="dc-tag dc-tag-{kind}">{verbatim.markup(words)}</span>'


def tags(words: Iterable[str], kind: str = "plain") -> str:
    """HTML of several small labels."""
    return "".join(tag(text, kind) for text in words)
