"""The guards of the transition table, one function each: a `Situation` in, Chinese sentences out (none = it holds)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from scoring.submission import FORM_LABELS, Level, OpinionLevel, ReviewLevel
from scoring.substance import brief_lacks, reason_lacks
from scoring.visible_text import has_visible_text
from storage.clock import local_date
from workflow.people import REVIEWER_LEVELS, Role
from workflow.procedure.situation import Situation
from workflow.procedure.taking_back import county_idle, decision_is_ours, next_level_idle
from workflow.procedure.transitions import Guard
from workflow.states import State
from workflow.submission.handing_back import reason_words_for
from workflow.targets import Path, Target, form_field
from workflow.visiting.record import visit_lacking

_LATEST_DUE_YEARS = 2
_UNFOUND = "finding_missing"
Check = Callable[[Situation], tuple[str, ...]]


def _round_open(s: Situation) -> tuple[str, ...]:
    if s.repinning:
        return ("本批次正在换用新规则，暂时不能办理。请过几分钟再试。",)
    return ("本批次已经结束，不能再办理。如需继续，请联系系统管理员核对批次设置。",) if s.round_closed else ()


def late_to_apply(day: date, apply_by: date | None, return_due: date | None) -> tuple[str, ...]:
    """Why the county can send nothing up on that day any more."""
    # 退回补正的期限由退回机关确定，不再受申报截止日约束。
    limit = return_due or apply_by
    if limit is None or day <= limit:
        return ()
    what = "补正期限" if return_due else "申报截止日期"
    return (f"{what} {limit.isoformat()} 已过，不能再报送。如确需延期，请联系上级民政部门。",)


def late_to_recommend(day: date, recommend_by: date | None) -> tuple[str, ...]:
    """Why nothing can be recommended on that day any more."""
    if recommend_by is None or day <= recommend_by:
        return ()
    return (
        f"考察推荐截止日期 {recommend_by.isoformat()} 已过，不能再推荐。如确需延期，请联系系统管理员核对批次设置。",
    )


def quota_taken(quota: int | None, used: Callable[[], int]) -> tuple[str, ...]:
    """Why a prefecture can recommend no other county."""
    recommended = 0 if quota is None else used()
    if quota is None or recommended < quota:
        return ()
    taken = f"本批次每个市（地、州、盟）限推荐 {quota} 个，已推荐 {recommended} 个。"
    return (f"{taken}如需改荐，原推荐的县须先收回推荐或撤回，或由省级退回、不予推荐。",)


def _before_apply_deadline(s: Situation) -> tuple[str, ...]:
    return late_to_apply(local_date(s.now), s.apply_by, s.return_due)


def _before_recommend_deadline(s: Situation) -> tuple[str, ...]:
    return late_to_recommend(local_date(s.now), s.recommend_by)


def _form_complete(s: Situation) -> tuple[str, ...]:
    missing = [label for field, label in FORM_LABELS.items() if not has_visible_text(getattr(s.content.form, field))]
    return (f"申报表尚缺：{'、'.join(missing)}。请在“申报表”页填写。",) if missing else ()


def _facts_complete(s: Situation) -> tuple[str, ...]:
    # 缺了县情，本工具互核就无从核对
    missing = (reason.given["facts"] for reason in s.judge("county").warnings if reason.code == "facts_missing")
    return tuple(f"县情尚缺：{facts}。请在“县情”页填写。" for facts in missing)


def _eligible(level: Level) -> Check:
    def check(s: Situation) -> tuple[str, ...]:
        judged = {sid: result for sid, result in s.judge(level).standards.items() if not result.eligible}
        if not judged:
            return ()
        # 两个标准相同的原因只列一次；只有一个标准才有的，注明是哪个。
        named: dict[str, list[str]] = {}
        for standard_id, result in judged.items():
            blocking = (r for row in result.results for r in row.reasons if r.effect == "blocks" and r.code != _UNFOUND)
            for text in dict.fromkeys(reason_words_for(r, s.person.role) for r in blocking):
                named.setdefault(text, []).append(standard_id)
        titles = "".join(f"《{s.standard_titles[standard_id]}》" for standard_id in judged)
        if not named:  # 只差认定的，由“逐项认定”一条统一列出
            return (f"按{titles}还不能确认全部达标：有指标没有认定。",)
        listed = (
            text if len(ids) == len(s.standard_titles) else f"{text}（按《{s.standard_titles[ids[0]]}》）"
            for text, ids in named.items()
        )
        others = s.person.role is Role.COUNTY_GOVERNMENT
        todo = "请退回县级民政部门补报下列" if others else "请逐项处理下列"
        return (f"按{titles}尚未全部达标，不能办理。{todo} {len(named)} 处：", *listed)

    return check


def _all_found(level: ReviewLevel) -> Check:
    def check(s: Situation) -> tuple[str, ...]:
        missing = sorted(s.known_rows - set(s.content.findings.get(level, {})))
        if not missing:
            return ()
        return (f"还有 {len(missing)} 项没有认定：{'、'.join(missing)}。请逐项认定。",)

    return check


def _opinion(level: OpinionLevel, label: str) -> Check:
    def check(s: Situation) -> tuple[str, ...]:
        opinion = s.content.opinions.get(level)
        if opinion is not None and has_visible_text(opinion.text) and opinion.date is not None:
            return ()
        return (f"尚未填写{label}推荐意见及日期。请填写后再办理。",)

    return check


def _site_visit(s: Situation) -> tuple[str, ...]:
    # 民函〔2018〕4号 三（二）: 省级民政部门应当进行实地评估
    return visit_lacking((visit for visit in s.content.site_visits if visit.level == "province"), local_date(s.now))


def _no_open_doubt(s: Situation) -> tuple[str, ...]:
    if not s.doubted:
        return ()
    return (f"本级存疑尚未解除的有 {len(s.doubted)} 项：{'、'.join(s.doubted)}。请逐项核实，写明理由后解除。",)


def _quota_free(s: Situation) -> tuple[str, ...]:
    return quota_taken(s.quota, s.quota_used)


def _has_prefecture(s: Situation) -> tuple[str, ...]:
    return () if s.has_prefecture else ("该县没有上级地级市，由省级民政部门直接评价。",)


def _no_prefecture(s: Situation) -> tuple[str, ...]:
    return ("该县设有上级地级市，须先经市级基础评价并推荐。",) if s.has_prefecture else ()


def _reason_given(s: Situation) -> tuple[str, ...]:
    lacks = reason_lacks(s.request.reason, 1, s.vocabulary)
    return (f"理由{lacks}。请写明为什么这样办理。",) if lacks else ()


def _items_numbered(s: Situation) -> tuple[str, ...]:
    missing = () if s.request.items else ("退回补正须至少列明一项需补正的指标及理由。",)
    return (*missing, *general_faults(s), *dict.fromkeys(sentence for sentence, _ in item_faults(s)), *_due_given(s))


def general_faults(s: Situation) -> tuple[str, ...]:
    """A notice need not say anything in general; what it says has substance."""
    lacks = brief_lacks(s.request.reason) if has_visible_text(s.request.reason) else ""
    return (f"总的说明{lacks}。请写明要县里怎样补正；没有要说的，请留空。",) if lacks else ()


def item_faults(s: Situation) -> Iterator[tuple[str, Path]]:
    """What is wrong with the items of a return, each with the field it is about."""
    known = s.known_rows | {str(Target.form(field)) for field in FORM_LABELS}
    listed = Counter(item.row_id for item in s.request.items)
    for number, item in enumerate(s.request.items, start=1):
        if not item.row_id:
            yield f"第 {number} 项：请从列表中选取指标。", (*item.path, "row")
        elif item.row_id not in known:
            yield f"第 {number} 项：没有编号为“{item.row_id}”的指标。请从列表中选取。", (*item.path, "row")
        elif listed[item.row_id] > 1:
            yield f"{_item_name(item.row_id)}列了多次，请合并为一项。", (*item.path, "row")
        lacks = reason_lacks(item.reason, 1, s.vocabulary)
        if lacks:
            named = f"（{_item_name(item.row_id)}）" if item.row_id in known else ""
            advice = "请写明需补正的内容：查到了什么，县里要补什么、改什么。"
            yield f"第 {number} 项{named}：需补正的内容{lacks}。{advice}", (*item.path, "reason")


def _due_given(s: Situation) -> tuple[str, ...]:
    if s.request.due is None:
        return ("请填写补正期限。",)
    if s.request.due < local_date(s.now):
        return (f"补正期限 {s.request.due.isoformat()} 早于今天，请改为今天或以后的日期。",)
    if s.state is State.RETURNED and s.return_due is not None and s.request.due <= s.return_due:
        return (f"现在的补正期限是 {s.return_due.isoformat()}，只能延长。请改为以后的日期。",)
    if s.request.due > _years_after(local_date(s.now), _LATEST_DUE_YEARS):
        return (f"补正期限 {s.request.due.isoformat()} 在{_LATEST_DUE_YEARS}年以后，请核对年份。",)
    return ()


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 2月29日
        return day.replace(year=day.year + years, day=28)


def _return_is_ours(s: Situation) -> tuple[str, ...]:
    if s.return_level is not None and s.return_level == REVIEWER_LEVELS.get(s.person.role):
        return ()
    return ("本次退回补正不是本级作出的，由作出退回的一级办理。",)


def _return_overdue(s: Situation) -> tuple[str, ...]:
    if s.return_due is not None and local_date(s.now) > s.return_due:
        return ()
    return ("补正期限未到，县级仍可补正。请待期满后再办理。",)


def _return_items_met(s: Situation) -> tuple[str, ...]:
    return tuple(
        f"退回补正第 {correction.item.number} 项（{_item_name(correction.item.row_id)}）没有改动，也没有说明。"
        "请补正后保存；确实无须改动的，请在该项下写明情况。"
        for correction in s.corrections
        if not correction.met
    )


def _item_name(row_id: str) -> str:
    field = form_field(row_id)
    return f"指标 {row_id}" if field is None else f"申报表“{FORM_LABELS.get(field, field)}”"


def _not_own_work(s: Situation) -> tuple[str, ...]:
    if s.person.username not in s.touched_by:
        return ()
    return ("您参与过本县的填报，或者是本县申报表上的负责人、联系人，不能评价本县。请由其他评审人员办理。",)


_ADD_ONE = "没有这样的人员的，请上级民政部门或系统管理员在“账号”页增设一个评审账号。"


def _not_own_findings(s: Situation) -> tuple[str, ...]:
    if not s.finders:
        return ()
    others = "请由本单位没有作出过认定的人员"
    why = f"本批次要求认定与推荐意见由两人分别办理，本级认定由{'、'.join(s.finders.values())}作出"
    told = []
    if s.person.username in s.finders:
        told.append(f"{why}：您作出过认定，不能办理推荐。{others}办理。{_ADD_ONE}")
    if s.opinion_by in s.finders:
        told.append(f"{why}：推荐意见由{s.finders[s.opinion_by]}填写，不能作数。{others}另行填写。{_ADD_ONE}")
    return tuple(told)


GUARDS: Mapping[Guard, Check] = {
    Guard.ROUND_OPEN: _round_open,
    Guard.BEFORE_APPLY_DEADLINE: _before_apply_deadline,
    Guard.BEFORE_RECOMMEND_DEADLINE: _before_recommend_deadline,
    Guard.FORM_COMPLETE: _form_complete,
    Guard.FACTS_COMPLETE: _facts_complete,
    Guard.ELIGIBLE_AT_COUNTY: _eligible("county"),
    Guard.ELIGIBLE_AT_PREFECTURE: _eligible("prefecture"),
    Guard.ELIGIBLE_AT_PROVINCE: _eligible("province"),
    Guard.ALL_FOUND_BY_PREFECTURE: _all_found("prefecture"),
    Guard.ALL_FOUND_BY_PROVINCE: _all_found("province"),
    Guard.COUNTY_OPINION: _opinion("county_government", "县级人民政府"),
    Guard.PREFECTURE_OPINION: _opinion("prefecture", "地市级民政部门"),
    Guard.PROVINCE_OPINION: _opinion("province", "省级民政部门"),
    Guard.NO_OPEN_DOUBT: _no_open_doubt,
    Guard.SITE_VISIT: _site_visit,
    Guard.QUOTA_FREE: _quota_free,
    Guard.HAS_PREFECTURE: _has_prefecture,
    Guard.NO_PREFECTURE: _no_prefecture,
    Guard.REASON_GIVEN: _reason_given,
    Guard.ITEMS_NUMBERED: _items_numbered,
    Guard.DUE_GIVEN: _due_given,
    Guard.RETURN_IS_OURS: _return_is_ours,
    Guard.RETURN_OVERDUE: _return_overdue,
    Guard.RETURN_ITEMS_MET: _return_items_met,
    Guard.NOT_OWN_WORK: _not_own_work,
    Guard.NOT_OWN_FINDINGS: _not_own_findings,
    Guard.DECISION_IS_OURS: decision_is_ours,
    Guard.NEXT_LEVEL_IDLE: next_level_idle,
    Guard.COUNTY_IDLE: county_idle,
}


def refusals(guards: tuple[Guard, ...], situation: Situation) -> tuple[tuple[Guard, tuple[str, ...]], ...]:
    """Every guard that does not hold, with its sentences, in the table's order."""
    checked = ((guard, GUARDS[guard](situation)) for guard in guards)
    return tuple((guard, reasons) for guard, reasons in checked if reasons)
