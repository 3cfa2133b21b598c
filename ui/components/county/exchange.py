"""Import and export: what a file would change is shown first, and nothing is written before it is confirmed."""

from __future__ import annotations

import streamlit as st

from scoring.exchange.writing import write_submission_json
from scoring.workbook.merging import Overtaken
from storage.clock import now
from ui.components import verbatim
from ui.components.case.entry_words import entry_name, entry_text
from ui.components.case.file_names import submission_file_name
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.outcome import attempt, outcome, show_refusal
from ui.components.table import table
from workflow.errors import Refused
from workflow.submission.exchanging import (
    ImportPlan,
    export_submission,
    import_submission,
    plan_import,
    plan_workbook,
    workbook_of,
)
from workflow.targets import Target

_SHOWN = 60
_FILLED_IN = (Target.answer("any"), Target.form("any"), Target.evidence("any"))


def exporting(forms: StoredForms) -> None:
    """Download buttons: the saved content as YAML and as JSON."""
    st.subheader("导出", anchor=False)
    offline, as_yaml, as_json, words = st.columns([3, 2, 2, 4], vertical_alignment="center")
    text = export_submission(forms.office, forms.person, forms.id)
    as_yaml.download_button(
        "导出 YAML",
        text.encode(),
        submission_file_name(forms, "填报数据.yaml"),
        "application/yaml",
        key="export-yaml",
        on_click="ignore",
        width="stretch",
    )
    as_json.download_button(
        "导出 JSON",
        write_submission_json(forms.submission).encode(),
        submission_file_name(forms, "填报数据.json"),
        "application/json",
        key="export-json",
        on_click="ignore",
        width="stretch",
    )
    offline.download_button(
        "离线填报表（XLSX）",
        lambda: workbook_of(forms.office, forms.person, forms.id, now()),
        submission_file_name(forms, "填报表.xlsx"),
        key="export-workbook",
        on_click="ignore",
        width="stretch",
    )
    words.caption(
        "填报表在 WPS、Excel 或 LibreOffice 中填写，填好在下面导入。YAML、JSON 内容相同，含全部已保存的填报、"
        "材料目录和意见；材料的文件本身不在其中。命令行和“试算”也可读取。"
    )


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
    try:
        if uploaded.name.lower().endswith(".xlsx"):
            filled = plan_workbook(forms.office, forms.person, forms.id, uploaded.getvalue(), uploaded.name)
            plan = filled.plan
            _overtaken(filled.overtaken)
        else:
            text = uploaded.getvalue().decode("utf-8-sig")
            plan = plan_import(forms.office, forms.person, forms.id, text, uploaded.name)
    except UnicodeDecodeError:
        show_refusal(("文件不是 UTF-8 编码的文本，不能导入。请用本工具导出的文件。",))
        return
    except Refused as error:
        show_refusal(error.reasons)
        return
    _plan(forms, plan)
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


def _plan(forms: StoredForms, plan: ImportPlan) -> None:
    if not plan.edits:
        st.success("文件与现有内容相同，没有需要导入的。")
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
        st.html(f'<p class="dc-quiet">文件中的评审意见 {len(plan.kept_out)} 处不导入，由各级评审人员填写。</p>')


def _overtaken(cells: tuple[Overtaken, ...]) -> None:
    """What others changed since the workbook was made."""
    if not cells:
        return
    st.warning(f"制表以后，有 {len(cells)} 格已由别人改成另外的内容，保留现有的；仍要改的，请在页面上改。")
    lines = (
        f"<tr><td>{verbatim.markup(f'{cell.place}　{cell.words}')}</td>"
        f"<td>{verbatim.markup(cell.current)}</td><td>{verbatim.markup(cell.typed)}</td></tr>"
        for cell in cells[:_SHOWN]
    )
    st.html(table(("内容", "现有（保留）", "填报表中（不采用）"), lines, "dc-plan dc-verbatim"))


def _line(forms: StoredForms, plan: ImportPlan, at: int) -> str:
    edit = plan.edits[at]
    entry = forms.snapshot.entries.get(edit.target)
    before = entry_text(forms, edit.target, None if entry is None else entry.body)
    after = entry_text(forms, edit.target, edit.body)
    return (
        f"<tr><td>{verbatim.markup(entry_name(forms, edit.target))}</td>"
        f"<td>{verbatim.markup(before)}</td><td>{verbatim.markup(after)}</td></tr>"
    )
