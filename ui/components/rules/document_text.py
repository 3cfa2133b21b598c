"""A policy document whole: its text verbatim, clause by clause, and beside each what it promises and supports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicators.model import AnswerRef, Clause, Commitment, Policy, ScanCorrection, Shortfall
from indicators.references import (
    Heading,
    Supported,
    clause_title,
    clauses_under_headings,
    supported_rows,
    tells_its_number,
)
from indicators.wording import number, scope_words
from scoring.local.wording import EVERY, due, moment, validity
from ui.components import labels, places, verbatim
from ui.components.table import line, table
from ui.rules import library

TEXT, ALL = "text", "all"
DETAILS = {TEXT: "只看条文", ALL: "条文、承诺和所支持的指标"}
_OURS = "本工具归纳"
_CHARGED = '<span class="dc-our">本工具从条文中摘出</span>'
_NONE = "—"
_COLUMNS = ("对象", "类别", "数额", "年龄、等级", "时限", "原文")


def document_text(policy: Policy, detail: str, clause: str) -> str:
    """HTML of outline and text; ``clause``: the one the address names."""
    clauses = list(clauses_under_headings(policy))
    supported = supported_rows(library())
    body = ""
    for headings, one_clause in clauses:
        rows = supported.get(f"{policy.id}/{one_clause.id}", ())
        more = _more(policy, one_clause, rows) if detail == ALL else ""
        body += "".join(_heading(policy, above, here=above.id == clause) for above in headings)
        body += _clause(policy, one_clause, more, here=one_clause.id == clause)
    return (
        f'<div class="dc-book">{_outline(policy, clauses)}<article class="dc-book-page dc-document">'
        f"{_title(policy)}{body}{_mended(policy)}</article></div>"
    )


def _title(policy: Policy) -> str:
    facts = [policy.number or "文号不详", policy.issuer, policy.date or "日期不详", *validity(policy)]
    spans = "".join(f"<span>{verbatim.markup(fact)}</span>" for fact in facts)
    if policy.divisions:
        spans += (
            f"<span>适用于行政区划代码 {verbatim.markup('、'.join(policy.divisions))} 开头的县（本工具读法）</span>"
        )
    return f'<header><h2 class="dc-verbatim">{verbatim.markup(policy.title)}</h2><p>{spans}</p></header>'


def _heading(policy: Policy, heading: Heading, *, here: bool) -> str:
    level = min(3 + heading.depth, 4)
    own = places.link(places.document_address(policy.id, heading.id), heading.id, kind="dc-number")
    marked = ' class="dc-here"' if here else ""
    return f"<h{level}{marked} {places.place(policy.id, heading.id)}>{own}　{verbatim.markup(heading.title)}</h{level}>"


def _clause(policy: Policy, clause: Clause, more: str, *, here: bool) -> str:
    numbered = not tells_its_number(clause)
    own = places.link(
        places.document_address(policy.id, clause.id), clause.id if numbered else clause.heading, kind="dc-number"
    )
    heading = f"<span>{verbatim.markup(clause.heading)}</span>" if numbered else ""
    text = "".join(f"<p>{verbatim.markup(line)}</p>" for line in clause.text.split("\n"))
    return (
        f'<section class="dc-clause{" dc-here" if here else ""}" {places.place(policy.id, clause.id)}>'
        f"<h5>{own}{heading}</h5>"
        f'<div class="dc-clause-text dc-verbatim">{text}</div>{more}</section>'
    )


def _more(policy: Policy, clause: Clause, supported: Sequence[Supported]) -> str:
    units = "、".join(clause.responsible_units)
    charged = f'<p class="dc-last"><b>责任单位</b> {verbatim.markup(units)}{_CHARGED}</p>' if units else ""
    return f"{charged}{_commitments(policy, clause)}{_shortfalls(clause)}{_supports(policy, clause, supported)}"


def _commitments(policy: Policy, clause: Clause) -> str:
    """A table of them; a column in which nothing stands is left out."""
    if not clause.commitments:
        return ""
    rows = [_commitment(policy, commitment) for commitment in clause.commitments]
    shown = [name for name in _COLUMNS if any(cells[name] for cells in rows)]
    lines = (
        f"<tr{' class=dc-conflict' if commitment.conflicts_with else ''}>"
        f"{''.join(f'<td>{cells[name] or _NONE}</td>' for name in shown)}</tr>"
        for commitment, cells in zip(clause.commitments, rows, strict=True)
    )
    head = f"<h4>本条的承诺{labels.tag(_OURS, 'tool')}</h4>"
    return f'<div class="dc-advice">{head}{table(shown, lines, "dc-commitments")}</div>'


def _commitment(policy: Policy, commitment: Commitment) -> dict[str, str]:
    """HTML by column; empty where the commitment has nothing of it."""
    others = [other.object for other in _named(policy, commitment.conflicts_with)]
    conflict = f"<small>与“{verbatim.markup('”“'.join(others))}”所印不一致，均照原文</small>" if others else ""
    reading = "".join(f"<small>{verbatim.markup(words)}</small>" for words in _reading(policy, commitment))
    return {
        "对象": f"{verbatim.markup(commitment.object)}{reading}",
        "类别": verbatim.markup(labels.word("commitment_kinds", commitment.kind)),
        "数额": verbatim.markup(amount(commitment)),
        "年龄、等级": verbatim.markup(scope_words(commitment.scope, library().vocabulary.lists["scope_keys"])),
        "时限": f"{verbatim.markup(until(commitment))}{conflict}",
        "原文": verbatim.markup(f"“{commitment.quote}”"),
    }


def _named(policy: Policy, ids: Iterable[str]) -> list[Commitment]:
    return [commitment for clause in policy.clauses for commitment in clause.commitments if commitment.id in set(ids)]


def amount(commitment: Commitment) -> str:
    """2000元/人·年, 1—2名（每指导中心）; empty where there is no figure."""
    again = "" if commitment.each_year_by else EVERY.get(commitment.every or "", "")
    if commitment.value is None:
        return f"与{commitment.than}相比" if commitment.than else again
    figure = number(commitment.value) + (f"—{number(commitment.value_to)}" if commitment.value_to is not None else "")
    unit = labels.word("units", commitment.unit) if commitment.unit else ""
    return f"{again}{figure}{unit}{f'（每{commitment.per}）' if commitment.per else ''}"


def until(commitment: Commitment) -> str:
    """自2017年起，至2018年4月底; empty where no time is set."""
    words = [
        f"自{moment(commitment.since)}起" if commitment.since else "",
        f"至{due(commitment.deadline)}" if commitment.deadline else "",
        f"每年{commitment.each_year_by}月底前" if commitment.each_year_by else "",
    ]
    return "，".join(word for word in words if word)


def _reading(policy: Policy, commitment: Commitment) -> tuple[str, ...]:
    """How we read it: whose duty it is, where the county's figure comes from, how it is compared."""
    readings = []
    if commitment.held_by == "above":
        readings.append("不由县级承担，不向县里询问")
    if commitment.reads is not None:
        readings.append(f"取自{_read_from(commitment.reads)}的填报，不另填")
    others = _named(policy, (commitment.same_figure_as,) if commitment.same_figure_as else ())
    readings += [f"与“{other.object}”同填一次" for other in others]
    if commitment.value is not None and commitment.compare != "at_least":
        readings.append("不超过所印数额" if commitment.compare == "at_most" else "与所印数额相等")
    return tuple(f"本工具读法：{words}" for words in readings)


def _read_from(reads: AnswerRef) -> str:
    """县情“乡镇数”, 指标 5.3.2“配备儿童主任的村（社区）数”."""
    for standard in library().standards.values():
        if reads.fact is not None and reads.fact in standard.facts:
            return f"县情“{standard.facts[reads.fact].label}”"
        row = standard.row(reads.row) if reads.row else None
        measure = row.measure(reads.measure) if row and reads.measure else None
        if measure is not None:
            return f"指标 {reads.row}“{measure.label}”"
    return f"“{reads}”"


def _shortfalls(clause: Clause) -> str:
    """Where what the clause lets do falls short of a standard's words."""
    if not clause.shortfalls:
        return ""
    items = "".join(
        f"<li>本条写“{verbatim.markup(shortfall.local)}”，"
        f"指标 {_row_link(shortfall)} 写“{verbatim.markup(shortfall.standard)}”"
        f"<small>{verbatim.markup(labels.without_ours(shortfall.note))}</small></li>"
        for shortfall in clause.shortfalls
    )
    return f'<div class="dc-advice"><h4>低于指导标准之处{labels.tag("本工具读法", "tool")}</h4><ul>{items}</ul></div>'


def _row_link(short: Shortfall) -> str:
    """To the row in the standard whose words they are."""
    for standard in library().standards.values():
        row = standard.row(short.indicator)
        if row is not None and short.standard in row.statement:
            return places.link(places.standard_address(standard.id, row.id), row.id)
    return verbatim.markup(short.indicator)


def _supports(policy: Policy, clause: Clause, supported: Sequence[Supported]) -> str:
    if not supported:
        return ""
    back = places.document_address(policy.id, clause.id)
    items = "".join(f"<li>{_supported(row, back)}</li>" for row in supported)
    return f'<div class="dc-advice"><h4>本条支持的指标{labels.tag(_OURS, "tool")}</h4><ul>{items}</ul></div>'


def _supported(supported: Supported, back: str) -> str:
    standards = [library().standards[name] for name in supported.standards]
    row = standards[0].row(supported.row)
    statement = row.statement if row else ""
    goes = places.link(
        places.standard_address(supported.standards[0], supported.row), supported.row, kind="dc-number", back=back
    )
    names = labels.tags(labels.short_name(standard) for standard in standards)
    relation = labels.tag(labels.word("relations", supported.relation), "document")
    return f'{goes}{relation}{names}<span class="dc-quiet">{verbatim.markup(_short(statement))}</span>'


def _short(text: str, longest: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}……"


def _mended(policy: Policy) -> str:
    if not policy.mended:
        return ""
    return f"<h3>扫描件错字的更正</h3>{mended_table(policy.mended, '条款')}"


def mended_table(mended: Iterable[ScanCorrection], where: str) -> str:
    """HTML of what the scan has and what stands here."""
    return table((where, "扫描件作", "此处作"), (line((each.at, each.scanned, each.mended)) for each in mended))


def _outline(policy: Policy, clauses: list[tuple[tuple[Heading, ...], Clause]]) -> str:
    items = []
    for headings, clause in clauses:
        items += [
            f"<li><b>{places.link(places.document_address(policy.id, above.id), f'{above.id}　{above.title}')}</b></li>"
            for above in headings
        ]
        words = clause_title(clause)
        items.append(f"<li>{places.link(places.document_address(policy.id, clause.id), words)}</li>")
    return f'<nav class="dc-outline" aria-label="目录"><p>目录</p><ul>{"".join(items)}</ul></nav>'
