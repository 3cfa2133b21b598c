"""Import and export: what a file would change is shown first, and nothing is written before it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scoring.exchange.writing import write_submission_json
from storage.clock import now
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.conflict import chosen_by_field
from ui.components.forms.outcome import attempt, outcome, show_refusal
from ui.components.table import line as table_line
from ui.components.table import table
from workflow.errors import Refused
from workflow.offline.workbooks import NotTaken, WorkbookPlan, departments_with_rows, plan_workbook, workbook_of
from workflow.papers.file_names import download_name
from workflow.people import Role
from workflow.submission.exchanging import (
    ImportPlan,
    export_submission,
    import_submission,
    plan_import,
)
from workflow.targets import Target
from workflow.words.entries import entry_name, entry_text, field_names

_SHOWN = 60
_FILLED_IN = (Target.answer("any"), Target.form("any"), Target.evidence("any"))


def exporting(forms: StoredForms) -> None:
    """Download buttons: the saved content as YAML and as JSON."""
    st.subheader("导出", anchor=False)
    _offline(forms)
    as_yaml, as_json, words = st.columns([2, 2, 7], vertical_alignment="center")
    text = export_submission(forms.office, forms.person, forms.id)
    as_yaml.download_button(
        "导出 YAML",
        text.encode(),
        download_name(forms.snapshot, "填报数据.yaml"),
        "application/yaml",
        key="export-yaml",
        on_click="ignore",
        width="stretch",
    )
    as_json.download_button(
        "导出 JSON",
        write_submission_json(forms.submission).encode(),
        download_name(forms.snapshot, "填报数据.json"),
        "application/json",
        key="export-json",
        on_click="ignore",
        width="stretch",
    )
    words.caption(
        "YAML、JSON 内容相同，含全部已保存的填报、材料目录和意见；材料的文件本身不在其中。命令行和“试算”也可读取。"
    )


def _offline(forms: StoredForms) -> None:
    """The workbook: a department's person gets its own, the coordinator any department's or the whole."""
    choice, press, words = st.columns([4, 3, 4], vertical_alignment="bottom")
    department = None
    if forms.person.role is Role.COUNTY_DEPARTMENT:
        own = forms.snapshot.departments.name_of(forms.person.unit or "")
        if not forms.snapshot.context.assigned:
            st.caption("还没有分给您的部门的指标，没有离线填报表可下载。")
            return
        choice.html(f"<p>离线填报表：<b>{verbatim.markup(own)}</b>的各项</p>")
        stem = f"填报表-{own}"
    else:
        given = departments_with_rows(forms.snapshot) if forms.person.role is Role.COUNTY_COORDINATOR else {}
        chosen = choice.selectbox(
            "离线填报表",
            ["", *given],
            format_func=lambda unit: (
                verbatim.plain(f"{unit}（{given[unit]}项）") if unit else "全县（县情、申报表和各项）"
            ),
            key="workbook-of",
        )
        department = chosen or None
        stem = f"填报表-{department}" if department else "填报表"
    press.download_button(
        "下载离线填报表（XLSX）",
        lambda: workbook_of(forms.office, forms.person, forms.id, now(), department),
        download_name(forms.snapshot, f"{stem}.xlsx"),
        key="export-workbook",
        on_click="ignore",
        width="stretch",
    )
    words.caption("在 WPS、Excel 或 LibreOffice 中填写，填好在下面导入。协办的项只开放自己填的数据。")


def importing(forms: StoredForms) -> None:
    """Choose a file, read the plan, confirm it."""
    place = forms.place("import")
    st.subheader("导入", anchor=False)
    refusals = [forms.why_not(target) for target in _FILLED_IN]
    if all(refusals):
        st.info(verbatim.markdown(refusals[0] or ""))
        return
    st.caption("先列出文件与现有内容的差别，确认后才写入。文件中没有的内容保持不变；评审意见不导入。")
    key = f"import-{st.session_state.get('imports', 0)}"
    kinds = ["xlsx", "yaml", "yml", "json"]
    uploaded = st.file_uploader("本县填报数据文件（离线填报表 XLSX，或 YAML、JSON）", type=kinds, key=key)
    outcome(place)
    if uploaded is None:
        return
    only_part = False
    try:
        if uploaded.name.lower().endswith(".xlsx"):
            filled = plan_workbook(forms.office, forms.person, forms.id, uploaded.getvalue(), uploaded.name)
            only_part = bool(filled.not_taken or filled.clashes)
            _numbers(filled.numbers or {})
            _not_taken(forms, filled.not_taken)
            plan = _settled(forms, filled, f"{place}|{key}")
        else:
            text = uploaded.getvalue().decode("utf-8-sig")
            plan = plan_import(forms.office, forms.person, forms.id, text, uploaded.name)
    except UnicodeDecodeError:
        show_refusal(("文件不是 UTF-8 编码的文本，不能导入。请用本工具导出的文件。",))
        return
    except Refused as error:
        show_refusal(error.reasons)
        return
    _plan(forms, plan, only_part=only_part)
    wanted = st.button("确认导入", type="primary", key="apply-import", disabled=not plan.edits)
    if wanted:
        done = attempt(
            place,
            lambda: import_submission(forms.office, forms.person, forms.id, plan, now()),
            f"导入 {len(plan.edits)} 处",
            now(),
        )
        if done:
            st.session_state["imports"] = st.session_state.get("imports", 0) + 1
        st.rerun()


def _plan(forms: StoredForms, plan: ImportPlan, *, only_part: bool) -> None:
    """``only_part``: some of the file is not taken."""
    if not plan.edits:
        st.success("其余与现有内容相同，没有需要导入的。" if only_part else "文件与现有内容相同，没有需要导入的。")
    else:
        st.html(f"<p>将写入 <b>{len(plan.edits)}</b> 处：</p>")
        lines = (_line(forms, plan, at) for at in range(min(len(plan.edits), _SHOWN)))
        more = f"<p>另有 {len(plan.edits) - _SHOWN} 处未列出。</p>" if len(plan.edits) > _SHOWN else ""
        st.html(table(("内容", "现有", "文件中"), lines, "dc-plan dc-verbatim") + more)
    if plan.standing:
        names = "、".join(entry_name(forms, target) for target in plan.standing)
        st.html(f'<p class="dc-quiet">文件中没有、保持不变的 {len(plan.standing)} 处：{verbatim.markup(names)}</p>')
    if plan.without_file:
        names = "、".join(entry_name(forms, target) for target in plan.without_file)
        st.html(
            f'<p class="dc-unsaved">文件中有 {len(plan.without_file)} 件材料写明了附件，但附件本身没有上传到本申报，'
            f"不写入附件信息：{verbatim.markup(names)}。请导入后在“材料登记”页逐件上传。</p>"
        )
    if plan.kept_out:
        st.html(f'<p class="dc-quiet">文件中由上级填写的 {len(plan.kept_out)} 处（评审意见、已给出的县情）不导入。</p>')


def _numbers(numbers: Mapping[str, str]) -> None:
    if numbers:
        told = "、".join(f"{old} 登记为 {new}" for old, new in numbers.items())
        st.info(f"表中新登记的材料，编号已被别的材料使用或使用过，改为：{told}；各项引用的编号一并改过。")


def _not_taken(forms: StoredForms, refused: tuple[NotTaken, ...]) -> None:
    """What the file holds of entries that are not this person's to write."""
    if not refused:
        return
    st.warning(f"表中有 {len(refused)} 项不由您填写、现在不能修改，或者说的是已删去的材料，不导入；其余照常导入。")
    lines = (table_line((entry_name(forms, one.target), "、".join(one.places), one.reason)) for one in refused)
    st.html(table(("内容", "在表中", "为什么"), lines, "dc-verbatim"))


def _settled(forms: StoredForms, filled: WorkbookPlan, place: str) -> ImportPlan:
    """What others saved since the workbook was made: told where it stands beside, to be chosen where it clashes."""
    merged = "；".join(
        f"{entry_name(forms, one.target)}（{field_names(forms, one.target, one.fields, body, None)}）"
        for one in filled.merged
        if (body := forms.snapshot.entries[one.target].body)
    )
    if merged:
        st.html(f'<p class="dc-quiet">制表以后保存过、表中没有改的各处照现有的：{verbatim.markup(merged)}。</p>')
    if not filled.clashes:
        return filled.plan
    st.warning(f"制表以后，有 {len(filled.clashes)} 项又保存过，与表中改的是同一处。请逐处选用；不选的保留现有的。")
    return filled.choosing(chosen_by_field(place, filled.clashes, forms, yours="填报表中的", standing_first=True))


def _line(forms: StoredForms, plan: ImportPlan, at: int) -> str:
    edit = plan.edits[at]
    entry = forms.snapshot.entries.get(edit.target)
    before = entry_text(forms, edit.target, None if entry is None else entry.body)
    after = entry_text(forms, edit.target, edit.body)
    return (
        f"<tr><td>{verbatim.markup(entry_name(forms, edit.target))}</td>"
        f"<td>{verbatim.markup(before)}</td><td>{verbatim.markup(after)}</td></tr>"
    )
