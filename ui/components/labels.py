"""Words for identifiers: the closed vocabulary's, and short names where a full title is too long."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.model import Indicator, Measure, Standard
from scoring.assessment import Reason
from ui.components import verbatim
from ui.rules import library

MEASURE_STATES = {
    "holds": "符合",
    "fails": "不符",
    "missing": "缺项",
    "open": "待判断",
    "not_asked": "不需填",
    "settled": "无此情形",
}
BASES = {"document": "文件", "tool": "本工具"}
_SUBJECT = "农村留守儿童"
_OURS = "（本工具读法）"


def word(list_name: str, identifier: str) -> str:
    """The vocabulary's Chinese word."""
    return library().vocabulary.label(list_name, identifier)


def state_word(row: Indicator, state: str) -> str:
    """A verdict or, for a veto, its state."""
    return word("veto_states" if row.consequence == "veto" else "verdicts", state)


def short_name(standard: Standard) -> str:
    """全国标准, 全省标准: what the title says before its subject; the whole title where it has another form."""
    reach, subject, _ = standard.title.partition(_SUBJECT)
    return f"{reach}标准" if reach and subject else standard.title


def row_name(row: Indicator) -> str:
    """指标 3.3.2, 一票否决 V1."""
    return f"一票否决 {row.id}" if row.consequence == "veto" else f"指标 {row.id}"


def judgement_word(row: Indicator, measure: Measure, fulfilled: bool | None) -> str:
    """做到, 没有做到; for a veto, whether the circumstance its last quoted words name is there: 未造成恶劣影响."""
    if fulfilled is None:
        return "未判断"
    if row.consequence != "veto":
        return "做到" if fulfilled else "没有做到"
    circumstance = measure.quotes[-1] if measure.quotes else "存在该情形"
    return f"未{circumstance}" if fulfilled else circumstance


def without_ours(text: str) -> str:
    """A text that is all ours, for beside a label that already says so: without its （本工具读法）."""
    return text.replace(_OURS, "")


def reason_words(reason: Reason) -> str:
    """A reason's sentence for beside its 依据：本工具; only our own last mark goes, a county's words in it stay."""
    if reason.basis != "tool":
        return reason.text
    before, _, after = reason.text.rpartition(f"{_OURS}。")
    return f"{before}。{after}" if before else reason.text


def chip(row: Indicator, state: str, words: str | None = None) -> str:
    """HTML of a verdict in its colour; the word is always there, ``words`` where the state's own says too little."""
    shown = verbatim.markup(words or state_word(row, state))
    return f'<span class="dc-chip dc-s-{verbatim.markup(state)}">{shown}</span>'


def tag(words: str, kind: str = "plain") -> str:
    """HTML of a small label."""
    return f'<span class="dc-tag dc-tag-{kind}">{verbatim.markup(words)}</span>'


def tags(words: Iterable[str], kind: str = "plain") -> str:
    """HTML of several small labels."""
    return "".join(tag(one, kind) for one in words)
