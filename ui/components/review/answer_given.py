"""The county's answer to one row: claim, note, judgements with their reasons, documents it cites; in whole or brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import streamlit as st

from scoring.submission import Answer, EvidenceItem
from ui.components import labels, verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.rows.indicator_detail import figures
from ui.components.rows.row import Row
from workflow.words.figures import judgement_word


def answer_given(opened: OpenedSubmission, row: Row) -> None:
    """The answer in the county's own words, its figures against the thresholds, the documents it cites."""
    content = opened.snapshot.content
    answer = (content.vetoes if row.veto else content.answers).get(row.id)
    if answer is None:
        st.html('<article class="dc-detail"><h3>县级自评：没有填报</h3></article>')
        figures(row)
        return
    st.html(
        f'<article class="dc-detail"><h3>县级自评：{_claims(opened, row, answer)}</h3>'
        f"{_note(answer)}{_judgements(row, answer)}</article>"
    )
    figures(row)
    st.html(f'<article class="dc-detail"><h3>所附材料</h3>{_evidence(opened, row, answer)}</article>')


def _claims(opened: OpenedSubmission, row: Row, answer: Answer) -> str:
    words = labels.word
    kind = "veto_claims" if row.veto else "claims"
    claims = {standard.id: answer.claim_for(standard.id) for standard in opened.standards}
    names = {standard.id: labels.short_name(standard) for standard in opened.standards}
    if len(set(claims.values())) == 1:
        claim = next(iter(claims.values()))
        return f"<b>{verbatim.markup(words(kind, claim) if claim else '未填')}</b>"
    return "；".join(
        f"{verbatim.markup(names[standard_id])} <b>{verbatim.markup(words(kind, claim) if claim else '未填')}</b>"
        for standard_id, claim in claims.items()
    )


def _note(answer: Answer) -> str:
    return f'<p class="dc-verbatim">说明：{verbatim.markup(answer.note)}</p>' if answer.note else ""


def _judgements(row: Row, answer: Answer) -> str:
    lines = "".join(f'<li class="dc-verbatim">{line}</li>' for line in judgement_lines(row, answer))
    return f"<ul>{lines}</ul>" if lines else ""


def judgement_lines(row: Row, answer: Answer) -> list[str]:
    """HTML of each word the county judged, with its reason."""
    return [
        verbatim.markup(f"{measure.label}：{judgement_word(row.first, measure, judged.fulfilled)}")
        + (f"，理由：{verbatim.markup(judged.reason)}" if judged.reason else "")
        for measure in row.measures()
        if (judged := answer.judgements.get(measure.id)) is not None
    ]


def cited(answer: Answer) -> tuple[str, ...]:
    """The documents an answer names, each once."""
    ids = [item_id for listed in answer.evidence.values() for item_id in listed]
    return tuple(dict.fromkeys((*ids, *([answer.nil_return] if answer.nil_return else []))))


def _evidence(opened: OpenedSubmission, row: Row, answer: Answer) -> str:
    wanted = {requirement.id: requirement.label for requirement in row.requirements()}
    register: Mapping[str, EvidenceItem] = opened.snapshot.content.evidence
    lines = [
        f"<li>{verbatim.markup(wanted.get(requirement, '其他材料'))}："
        f"{document(opened, item_id, register.get(item_id))}</li>"
        for requirement, ids in answer.evidence.items()
        for item_id in ids
    ]
    if answer.nil_return:
        lines.append(f"<li>无此情形的说明：{document(opened, answer.nil_return, register.get(answer.nil_return))}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else "<p>没有附材料。</p>"


def answer_brief(opened: OpenedSubmission, row: Row) -> str:
    """HTML of it in a few lines, for a list of rows: figures with thresholds, words, material, then what warns."""
    content = opened.snapshot.content
    answer = (content.vetoes if row.veto else content.answers).get(row.id, Answer())
    lines = [*_figures(row), *judgement_lines(row, answer)]
    if answer.note:
        lines.append(f"说明：{verbatim.markup(answer.note)}")
    papers = (document(opened, item_id, content.evidence.get(item_id)) for item_id in cited(answer))
    lines.append(f"材料：{'；'.join(papers) or '没有附材料'}")
    lines += (f"提醒：{verbatim.markup(labels.reason_words(reason))}" for reason, _ in row.reasons("warns"))
    return f'<ul class="dc-brief dc-verbatim">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _figures(row: Row) -> Iterator[str]:
    """Each measure that has a figure, with what is asked; what the standards ask differently, each."""
    for measure in row.measures():
        results = [r for judged in row.judged for r in judged.result.measures if r.id == measure.id]
        figures = [r.figure for r in results if r.figure is not None and r.state != "not_asked"]
        if figures and measure.kind != "judgement":
            asked = "；".join(dict.fromkeys(r.threshold for r in results if r.threshold))
            threshold = f"<small>门槛 {verbatim.markup(asked)}</small>" if asked else ""
            yield f"{verbatim.markup(measure.label)}：<b>{verbatim.markup(figures[0])}</b>{threshold}"


_KINDS = {"pdf": "pages", "jpg": "picture", "jpeg": "picture", "png": "picture"}  # by the ending of the file's name
_DETAIL = {"pages": "{}页", "valid_until": "有效期至{}"}


def document(opened: OpenedSubmission, item_id: str, item: EvidenceItem | None) -> str:
    """HTML of one document of the register, with a link to its file where there is one."""
    if item is None:
        return verbatim.markup(item_id)
    cells = {name: text for name, text in labels.register_cells(item).items() if text and name != "title"}
    details = [_DETAIL.get(name, "{}").format(text) for name, text in cells.items()]
    words = verbatim.markup(f"{item_id} {item.title or '（无题名）'}")
    small = f"<small>{verbatim.markup('，'.join(details))}</small>" if details else ""
    address = file_address(opened, item_id, item)
    link = f' <a href="{verbatim.markup(address)}">下载文件</a>{_in_place(address, item)}' if address else ""
    if item.sha256 and not address:
        link = " <small>文件未上传</small>"
    return f'<span class="dc-verbatim">{words}</span>{small}{link}'


def _in_place(address: str, item: EvidenceItem) -> str:
    """HTML that `web/assets/papers.js` opens here; nothing for what no browser shows."""
    kind = _KINDS.get((item.file or "").rpartition(".")[2].lower())
    if kind is None:
        return ""
    data = f'data-file="{verbatim.markup(f"{address}&shown=1")}" data-kind="{kind}"'
    name = verbatim.markup(item.title or item.file or "")
    return f'<details class="dc-paper" data-name="{name}" {data}><summary>在此打开</summary></details>'


def file_address(opened: OpenedSubmission, item_id: str, item: EvidenceItem) -> str | None:
    """Where the document's file is fetched, under the name this entry gives it; None when no such bytes are held."""
    if item.sha256 is None or item.sha256 not in opened.snapshot.held_files:
        return None
    return f"/files/{opened.id}/{item.sha256}?entry={quote(item_id, safe='')}"
