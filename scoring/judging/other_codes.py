"""Codes of what speaks for a row or only warns; what stands in its way is in `scoring.judging.reason_codes`."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import Basis, ReasonCode, ReasonEffect, Verdict, VetoState


def group(
    gives: Verdict | VetoState | None, basis: Basis, effect: ReasonEffect, codes: Mapping[str, tuple[str, ...]]
) -> dict[str, ReasonCode]:
    """Codes that share what they lead to; each maps to (what it says, what to do next)."""
    return {
        code: ReasonCode(code, basis, effect, words[0], words[1] if len(words) > 1 else None, gives)
        for code, words in codes.items()
    }


OTHER_CODES: Mapping[str, ReasonCode] = {
    **group(
        None,
        "document",
        "holds",
        {
            "veto_declared_clear": ("{where}：已申明不存在该情形。",),
            "answered_yes": ("{where}：“{label}”一项填“是”{quote}。",),
            "figure_holds": ("{where}：{year}{label} {figure}，符合要求：{threshold}{quote}。",),
            "judgement_holds": ("{where}：“{label}”经填报人判断{upheld}，理由：{reason}{quote}。",),
            "finding_met": ("{where}：{level}认定{finding}{because}。",),
            "finding_overrules": ("{where}：{level}认定{finding}，与县级自评结果“{computed}”不同{because}。",),
        },
    ),
    **group(
        None,
        "document",
        "warns",
        {
            "prefecture_finding_differs": (
                "{where}：市级基础评价认定{theirs}{because}，与省级实地评估认定{finding}不同。",
                "请核对两级认定。",
            ),
        },
    ),
    **group(
        None,
        "tool",
        "holds",
        {
            "not_applicable": ("{where}：填报为“不适用”，填报的理由：{note}（本工具读法）。",),
            "settled_by_nil_return": ("{where}：“{label}”无须填报：已附“{document}”说明无此情形（本工具佐证规则）。",),
            "not_asked": ("{where}：按县情{facts}所填情况，{measures}无须填报（本工具读法）。",),
            "finding_not_applicable": ("{where}：{level}认定不适用{because}（本工具读法）。",),
        },
    ),
    **group(
        None,
        "tool",
        "warns",
        {
            "figure_not_asked": (
                "{where}：按县情{facts}所填情况，“{label}”无须填报，所填数据不采用，不影响结论。",
                "请核对县情；县情无误的，可删去所填数据。",
            ),
            "item_without_note": (
                "{where}：{label}选了{item}，没有在说明中写明是什么，不计入。",
                "请在说明中写明，或者去掉这一项。",
            ),
            "year_outside_period": (
                "{where}：{label}填报了{years}年的数据，不在申报期（{period}）内，不采用。",
                "请核对年度。",
            ),
            "figures_hold": (
                "{where}：自评为未达标，而所填数据和判断均符合要求。",
                "请核对自评结论。",
            ),
            "finding_before_opinion": (
                "{where}：{level}对{rows}的{what}，早于县级人民政府出具意见的日期（{date}）。",
                "请核对日期。",
            ),
            "finding_after_opinion": (
                "{where}：{level}评审对{rows}的认定日期，晚于{level}推荐意见的日期（{date}）。",
                "请{level}评审人员核对：日期有误的，请更正；属实的，请在认定完成后重新出具意见，不得倒签日期。",
            ),
            "judgement_repeats": (
                "{where}：“{label}”的理由只有判断用语或套话，没有写明判断的依据。",
                "请写明查看的内容和查实的情况；本提醒不影响结论。",
            ),
            "finding_ignored": (
                "{where}：县级尚未填写，{level}的认定暂不采用。",
                "请退回县级填写。",
            ),
            "no_prefecture": (
                "{where}：县情填明没有上级市，无此级评价，由省级直接评价（本工具读法）。",
                "请改按省级实地评估判定。",
            ),
            "fact_judged_as": (
                "{where}：县情“{fact}”填“{given}”，不采用：申报示范活动的，一律按“{judged}”判断（本工具读法）。",
                "请删去这一项；不申报示范活动的，不用本工具判断。",
            ),
            "row_not_judged": (
                "{where}：填报了“{id}”，所用标准中没有这一条，不采用。",
                "请核对批次所用的标准。",
            ),
            "figure_of_no_measure": (
                "{where}：{row_name}填报了“{id}”，所用标准中没有这一项，不采用。",
                "请核对批次所用的标准。",
            ),
            "facts_missing": (
                "{where}：县情{facts}没有填写，与此有关的数据无从核对（本工具互核）。",
                "请在县情中填写。",
            ),
            "cross_check": (
                "{said}。{says}（本工具互核）。",
                "请逐处核对，更正有误的{wrong}。",
            ),
            "document_cited_twice": (
                "{documents}同时用作{places}的材料。{says}（本工具互核）。",
                "确属两次活动的，请分别登记；汇编材料请在说明中写明各次的页码。",
            ),
        },
    ),
}
