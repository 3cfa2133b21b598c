"""Codes of what a reviewer's finding cannot do: against the prefecture's, against the county's own word, unproved."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import ReasonCode
from scoring.judging.other_codes import group

FINDING_CODES: Mapping[str, ReasonCode] = {
    **group(
        "not_met",
        "document",
        "blocks",
        {
            "prefecture_stands_not_met": (
                "{where}：市级基础评价认定未达标{because}，没有改变，省级不能推荐（民函〔2018〕4号三（二）“再次确认”）。",
                "请市级复核，改变认定后再推荐。",
            ),
        },
    ),
    **group(
        "present",
        "document",
        "blocks",
        {
            "prefecture_stands_present": (
                "{where}：市级基础评价认定存在该情形{because}，没有改变，省级不能推荐（民函〔2018〕4号三（二）“再次确认”）。",
                "请市级复核，改变认定后再推荐。",
            ),
        },
    ),
    **group(
        "present",
        "tool",
        "blocks",
        {
            "finding_cannot_clear": (
                "{where}：县级{told}，{level}不得认定“不存在”（本工具读法）。",
                "请退回县级核实：填报有误的，由县级更正；情况属实的，请认定“存在”。",
            ),
        },
    ),
    **group(
        "contradicted",
        "tool",
        "blocks",
        {
            "finding_cannot_reconcile": (
                "{where}：{said}，不能同时属实，{level}不能认定{finding}（本工具互核）。",
                "请退回县级逐处核对，更正以后再认定。",
            ),
        },
    ),
    **group(
        "unproven",
        "tool",
        "blocks",
        {
            "finding_clears_unproved": (
                "{where}：{level}认定{finding}，没有写明或过于简单的有：{lacking}（本工具佐证规则）。",
                "请{level}人员补填{how}。",
            ),
        },
    ),
    **group(
        None,
        "tool",
        "blocks",
        {
            "finding_reason_thin": (
                "{where}：{level}认定{finding}，理由{lacking}（本工具读法）。",
                "请{level}人员写明查实的情况和县里需补充、整改的内容，不少于8个汉字（其中不同的字不少于5个）。",
            ),
        },
    ),
}
