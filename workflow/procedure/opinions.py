"""推荐意见: a draft made from the assessment and the findings, in official words, for a person to edit.

What a level may say is the guards' matter; a draft for a county that does not qualify says so instead of recommending.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoring.assessment import Assessment
from scoring.submission import LEVEL_OF_OPINION, OpinionLevel, ReviewLevel
from scoring.wording import eligibility
from workflow.divisions import Place, has_prefecture, prefecture_of, province_of
from workflow.office import Office
from workflow.procedure.reviewing import figures_sentences, rows_to_find
from workflow.submission.judging import judged_at
from workflow.submission.printed_rows import printed_rows
from workflow.submission.snapshot import SubmissionSnapshot

_MOST_LISTED = 12
_PROGRAMME = "全国农村留守儿童关爱保护和困境儿童保障"
_KINDS = frozenset("县市区旗")
_FINDINGS = {"not_met": "未达标", "not_applicable": "不适用", "needs_correction": "需补正", "present": "存在该情形"}


def draft_opinion(office: Office, snapshot: SubmissionSnapshot, level: OpinionLevel) -> str:
    """A draft text for the level's box of the 申报表; several short paragraphs joined into one."""
    assessment = judged_at(office, snapshot, LEVEL_OF_OPINION[level])
    figures = figures_sentences(assessment, snapshot.standards)
    name = snapshot.record.division_name
    if level == "county_government":
        closing = _recommending(snapshot, level) if assessment.eligible else _not_yet(assessment, "，请继续完善后再报")
        return f"经审核，{name}自评情况属实。{figures}{closing}"
    begins = _review_opening(snapshot, level, name)
    return "".join([begins, figures, *_exceptions(snapshot, level), _closing(snapshot, assessment, level)])


def opinion_author(snapshot: SubmissionSnapshot, level: OpinionLevel) -> str:
    """Who signs: 甲县人民政府, 演示州民政局, 演示省民政厅. 市级或省级机关的全称不一的，由填写人改正。"""
    code = snapshot.record.division_code
    if level == "county_government":
        return f"{snapshot.record.division_name}人民政府"
    return _office_of(prefecture_of(code) if level == "prefecture" else province_of(code))


def _office_of(place: Place | None) -> str:
    """Its 民政 office: of a province 厅, of a municipality and a prefecture 局."""
    if place is None:
        return ""
    return f"{place.name}{'民政厅' if place.name.endswith(('省', '自治区')) else '民政局'}"


def _recommending(snapshot: SubmissionSnapshot, level: OpinionLevel) -> str:
    """What is recommended, and to whom. The notice says 示范县（市、区、旗）; a county is one of these."""
    record = snapshot.record
    kind = record.division_name[-1:]
    named = f"示范{kind if kind in _KINDS else '县（市、区、旗）'}"
    above = prefecture_of(record.division_code) if level == "county_government" else None
    to = "民政部" if level == "province" else _office_of(above or province_of(record.division_code))
    return f"同意推荐{record.division_name}为{_PROGRAMME}{named}，报{to}。"


def _review_opening(snapshot: SubmissionSnapshot, level: ReviewLevel, name: str) -> str:
    if level == "prefecture":
        return f"经对{name}申报材料逐项审核和基础评价，"
    visits = [v for v in snapshot.content.site_visits if v.level == "province"]
    places = list(dict.fromkeys(place for visit in visits for place in visit.places))
    seen = f"，实地查看{'、'.join(places[:3])}{'等' if len(places) > 3 else ''}{len(places)}处" if places else ""  # noqa: PLR2004 - as many as are named just before
    # 无地市级的县由省级一并作基础评价（本工具读法）
    what = "实地评估" if has_prefecture(snapshot.record.division_code) else "基础评价和实地评估"
    return f"经对{name}进行{what}{seen}，"


def _exceptions(snapshot: SubmissionSnapshot, level: ReviewLevel) -> Sequence[str]:
    findings = snapshot.content.findings.get(level, {})
    listed: list[str] = []
    for row in printed_rows(snapshot.standards):
        finding = findings.get(row.id)
        if finding is None or finding.finding in {"met", "clear"}:
            continue
        what = "一票否决" if row.consequence == "veto" else "指标"
        reason = (finding.reason or "").strip().rstrip("。；")
        listed.append(f"{what}{row.id}{_FINDINGS[finding.finding]}{f'（{reason}）' if reason else ''}")
    if not listed:
        return ()
    more = f"等{len(listed)}项" if len(listed) > _MOST_LISTED else ""
    return (f"其中：{'；'.join(listed[:_MOST_LISTED])}{more}。",)


def _closing(snapshot: SubmissionSnapshot, assessment: Assessment, level: ReviewLevel) -> str:
    if assessment.eligible:
        return _recommending(snapshot, level)
    left = rows_to_find(snapshot, level)
    return f"尚有{len(left)}项未作出认定。" if left else _not_yet(assessment)


def _not_yet(assessment: Assessment, then: str = "") -> str:
    return f"目前{eligibility(assessment.level, eligible=False)}{then}。"
