"""暂存（未提交）on the workbench: what one has typed and not saved, saved at once; the coordinator sees who types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from storage.clock import now
from ui import navigation
from ui.components import verbatim
from ui.components.assigning.dues import DUE
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.answer_form import form_name
from ui.components.forms.aside import acts_of
from ui.components.forms.closing import refusals
from ui.components.forms.left_over import left_over
from ui.components.forms.materials import row_of
from ui.components.forms.raw import moment_words
from ui.components.local.clause_form import form_of
from ui.components.register.batch import SEVERAL, digest_of
from ui.components.workbench.draft_forms import WHOLE, clause_of, correction_of, drawing
from ui.components.workbench.line import line
from workflow.drafting.drafts import Draft
from workflow.drafting.others import Drafting, drafting_in, left_behind
from workflow.errors import Conflict
from workflow.people import COUNTY_ROLES
from workflow.procedure.moving import offers
from workflow.targets import KINDS, NEW, Kind, Target, form_field
from workflow.words.entries import entry_name

# 要本人当场决定的，不是填写的内容：“全部保存”不代为办理。
_ACTS: Mapping[str, str] = {
    "move": "办理的理由",
    "sent_back": "退回分工的理由",
    "confirming": "一并确认",
    "vetoes": "一票否决的认定",
}
_VIEWS: Mapping[str, str] = {
    "move": "decide",
    "confirming": "agree",
    "vetoes": "agree",
    "site_visit": "visits",
    "visit_plan": "visits",
    "opinion": "opinion",
    "note": "remarks",
}
_PAGES: Mapping[Kind, navigation.MenuPage] = {
    "fact": navigation.FACTS,
    "form": navigation.APPLICATION,
    "evidence": navigation.REGISTER,
    "answer": navigation.ASSESS,
    "veto": navigation.ASSESS,
    "local": navigation.LOCAL,
    "assignment": navigation.ASSIGN,
    "sent_back": navigation.ASSESS,
    "opinion.county_government": navigation.GOVERNMENT,
}


def own_drafts(forms: StoredForms) -> None:
    """What the person has typed in this submission and not saved, each with its place, and 全部保存."""
    place = forms.place("drafts")
    for told in st.session_state.pop(f"{place}|told", ()):
        st.html(f'<p class="dc-saved" role="status">{verbatim.markup(told)}</p>')
    _left_behind(forms)
    drafts = _by_form(forms)
    if not drafts:
        return
    st.html(f'<p class="dc-waiting">您有 <b>{len(drafts)}</b> 处填写后没有保存的内容（暂存，只有您自己看得到）：</p>')
    gone = [name for name in drafts if _is_gone(forms, name)]
    for name, several in drafts.items():
        _line(forms, name, min(draft.since for draft in several), gone=name in gone)
    acts = dict.fromkeys(_ACTS[name[0]] for name in drafts if name[0] in _ACTS and name not in gone)
    if acts:
        st.html(f'<p class="dc-quiet">{"、".join(acts)}须由您当场决定，不随“全部保存”办理，请到原处办理。</p>')
    entries = [name for name in drafts if name[0] not in _ACTS and name not in gone]
    if entries and st.button(f"全部保存（{len(entries)} 处）", key=f"{place}|save"):
        st.session_state[f"{place}|told"] = [_save(forms, name, drafts[name][0]) for name in entries]
        st.rerun()


def _left_behind(forms: StoredForms) -> None:
    """Where those whose work the person goes on with had begun; what they typed is nobody's to see."""
    lines = "".join(
        f"<li>{verbatim.markup(f'{one.who}在{_name(forms, one.target)}有 {moment_words(one.since)} 起填写的内容')}</li>"
        for one in left_behind(forms.office, forms.person, forms.id)
    )
    if lines:
        head = "交接给您的工作中，下列各处原来填写过而没有保存；内容不能查看，请在原处重新填写："
        st.html(f'<div class="dc-waiting dc-verbatim"><p>{head}</p><ul>{lines}</ul></div>')


def drafting_now(forms: StoredForms) -> tuple[Drafting, ...]:
    """Who else of the county has something unsaved here, for the coordinator; never what."""
    drafting = drafting_in(forms.office, forms.person, forms.snapshot.record)
    if drafting:
        lines = "".join(
            f"<li>{verbatim.markup(one.who)}在{verbatim.markup(_name(forms, one.target))}"
            f"有 {moment_words(one.since)} 起填写、尚未保存的内容</li>"
            for one in drafting
        )
        head = "下列部门还有没有保存的内容，送出以后就不能再保存，请先与其确认："
        st.html(f'<div class="dc-waiting dc-verbatim"><p>{head}</p><ul>{lines}</ul></div>')
    return drafting


def _by_form(forms: StoredForms) -> dict[tuple[str, str], list[Draft]]:
    by_form: dict[tuple[str, str], list[Draft]] = {}
    for draft in forms.pad.drafts():
        name = (draft.kind, "" if draft.kind in WHOLE else draft.key)
        if draft.kind == "evidence" and (row := forms.rows.get(row_of(draft.key))) is not None:
            name = (form_name(row).kind, row.id)  # 在那一项里登记的，与那一项一起保存
        if draft.kind == "evidence" and digest_of(draft.key):
            name = (draft.kind, SEVERAL)
        clause = clause_of(forms, draft.key) if draft.kind == "local" else None
        if clause is not None:
            name = (draft.kind, form_of(clause[1][0]).key)
        by_form.setdefault(name, []).append(draft)
    return by_form


def _is_gone(forms: StoredForms, name: tuple[str, str]) -> bool:
    """Whether no page has this form any more: the row is no longer asked, the return closed, the move not offered."""
    if name[0] == "move":
        offered = offers(forms.office, forms.person, forms.id, now())
        return name[1] not in {offer.transition.move for offer in offered}
    return name[0] not in _ACTS and drawing(forms, name) is None


def _line(forms: StoredForms, name: tuple[str, str], since: datetime, *, gone: bool) -> None:
    told = f"{_form_name(forms, name)}（{moment_words(since)} 起）"
    words = f'<p class="dc-quiet dc-verbatim">{verbatim.markup(told)}</p>'
    if gone:
        line(words, None, {})
        left_over(forms.pad, name)
        return
    page, query = _where(forms, *name)
    line(words, page, {"s": str(forms.id), **query})


def _where(forms: StoredForms, kind: str, key: str) -> tuple[navigation.MenuPage | None, dict[str, str]]:
    """Where the form is; no page for what stands on the workbench itself."""
    if kind == "correction":
        item = one.item.row_id if (one := correction_of(forms, key)) else ""
        return (navigation.APPLICATION, {}) if form_field(item) else (navigation.ASSESS, {"row": item})
    if kind == "explanation":
        place = key.partition("/")[2]
        return (navigation.ASSESS, {"row": place}) if place in forms.rows else (None, {})
    if kind == "move" and forms.person.role in COUNTY_ROLES:
        return navigation.place_of("release", forms.person.role) if key == "release" else None, {}
    page = next((page for known, page in _PAGES.items() if known == kind), None)
    if page is not None:
        return page, {"row": key} if kind in {"answer", "veto", "sent_back"} else {}
    view = next((view for known, view in _VIEWS.items() if kind.startswith(known)), None)
    row_of_new = key.removeprefix(NEW) if kind.startswith("note.") and key.startswith(NEW) else ""
    query = {"view": view} if view and not row_of_new else {"row": row_of_new or key}
    return navigation.place_of("read", forms.person.role), query


def _form_name(forms: StoredForms, name: tuple[str, str]) -> str:
    if name[0] in WHOLE:
        return WHOLE[name[0]]
    if name[0] in _ACTS:
        return _ACTS[name[0]]
    if name[0] == "assignment":
        of = {"local": "地方文件", "department": "部门名单"}.get(name[1].partition("/")[0])
        words = "的".join(filter(None, (of, "内部期限" if name[1].endswith(DUE) else None)))
        return f"分工（{words}）" if words else "分工"
    if name[0] == "correction":
        return f"退回补正第 {name[1].rpartition('/')[2]} 项的说明"
    clause = clause_of(forms, name[1]) if name[0] == "local" else None
    if clause is not None:
        return f"地方文件 {clause[1][0].clause.id}"
    return _name(forms, Target.parse("/".join(name))) if name[0] in KINDS else "现在没有的一栏"


def _name(forms: StoredForms, target: Target) -> str:
    return entry_name(forms, target) if target.is_content else target.label


def _save(forms: StoredForms, name: tuple[str, str], first: Draft) -> str:
    """Save one form as it was left; what became of it, in a line."""
    words, draw = _form_name(forms, name), drawing(forms, name)
    acts = [] if draw is None else acts_of(draw)
    if not acts:
        why_not = None if first.target is None else forms.why_not(first.target)
        return f"{words}：没有保存。{why_not or '原处现在不能填写。'}"
    try:
        _, refused, _ = refusals(acts[0])
    except Conflict as conflict:
        refused = (f"您填写以后，{conflict.first}已先保存。请到原处对照后再保存。",)
    if refused:
        return f"{words}：没有保存。{'；'.join(refused)}"
    if name[0] == "assignment":  # its use cases know of no drafts
        forms.pad.give_up([name])
        return f"{words}：已保存。"
    if name[0] == "evidence" and forms.saved is not None:  # 连同有没有附文件
        words = forms.saved.what
    warned = () if forms.saved is None else forms.saved.warnings
    return f"{words}：已保存。{''.join(warned)}"
