"""What stands in a row's cells, as HTML: the document's words, what they ask, what founds them, what we add."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from indicators.comparing.text_diff import Piece
from indicators.model import Indicator, Measure, Standard
from indicators.references import CitedPolicy, cited
from indicators.wording import Wording, scope_words
from scoring.kinds.registry import kind_of
from ui.components import labels, places, verbatim
from ui.rules import library

_SPLIT, _LISTED = "本工具按原文拆分", "本工具所列"
_ADVICE = "建议"


def statement(pieces: Sequence[Piece]) -> str:
    """The statement, verbatim; pieces of one side marked."""
    return f'<blockquote class="dc-printed dc-verbatim">{verbatim.marked(pieces)}</blockquote>'


def head(standard: Standard, row: Indicator, beside: str, tags: str = "") -> str:
    """3.3.2 ②, the number a link to the row itself, so that its address can be passed on."""
    own = places.link(places.standard_address(standard.id, row.id, beside), row.id, kind="dc-number")
    return f'<p class="dc-row-no">{own}<span>{verbatim.markup(row.label)}</span>{tags}</p>'


def last_column(row: Indicator, *, named: bool = False) -> str:
    """评估方法 and 责任单位 as printed; ``named``: with the column's name, where it has no column of its own."""
    parts = []
    if row.methods:
        words = "、".join(labels.word("methods", method) for method in row.methods)
        inherited = "<small>原表该格为空，沿用上格</small>" if row.methods_inherited else ""
        parts.append(f"{'<b>评估方法</b> ' if named else ''}{verbatim.markup(words)}{inherited}")
    if row.responsible_units:
        words = "、".join(row.responsible_units)
        parts.append(f"{'<b>责任单位</b> ' if named else ''}{verbatim.markup(words)}")
    return "".join(f'<p class="dc-last">{part}</p>' for part in parts)


def asks(standard: Standard, row: Indicator, other: Collection[str] | None = None) -> str:
    """The measures in words: what is counted, of what, how much, within which scope, and when it is asked.

    ``other``: the measures of the standard beside this one, in words; those not among them are marked.
    """
    words = Wording(standard, library().vocabulary)
    lines = "".join(
        _measure(words, measure, differs=other is not None and words.measure(measure) not in other)
        for measure in row.measures
    )
    when = f"<p>适用条件：{verbatim.markup(words.condition(row.applies_when))}</p>" if row.applies_when else ""
    return f'<div class="dc-asks"><h4>要求{_our(_SPLIT)}</h4>{when}<ul>{lines}</ul></div>'


def _our(words: str) -> str:
    """A quiet mark of ours: it stands in every row, so it must not shout."""
    return f'<span class="dc-our">{words}</span>'


def _measure(words: Wording, measure: Measure, *, differs: bool) -> str:
    of = "＋".join(words.fact(fact) for fact in measure.of) or (measure.whole.label if measure.whole else "")
    if measure.numerator is not None and measure.denominator is not None:
        of = f"{measure.numerator.label} ÷ {measure.denominator.label}"
    threshold = words.threshold(measure)
    small = [
        f"在“{of}”中" if of and measure.numerator is None else of,
        "、".join(measure.items.values()),
        scope_words(measure.scope, library().vocabulary.lists["scope_keys"]),
        f"适用：{words.condition(measure.applies_when)}" if measure.applies_when else "",
    ]
    judged = labels.tag("人工判断", "document") if kind_of(measure).by_person else ""
    notes = "".join(f"<small>{verbatim.markup(text)}</small>" for text in small if text)
    reading = f"<small>本工具读法：{verbatim.markup(labels.without_ours(measure.note))}</small>" if measure.note else ""
    limit = f" <b>{verbatim.markup(threshold)}</b>" if threshold else ""
    marked = ' class="dc-differs"' if differs else ""
    return f"<li{marked}>{verbatim.markup(measure.label)}{limit}{judged}{notes}{reading}</li>"


def founding(row: Indicator, back: str) -> str:
    """The clauses by relation, each a link to its place in its document."""
    lines = "".join(
        f"<p><b>{verbatim.markup(labels.word('relations', relation))}</b>"
        f"{'；'.join(_of_document(citation, back) for citation in citations)}</p>"
        for relation, citations in groupby(cited(row, library().policies), key=lambda citation: citation.relation)
    )
    return f'<div class="dc-basis"><h4>政策依据{_our(_LISTED)}</h4>{lines}</div>' if lines else ""


def _of_document(citation: CitedPolicy, back: str) -> str:
    """国发〔2016〕36号 三（一）、四（一）: a document's name once."""
    links = (places.clause_link(library(), citation.document, clause, back=back) for clause in citation.clauses)
    return f"<span>{verbatim.markup(citation.name)} {'、'.join(links)}</span>"


def ours(row: Indicator) -> str:
    """Suggested evidence, guidance and readings, marked as ours."""
    parts = []
    if row.evidence:
        items = "".join(
            f"<li>{verbatim.markup(paper.label)}"
            f"<small>{verbatim.markup(labels.words('evidence_kinds', paper.kinds, '或'))}，"
            f"{verbatim.markup(labels.word('dated', paper.dated))}{'，判定达标所需' if paper.required else ''}"
            f"{f'，一般由{verbatim.markup(paper.holder)}掌握' if paper.holder else ''}</small></li>"
            for paper in row.evidence
        )
        parts.append(f"<h4>建议材料{labels.tag(_ADVICE, 'tool')}</h4><ul>{items}</ul>")
    if row.guidance:
        parts.append(f"<h4>填报提示{labels.tag(_ADVICE, 'tool')}</h4><p>{verbatim.markup(row.guidance)}</p>")
    if row.notes:
        items = "".join(f"<li>{verbatim.markup(labels.without_ours(note))}</li>" for note in row.notes)
        parts.append(f"<h4>文件未写明之处{labels.tag('本工具读法', 'tool')}</h4><ul>{items}</ul>")
    return f'<div class="dc-advice">{"".join(parts)}</div>' if parts else ""
