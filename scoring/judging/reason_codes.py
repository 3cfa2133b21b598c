"""Every reason code in one place: whose rule it is, what it does, which verdict it leads to, how it reads.

Messages are part of the product's interface: each says what, where, and what to do. ``{where}`` is the row, ``{label}``
the measure or the suggested evidence, ``{quote}`` the statement's words in brackets, ``{upheld}`` and ``{denied}`` how
a person judged; ``{or_admit}``, ``{or_true}`` and ``{admit_first}`` tell to change a claim that does not say so already
(`scoring.kinds.outcomes.admissions`); the rest a caller passes.
"""

from __future__ import annotations

from collections.abc import Mapping

from scoring.assessment import ReasonCode
from scoring.judging.finding_codes import FINDING_CODES
from scoring.judging.other_codes import OTHER_CODES, group
from scoring.judging.proof_codes import PROOF_CODES

# 民函〔2018〕4号 三: 每条标准均达到。县情、数据与一票否决是文件的规定（document）；佐证与读法是本工具的（tool）。
CODES: Mapping[str, ReasonCode] = {
    **group(
        "unanswered",
        "document",
        "blocks",
        {
            "unanswered": (
                "{where}：尚未填写自评结论。",
                "请选择自评结论，并填写数据和佐证材料。",
            ),
            "unsure": (
                "{where}：自评结论为“拿不准”，按未填处理。",
                "请核实后选择达标、未达标或不适用。",
            ),
        },
    ),
    **group(
        "unproven",
        "tool",
        "blocks",
        {
            "fact_missing": (
                "{where}：县情“{fact}”没有填写，暂不能判断：{measures}。",
                "请在县情中填写。",
            ),
            "fact_of_check_missing": (
                "{where}：县情“{fact}”没有填写，本条所填无从核对（本工具互核）。",
                "请在县情中填写。",
            ),
        },
    ),
    **group(
        "undeclared",
        "document",
        "blocks",
        {
            "veto_undeclared": (
                "{where}：尚未申明是否存在该情形。",
                "请申明“不存在”或“存在”，并附情况说明。",
            ),
        },
    ),
    **group(
        "not_met",
        "document",
        "blocks",
        {
            "claimed_not_met": (
                "{where}：自评为未达标。",
                "请整改，达到后再把自评结论改为“达标”。",
            ),
            "finding_not_met": (
                "{where}：{level}认定未达标{because}。",
                "请按认定意见整改。",
            ),
        },
    ),
    **group(
        "present",
        "document",
        "blocks",
        {
            "veto_declared_present": (
                "{where}：已申明存在该情形，一票否决。",
                "填报有误的，请更正；情况属实的，请如实保留，本次不符合申报条件，待该情形消除后再申报。",
            ),
            "finding_present": (
                "{where}：{level}认定存在该情形，一票否决{because}。",
                "情况属实的，本次不能推荐，待该情形消除后再申报。",
            ),
        },
    ),
    **group(
        "contradicted",
        "document",
        "blocks",
        {
            "below_threshold": (
                "{where}：{year}{label} {figure}，低于 {bound}{quote}。",
                "请核对{check}{or_true}。",
            ),
            "above_threshold": (
                "{where}：{year}{label} {figure}，高于 {bound}{quote}。",
                "请核对{check}{or_true}。",
            ),
            "not_all_covered": (
                "{where}：{year}{label} {figure}，没有全部做到{quote}。",
                "请核对{check}{or_true}。",
            ),
            "above_zero": (
                "{where}：{label} {figure}，应为 0{quote}。",
                "请核对数字；情况属实的，请{admit_first}待符合要求后再申报。",
            ),
            "answered_no": (
                "{where}：“{label}”一项填“否”{quote}。",
                "请核对，填错了的，请改填“是”{or_admit}。",
            ),
            "items_missing": (
                "{where}：“{label}”一项没有勾选{lacking}{quote}。",
                "已经做到的，请勾选，并{attached}附上相应材料{or_admit}。",
            ),
            "too_few_items": (
                "{where}：{label}选了{number}项（{figure}），至少要有{bound}项{quote}。",
                "请核对勾选{or_admit}。",
            ),
            "judgement_unfulfilled": (
                "{where}：“{label}”经填报人判断{denied}{quote}。",
                "判断有误的，请更正判断和理由{or_admit}。",
            ),
        },
    ),
    **group(
        "contradicted",
        "tool",
        "blocks",
        {
            "always_applies": (
                "{where}：自评为不适用，但本指标对所有县（市、区、旗）适用（本工具读法）。",
                "请把自评结论改为“达标”或“未达标”；确无此类情形的，请用“无此情形”并附情况说明。",
            ),
            "condition_holds": (
                "{where}：自评为不适用，但按所填县情（{facts}）本指标适用（本工具读法）。",
                "请核对县情，或者把自评结论改为“达标”“未达标”。",
            ),
            "condition_unknown": (
                "{where}：自评为不适用，但县情“{facts}”未填或未写明理由，无法确认（本工具读法）。",
                "请先填写县情。",
            ),
            "claims_deny_general": (
                "{where}：自评结论填“未达标”，各标准的自评却都另填了“达标”或“不适用”，不能同时属实（本工具读法）。",
                "确未达到的，请把各标准的自评改为“与上面相同”；达到了的，请把自评结论改为“达标”。",
            ),
            "note_missing": (
                "{where}：自评为不适用，但没有写明理由。",
                "请在说明中写明不适用的理由。",
            ),
            "beyond_whole": (
                "{where}：{year}{label}填报 {part}，多于总数 {whole}。",
                "请核对{check}。",
            ),
            "nobody_covered": (
                "{where}：{year}{whole}为 0，不能算作做到{quote}（本工具读法）。",
                "请核对{check}{or_admit}。",
            ),
            "nil_return_contradicted": (
                "{where}：已附“{document}”说明无此情形，但“{label}”填报 {figure}。",
                "两者相互矛盾，请核对：确有此类情形的，请撤下“无此情形”；确无此类情形的，请更正所填的数。",
            ),
            "figures_disagree": (
                "{where}：“{whole}”前后不一致：{label}填报 {figure}，{other}填报 {their}。",
                "同一项只能有一个数，请核对后更正。",
            ),
            "cross_check_blocks": (
                "{where}：{said}，不能同时属实。{says}（本工具互核）。",
                "请逐处核对，更正有误的{wrong}；更正前，本条不能判为达标。",
            ),
            "finding_not_applicable_refused": (
                "{where}：{level}认定不适用，但按县情本指标并非不适用，或者理由没有写明、过于简单（本工具读法）。",
                "请核对县情和认定意见，并写明理由。",
            ),
        },
    ),
    **group(
        "unproven",
        "document",
        "blocks",
        {
            "figure_missing": (
                "{where}：“{label}”一栏没有填写{quote}。",
                "请{fill}。",
            ),
            "figure_half": (
                "{where}：{year}{label}缺少{lacking}。",
                "请补填。",
            ),
            "year_missing": (
                "{where}：缺少{year}{label}{quote}。",
                "申报期内每个完整年度都要填报，请补填。",
            ),
            "total_not_split": (
                "{where}：{label}只有合计（{figure}），没有分年度，看不出每个年度的数{quote}。",
                "请查出各年度的数，分开填报，不再填合计。",
            ),
            "finding_needs_correction": (
                "{where}：{level}认定需补正{because}。",
                "请按补正意见补充材料或更正数据。",
            ),
        },
    ),
    **group(
        "unproven",
        "tool",
        "blocks",
        {
            "cross_check_veto": (
                "{where}：{said}，不能同时属实。{says}（本工具互核）。",
                "请逐处核对，更正有误的{wrong}。",
            ),
            "figure_replaced": (
                "{where}：本栏填报口径已改为“{label}”{quote}，原填 {figure} 是按旧口径填的，不再采用（本工具读法）。",
                "请按新口径重新填写。",
            ),
            "item_needs_note": (
                "{where}：{label}选了{item}，没有在说明中写明是什么，不算已填（本工具读法）。",
                "请在说明中写明，或者勾选所列各项。",
            ),
            "figure_unfit": (
                "{where}：{label}的填法与本指标要求的形式不符，未予采用。",
                "请按表中形式重新填写。",
            ),
            "whole_is_zero": (
                "{where}：{year}{whole}为 0，但没有“无此情形”材料（本工具佐证规则）。",
                "请核对总数；确无此情形的，请附签章的情况说明。",
            ),
            "years_undecided": (
                "{where}：申报期没有完整年度，{label} {figure}，无法确认最近十二个月是否达到{quote}（本工具读法）。",
                "请核对并填全各年度的数；仍不能确认的，请上级评估时核实。",
            ),
            "limit_beyond_hundred": (
                "{where}：县情“{fact}”填报 {number}，超过 100%，不能用来对照：{label}{quote}。",
                "请核对县情。",
            ),
        },
    ),
    **group(
        "needs_judgement",
        "document",
        "blocks",
        {
            "judgement_missing": (
                "{where}：“{label}”须由填报人判断，尚未填写{quote}。",
                "请判断是否属实，并写明理由。",
            ),
            "judgement_without_reason": (
                "{where}：“{label}”已判断{upheld}，但没有写明理由{quote}。",
                "请写明理由。",
            ),
            "judged_fact_missing": (
                "{where}：县情“{fact}”须由填报人判断，尚未判断或没有写明理由，暂不能确定是否适用：{measures}。",
                "请在县情中判断并写明理由。",
            ),
            "finding_missing": (
                "{where}：{level}尚未作出认定。",
                "请评估后填写认定意见。",
            ),
        },
    ),
    **group(
        "needs_judgement",
        "tool",
        "blocks",
        {
            "finding_reason_missing": (
                "{where}：{level}认定{finding}，而县级自评结果为“{computed}”，理由{lacking}（本工具读法）。",
                "请{level}人员写明查实的情况和认定{finding}的依据，不少于8个汉字（其中不同的字不少于5个）。",
            ),
        },
    ),
    **PROOF_CODES,
    **FINDING_CODES,
    **OTHER_CODES,
}
