"""Codes of our own proof rule (本工具佐证规则): what keeps papers from proving a row, and what is worth a look."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import ReasonCode
from scoring.judging.other_codes import group

PROOF_CODES: Mapping[str, ReasonCode] = {
    **group(
        "unproven",
        "tool",
        "blocks",
        {
            "evidence_missing": (
                "{where}：缺少佐证材料“{label}”（本工具佐证规则）。",
                "请在材料登记中登记该材料，日期应{window}，并在本项选用；没有的，{otherwise}。",
            ),
            "evidence_undated": (
                "{where}：“{label}”所用材料“{document}”没有填写日期（本工具佐证规则）。",
                "请补填成文日期。",
            ),
            "evidence_outside_period": (
                "{where}：“{label}”所用材料“{document}”日期为{date}，应{window}（本工具佐证规则）。",
                "请换用这段时间内出具的材料；没有的，请撤下这份材料，{otherwise}，不得倒签日期。",
            ),
            "evidence_not_in_force": (
                "{where}：“{label}”所用材料“{document}”日期为{date}，晚于{cut_off}（本工具佐证规则）。",
                "请换用这一天（含当日）以前已经生效的材料；没有的，请撤下这份材料，{otherwise}，不得倒签日期。",
            ),
            "evidence_expired": (
                "{where}：“{label}”所用材料“{document}”有效期至{until}，到{cut_off}已经失效（本工具佐证规则）。",
                "请换用仍然有效的材料；已经续期的，请登记续期文件，或者更正有效期。",
            ),
            "evidence_not_at_end": (
                "{where}：“{label}”应反映申报期末的情况，所用材料“{document}”日期为{date}，应{window}（本工具佐证规则）。",
                "请核对是否附错材料，换用这段时间内出具的；没有的，请撤下这份材料，{otherwise}，不得倒签日期。",
            ),
            "evidence_of_other_kind": (
                "{where}：“{label}”限用{asked}，所用材料“{document}”登记为{kind}，不作为佐证（本工具佐证规则）。",
                "请换用{asked}；种类登记错了的，请在材料登记中改正。",
            ),
            "evidence_is_photo": (
                "{where}：“{label}”要的是{asked}，所用材料“{document}”登记为{kind}，不作为佐证（本工具佐证规则）。",
                "请换用{asked}；由纸质文件拍照而来的，请在材料登记中按文件本身改正种类。",
            ),
            "nil_return_unregistered": (
                "{where}：“无此情形”所引材料{id}没有登记。",
                "请登记该材料。",
            ),
            "nil_return_undated": (
                "{where}：“无此情形”所用材料“{document}”没有填写日期（本工具佐证规则）。",
                "请补填成文日期。",
            ),
            "nil_return_not_at_end": (
                "{where}：证明“无此情形”的材料“{document}”日期为{date}，应{window}，才能说明整个申报期的情况（本工具佐证规则）。",
                "请撤下这份材料，换用这段时间内出具的；没有出具过的，请取消“无此情形”，如实填写各栏的数，不得倒签日期。",
            ),
            "nil_return_of_other_kind": (
                "{where}：“无此情形”所用材料“{document}”登记为{kind}，不是情况说明（本工具佐证规则）。",
                "请换用签章的情况说明；种类登记错了的，请在材料登记中改正。",
            ),
        },
    ),
    **group(
        None,
        "tool",
        "warns",
        {
            "evidence_date_unfit": (
                "{where}：“{label}”所用材料“{document}”日期为{date}，应{window}，不作为佐证（本工具佐证规则）。",
                "请核对是否附错材料、日期是否登记有误，或者换用其他材料。",
            ),
            "evidence_expired_beside": (
                "{where}：“{label}”所用材料“{document}”有效期至{until}，到{cut_off}已经失效，不作为佐证（本工具佐证规则）。",
                "请核对有效期，或者换用其他材料。",
            ),
            "evidence_kind_unfit": (
                "{where}：“{label}”要的是{asked}，所用材料“{document}”登记为{kind}，不作为佐证（本工具佐证规则）。",
                "请核对种类，或者换用其他材料。",
            ),
            "evidence_kind_differs": (
                "{where}：“{label}”一般为{asked}，所用材料“{document}”登记为{kind}（本工具佐证规则）。",
                "请核对种类；材料确能说明的，不必更换。",
            ),
            "nil_return_unused": (
                "{where}：“无此情形”（{document}）不采用：本条没有须用它说明的项目（本工具佐证规则）。",
                "请撤下；有总数应为 0 的，请更正该总数。",
            ),
            "nil_return_stray": (
                "{where}：“无此情形”（{document}）用不上：本条所填数据和佐证材料已经齐备（本工具佐证规则）。",
                "请撤下。",
            ),
            "handled_without_cases": (
                "{where}：已用“{document}”申明无此情形，又填了{label}。",
                "请核对：确无此情形的，可不填此项；有的，请撤下“无此情形”，填报数量。",
            ),
            "same_file_twice": (
                "材料 {papers}是同一份文件，登记了几次（本工具佐证规则）。",
                "请只留一个编号，各处都引用它。",
            ),
            "same_number_twice": (
                "材料 {papers}文号相同（{number}）（本工具佐证规则）。",
                "同一份文件请只留一个编号，各处都引用它；不是同一份的，请核对文号。",
            ),
            "paper_for_many_kinds": (
                "材料 {papers}“{title}”用于{places}处，各处所要的材料种类不同（{kinds}）（本工具佐证规则）。",
                "请逐项核对（指标 {rows}）：与所要材料不符的，撤下并另附；确能佐证的，可以保留，本提醒不影响结论。",
            ),
            "kinds_missing": (
                "材料 {papers}没有登记种类（本工具佐证规则）。",
                "请在材料登记中补选种类。",
            ),
            "titles_missing": (
                "材料 {papers}没有登记题名，看不出是什么材料（本工具佐证规则）。",
                "请在材料登记中照文件补填题名。",
            ),
        },
    ),
}
